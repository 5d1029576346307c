"""Makes `python -m site_builder` the command line."""

from site_builder.cli import main

if __name__ == "__main__":  # a process that the build starts from nothing imports this module again
    raise SystemExit(main())
