"""Whose site this is and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.model import Metadata, Rights, SourceKind


@dataclass(frozen=True, slots=True)
class Publication:
    """The settings that pages show."""

    name: str
    base_url: str
    """Where the site is published, without a slash at the end; canonical links and feeds start with it."""
    canonical: str = ""
    """Where the published site stands, if this is a preview of it somewhere else; search engines are sent there."""
    contact: str = ""
    """An address for corrections (`mailto:` or `https:`); empty while there is none."""
    rights: Mapping[SourceKind, Rights] = field(default_factory=dict)
    """How much of an article's text is shown, by who published it; an excerpt where a kind is not named."""

    def rights_of(self, metadata: Metadata) -> Rights:
        """How much of an article's text is shown: as its own front matter has it, else as its kind of source has."""
        kind = (metadata.source and metadata.source.kind) or SourceKind.OTHER
        return metadata.rights or self.rights.get(kind, Rights.EXCERPT)
