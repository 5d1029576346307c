"""Makes `python -m site_builder` the command line."""

from site_builder.cli import main

raise SystemExit(main())
