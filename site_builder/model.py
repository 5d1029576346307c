"""The vocabulary: what an article about an inspection says, and what Ofsted has published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from site_builder.edtf import Date

# The closed vocabularies. Their words and labels are in `lexicon/*.yaml`; a test holds both equal.


class Grade(StrEnum):
    """What Ofsted judged a service to be, best first. Adequate (until 2013) is not requires improvement (since)."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    ADEQUATE = "adequate"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    INADEQUATE = "inadequate"


class Area(StrEnum):
    """What a judgement is about."""

    OVERALL = "overall"
    SAFEGUARDING = "safeguarding"
    LOOKED_AFTER_CHILDREN = "looked-after-children"
    CAPACITY_TO_IMPROVE = "capacity-to-improve"
    HELP_AND_PROTECTION = "help-and-protection"
    CHILDREN_LOOKED_AFTER = "children-looked-after"
    ADOPTION = "adoption"
    CARE_LEAVERS = "care-leavers"
    LEADERSHIP = "leadership"
    LSCB = "lscb"
    EDUCATION = "education"
    HEALTH = "health"
    FOSTERING = "fostering"
    OTHER = "other"


class Framework(StrEnum):
    """The kind of inspection."""

    JAR = "jar"
    APA = "apa"
    ANNUAL_RATING = "annual-rating"
    CONTACT_REFERRAL_ASSESSMENT = "contact-referral-assessment"
    SLAC = "slac"
    CHILD_PROTECTION = "child-protection"
    TARGETED_LAC = "targeted-lac"
    SIF = "sif"
    ILACS = "ilacs"
    FOCUSED_VISIT = "focused-visit"
    MONITORING_VISIT = "monitoring-visit"
    JTAI = "jtai"
    AREA_SEND = "area-send"
    FOSTERING = "fostering"
    ADOPTION = "adoption"
    RESIDENTIAL = "residential"
    OTHER = "other"


class Theme(StrEnum):
    """What an article reports on."""

    EARLY_HELP = "early-help"
    FRONT_DOOR = "front-door"
    CHILD_PROTECTION = "child-protection"
    NEGLECT = "neglect"
    DOMESTIC_ABUSE = "domestic-abuse"
    EXPLOITATION = "exploitation"
    MISSING_CHILDREN = "missing-children"
    CHILDREN_IN_CARE = "children-in-care"
    PLACEMENTS = "placements"
    RESIDENTIAL_CARE = "residential-care"
    FOSTERING = "fostering"
    ADOPTION = "adoption"
    PERMANENCE = "permanence"
    KINSHIP_CARE = "kinship-care"
    CARE_LEAVERS = "care-leavers"
    UNACCOMPANIED_CHILDREN = "unaccompanied-children"
    DISABLED_CHILDREN = "disabled-children"
    EDUCATION = "education"
    HEALTH = "health"
    MENTAL_HEALTH = "mental-health"
    YOUTH_JUSTICE = "youth-justice"
    VOICE_OF_THE_CHILD = "voice-of-the-child"
    WORKFORCE = "workforce"
    PRACTICE_QUALITY = "practice-quality"
    SUPERVISION = "supervision"
    LEADERSHIP = "leadership"
    QUALITY_ASSURANCE = "quality-assurance"
    PARTNERSHIP = "partnership"
    IMPROVEMENT_PLAN = "improvement-plan"
    FINANCE = "finance"
    EQUALITY = "equality"


class SourceKind(StrEnum):
    """Who wrote an article."""

    COUNCIL = "council"
    CHARITY = "charity"
    NEWSPAPER = "newspaper"
    TRADE_PRESS = "trade-press"
    OFSTED = "ofsted"
    GOVERNMENT = "government"
    OTHER = "other"


class Rights(StrEnum):
    """How much of an article's text the site may show."""

    FULL = "full"
    EXCERPT = "excerpt"
    """Its opening, and the sentences that prove its facts."""
    LINK_ONLY = "link-only"
    """None of it: facts without their words, and a link."""


class Role(StrEnum):
    """Whether an article is about an inspection or recalls it."""

    SUBJECT = "subject"
    PREVIOUS = "previous"


class Polarity(StrEnum):
    """Which way a finding points."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"


class Region(StrEnum):
    """The nine regions of England, as the Office for National Statistics names them."""

    NORTH_EAST = "North East"
    NORTH_WEST = "North West"
    YORKSHIRE = "Yorkshire and the Humber"
    EAST_MIDLANDS = "East Midlands"
    WEST_MIDLANDS = "West Midlands"
    EAST_OF_ENGLAND = "East of England"
    LONDON = "London"
    SOUTH_EAST = "South East"
    SOUTH_WEST = "South West"


OMISSION = " … "
"""Stands in inspectors' quoted words where the article interrupts them: “clear”, they said, “and strong”."""

# An article: its front matter and its text. `frontmatter` writes these and reads them back.


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade for an area, as an article states it."""

    area: Area
    grade: Grade
    evidence: tuple[str, ...]
    """The words that state it, verbatim, one string a stretch of the text."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many outcome areas of one inspection got which grade ("seven were good, two adequate")."""

    area: Area
    counts: tuple[tuple[Grade, int], ...]
    """Grades with how many areas got them, in the order of `Grade`."""
    evidence: tuple[str, ...]
    """The words that state it, verbatim."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection or visit as an article tells of it; None and empty mean that the text does not say."""

    authority: str
    """The slug of the authority inspected."""
    role: Role
    framework: Framework | None = None
    started: Date | None = None
    """First day on site."""
    ended: Date | None = None
    """Last day on site, or the year of an annual rating."""
    report_published: Date | None = None
    ordinal: int | None = None
    """6 for "the sixth monitoring visit"."""
    focus: tuple[Theme, ...] = ()
    """What a focused or monitoring visit looked at."""
    judgements: tuple[Judgement, ...] = ()
    tallies: tuple[Tally, ...] = ()
    evidence: tuple[str, ...] = ()
    """The words that tell of the inspection, verbatim."""
    record: str | None = None
    """The key of the same inspection in the record (`merging.keys`); it changes nothing that the text says."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech of a named person, all that one attribution covers."""

    text: str
    """The words, verbatim but without their outer marks; a blank line between paragraphs."""
    speaker: str
    """Full name without titles (Cllr, Sir, Dr)."""
    role: str | None = None
    """As worded in the text."""
    organisation: str | None = None
    """The body the person speaks for, where the text names it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that reports what inspectors found."""

    text: str
    """The sentence, verbatim."""
    polarity: Polarity
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Who published an article, and where."""

    name: str | None = None
    url: str | None = None
    kind: SourceKind | None = None
    archive_url: str | None = None
    """A copy in a web archive, which stays when the original goes. Only people say this, and the next."""
    retrieved: Date | None = None
    """The day on which the text was taken from its publisher."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The front matter: what an article says, in the order in which it is written."""

    title: str | None = None
    """The article's own headline."""
    published: Date | None = None
    source: Source | None = None
    rights: Rights | None = None
    """How much of the text is shown, where it differs from what its kind of source has. Only people say this."""
    reviewed: Date | None = None
    """The day on which an editor held every fact against the text. Only people say this."""
    report_url: str | None = None
    """Ofsted's report or letter, where the text links to it."""
    summary: str | None = None
    """One or two of the article's sentences that say what it tells, or an editor's own."""
    authority: str | None = None
    """The slug of the authority that the article is about; the first, if several equally."""
    authorities: tuple[str, ...] = ()
    """Every authority the article is about."""
    themes: tuple[Theme, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    """Subjects first, then earlier ones."""
    findings: tuple[Finding, ...] = ()
    quotes: tuple[Quote, ...] = ()
    inspector_quotes: tuple[str, ...] = ()
    """Words quoted from Ofsted's report or letter, verbatim, one for each attribution."""
    raw: str | None = None
    """The file in `seeds/` that the article was converted from."""

    @property
    def named(self) -> frozenset[str]:
        """The slugs of all authorities that the article names anywhere."""
        every = (self.authority, *self.authorities, *(each.authority for each in self.inspections))
        return frozenset(slug for slug in every if slug)


@dataclass(frozen=True, slots=True)
class Article:
    """One file in `content/articles/`."""

    slug: str
    """The file's name without its ending; the page's place in `/articles/`, for ever."""
    metadata: Metadata
    body: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One file in `seeds/`."""

    name: str
    """The file's name."""
    text: str
    """As it came; of a saved web page, the article's words."""
    told: Metadata = Metadata()
    """What a saved web page says of itself: title, day of publication, source."""


# The register and the record: what Ofsted, the Department for Education and ONS have published.


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority with children's services, current or abolished since 2005."""

    slug: str
    name: str
    official_name: str
    type: str
    region: Region
    ons_code: str
    la_code: str
    ofsted_urn: str | None
    aliases: tuple[str, ...]
    """Names that by themselves mean the authority."""
    weak_aliases: tuple[str, ...]
    """Names that mean it only with council, borough or the like beside them; a name in both lists is weak."""
    trust: str | None
    """The children's trust or company that runs the services, last known."""
    trust_from: Date | None
    trust_to: Date | None
    established: Date | None
    """Only if since 2009."""
    abolished: Date | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    tile: tuple[float, int] | None
    """Column and row on the tile map of England, row 0 at the top; None for abolished ones."""
    neighbours: tuple[str, ...]
    """Slugs of the ten statistical neighbours, nearest first (DfE model, 2025)."""
    note: str | None


@dataclass(frozen=True, slots=True)
class JudgedArea:
    """An area that a kind of inspection judges, as Ofsted words it."""

    area: Area
    wording: str
    begins: Date | None = None
    """The first time that it was judged in these words, where that is later than the kind of inspection itself."""
    ends: Date | None = None


@dataclass(frozen=True, slots=True)
class FrameworkFacts:
    """What is known of a kind of inspection."""

    id: Framework
    name: str
    short: str
    begins: Date | None
    """First day on which an inspection of this kind began, as far as known."""
    ends: Date | None
    graded: bool
    """False where the kind gives no grade."""
    grades: tuple[Grade, ...]
    """The grades it uses, best first."""
    areas: tuple[JudgedArea, ...]
    """The areas it judges; one may stand there twice, in the words of different years."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One inspection or visit in the record, with the grades that Ofsted published."""

    authority: str
    framework: Framework
    started: Date | None
    ended: Date | None
    published: Date | None
    grades: tuple[tuple[Area, Grade], ...]
    """Empty for visits. Overall is absent from April 2026 and for SLAC."""
    kind: str | None = None
    """`standard`, `short`, `first` or `re-inspection`, as published."""
    theme: str | None = None
    """A visit's theme in Ofsted's words."""
    report_url: str | None = None
    source: str = ""
    """Where the row is from, as the record's README names it."""
    as_of: Date | None = None
    """The day on which the source was current."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """Authorities, frameworks and published outcomes; read once and passed as a value."""

    authorities: tuple[Authority, ...]
    frameworks: tuple[FrameworkFacts, ...]
    outcomes: tuple[Outcome, ...]
    by_slug: dict[str, Authority] = field(init=False, repr=False, compare=False)
    outcomes_of: dict[str, tuple[Outcome, ...]] = field(init=False, repr=False, compare=False)
    """The outcomes of each authority that has some, by its slug."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_slug", {authority.slug: authority for authority in self.authorities})
        own: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            own.setdefault(outcome.authority, []).append(outcome)
        object.__setattr__(self, "outcomes_of", {slug: tuple(held) for slug, held in own.items()})


# What goes wrong in someone's file.


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in a file that an editor can mend."""

    where: str
    """The file, from the project's root."""
    line: int
    """Counted from 1 at the top of the file; 0 where no line is to blame."""
    column: int
    """Counted from 1; 0 where no column is to blame."""
    code: str
    """Short and stable, for `error[code]`."""
    message: str
    """What is wrong and what to do, in one sentence."""
    source: str = ""
    """The line as it stands in the file, for the caret."""
    warning: bool = False
    """True where an editor may have it as it is: it is told, and stops nothing."""

    @property
    def severity(self) -> str:
        """The word that begins the message."""
        return "warning" if self.warning else "error"

    def __str__(self) -> str:
        """The message as a terminal, a browser and CI show it."""
        place = ":".join([self.where, *(str(n) for n in (self.line, self.column) if n)])
        shown = f"{place}: {self.severity}[{self.code}]: {self.message}"
        if self.source and self.column:
            shown += f"\n    {self.source}\n    {' ' * (self.column - 1)}^"
        return shown


class Problems(Exception):
    """Work cannot go on; carries every Problem found, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
