"""What a site stands on whatever its articles say: the register, names, templates and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.edtf import Date
from site_builder.lexicon.labels import Labels
from site_builder.measured import Measured
from site_builder.model import Register
from site_builder.site.publication import Publication


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The same for every page and for every stage of the build."""

    register: Register
    labels: Labels
    publication: Publication
    templates: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Source by path below templates/."""
    assets: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """By file name: those of templates/assets/ and, from npm packages, lunr.min.js and the fonts of site.css."""
    measured: Measured | None = None
    """How well extraction reads, where that is known."""
    record_as_of: Date | None = field(init=False)
    """The day up to which the record goes."""

    def __post_init__(self) -> None:
        newest = max((each.as_of for each in self.register.outcomes if each.as_of), key=str, default=None)
        object.__setattr__(self, "record_as_of", newest)
