"""The one door to the disk: every read and every write."""

from __future__ import annotations

from pathlib import Path

from site_builder.lexicon import Lexicon
from site_builder.lexicon import build as build_lexicon
from site_builder.lexicon.labels import Labels
from site_builder.lexicon.labels import read_labels as parse_labels
from site_builder.model import Register
from site_builder.register import read_register as parse_register

PACKAGE = Path(__file__).parent


def read_register(root: Path) -> Register:
    """The register and the record of the project at `root`."""
    folders = (root / "content" / "register", root / "content" / "record")
    return parse_register(
        {path.name: path.read_text("utf-8") for folder in folders for path in folder.glob("*.[cy]*") if path.is_file()}
    )


def read_lexicon(register: Register) -> Lexicon:
    """The lexicon: the package's own word tables with the names of `register`."""
    folder = PACKAGE / "lexicon"
    return build_lexicon({path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}, register)


def read_labels() -> Labels:
    """The names that the site shows, from the package's `lexicon/labels.yaml`."""
    return parse_labels((PACKAGE / "lexicon" / "labels.yaml").read_text("utf-8"))
