"""Whose site this is and where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publication:
    """The settings that pages show."""

    name: str
    base_url: str
    """Where the site is published, without a slash at the end; canonical links and feeds start with it."""
    contact: str = ""
    """An address for corrections (`mailto:` or `https:`); empty while there is none."""
