"""YAML without its guesses: every scalar stays the words it was written in."""

from __future__ import annotations

from typing import Any

import yaml

Plain = Any
"""What a YAML text holds: dictionaries, lists and strings, nothing else (JSON types; the reader checks them)."""

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load(text: str) -> Plain:
    """The dictionaries, lists and strings that `text` holds; raises yaml.YAMLError where it is no YAML."""
    return yaml.load(text, Loader=_Base)
