"""Words made from facts: what an inspection is called, and the sentence at the head of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from site_builder.edtf import Date
from site_builder.lexicon.labels import Labels
from site_builder.model import (
    Area,
    Framework,
    Grade,
    Inspection,
    JudgedArea,
    Judgement,
    Metadata,
    Outcome,
    Register,
    Rights,
    Source,
    SourceKind,
    Tally,
)
from site_builder.site import dates
from site_builder.site.entries import ArticleEntry, AuthorityEntry, GradeEntry, InspectionEntry, Proof, Site
from site_builder.site.publication import Publication

ORDINALS = (
    "zeroth",
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
NUMBERS = (
    "no",
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
LONG_SPEECH = 420
LONG_PROOF = 240
ACRONYM = 2
"""A name whose first two letters are capitals keeps them in the middle of a sentence."""


def inspection_name(entry: InspectionEntry, labels: Labels) -> str:
    """`ILACS inspection`, `Sixth monitoring visit: children in care`, `Single inspection, re-inspection`."""
    name = labels.frameworks[entry.framework].name if entry.framework else "Inspection, kind not stated"
    if entry.ordinal:
        name = f"{ordinal(entry.ordinal).capitalize()} {in_mid_sentence(name)}"
    subject = entry.theme or listed(in_mid_sentence(labels.themes[theme].name) for theme in entry.focus)
    if subject:
        return f"{name}: {in_mid_sentence(subject)}"
    if entry.kind in ("short", "re-inspection"):
        return f"{name}, {entry.kind}"
    return name


def inspection_of(entry: InspectionEntry, labels: Labels) -> str:
    """The same with its council: `Gateshead: ILACS inspection, short`, `Leeds, focused visit: front door`."""
    name = inspection_name(entry, labels)
    return f"{entry.authority.name}, {in_mid_sentence(name)}" if ":" in name else f"{entry.authority.name}: {name}"


def inspection_title(entry: InspectionEntry, labels: Labels) -> str:
    """The inspection with its council and time: `Tameside: single inspection, autumn 2016`."""
    return title_from_facts(entry.authority.name, entry.framework, entry.started, entry.ended, entry.published, labels)


def title_from_facts(
    place: str,
    framework: Framework | None,
    started: Date | None,
    ended: Date | None,
    published: Date | None,
    labels: Labels,
) -> str:
    """Place, kind and time of an inspection, as far as known."""
    name = labels.frameworks[framework].name if framework else "Inspection"
    when = dates.time_of_year(started, ended)
    if not when and published:
        when = f"report of {dates.month_in_words(published)}"
    return f"{place}: {in_mid_sentence(name)}" + (f", {when}" if when else "")


def in_mid_sentence(name: str) -> str:
    """The name with a small first letter, unless it begins with capitals (ILACS)."""
    return name if name[:ACRONYM].isupper() else name[:1].lower() + name[1:]


def at_the_beginning(text: str) -> str:
    """The text with a capital first letter; Jinja's own filter would lower the rest."""
    return text[:1].upper() + text[1:]


def ordinal(number: int) -> str:
    """`sixth`, `23rd`."""
    if number < len(ORDINALS):
        return ORDINALS[number]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 article`, `12 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Iterable[str]) -> str:
    """`a, b and c`."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def same_days(said: Inspection, outcome: Outcome | None) -> bool | None:
    """Whether an article has inspectors come on the record's days, as exactly as it says.

    None where one of the two is silent, or where the article gives another month but no day: an inspection of 23 May
    to 15 June is "in June" to a newspaper.
    """
    ends = ((said.started, outcome.started), (said.ended, outcome.ended)) if outcome else ()
    pairs = [(own, recorded) for own, recorded in ends if own and recorded]
    others = [own for own, recorded in pairs if not own.agrees_with(recorded)]
    if not others:
        return True if pairs else None
    return False if any(own.day for own in others) else None


def by_grade(grades: Sequence[GradeEntry | Judgement]) -> list[tuple[Grade, list[Area]]]:
    """The areas that got each grade, grades in the order in which areas are shown."""
    groups: dict[Grade, list[Area]] = {}
    for entry in grades:
        groups.setdefault(entry.grade, []).append(entry.area)
    return list(groups.items())


def proved_by_grade(
    judgements: Sequence[Judgement], proofs: Mapping[tuple[str, ...], Proof]
) -> list[tuple[Grade, list[tuple[Area, Proof | None]]]]:
    """The same with what proves that each area got its grade, where words do."""
    groups: dict[Grade, list[tuple[Area, Proof | None]]] = {}
    for each in judgements:
        groups.setdefault(each.grade, []).append((each.area, proofs.get(each.evidence)))
    return list(groups.items())


def tally_in_words(tally: Tally, labels: Labels) -> str:
    """`seven good, two adequate, one outstanding`."""
    return ", ".join(f"{_number(count)} {labels.grades[grade].name.lower()}" for grade, count in tally.counts)


def authority_lead(entry: AuthorityEntry, labels: Labels) -> str:
    """What a reader came for, in two or three sentences; grades by area, for there may be no overall one."""
    graded = entry.latest_graded
    if graded is None or graded.when is None:
        return "We hold no graded inspection of children’s services here."
    parts = []
    for grade, areas in by_grade([each for each in graded.grades if each.area is not Area.OVERALL]):
        names = listed(labels.areas[area].name.lower() for area in areas)
        parts.append(f"{labels.grades[grade].name.lower()} for {names}")
    overall = [each.grade for each in graded.grades if each.area is Area.OVERALL]
    if overall:
        parts.append(f"{labels.grades[overall[0]].name.lower()} overall")
    opening = "Inspectors" if entry.current else "Before the council was abolished, inspectors"
    lead = f"{opening} last judged children’s services here in {dates.month_in_words(graded.when)}: {'; '.join(parts)}."
    since = entry.inspections[: entry.inspections.index(graded)]
    if len(since) == 1 and since[0].when:
        kind = labels.frameworks[since[0].framework].name.lower() if since[0].framework else "inspection"
        lead += f" One {kind} is known since, in {dates.month_in_words(since[0].when)}."
    elif since and since[0].when:
        number = _number(len(since)).capitalize()
        lead += f" {number} visits are known since, the last in {dates.month_in_words(since[0].when)}."
    return lead


def held_since(grades: Sequence[GradeEntry], labels: Labels) -> Iterator[str]:
    """Since when the last of an area's grades is held and what it was before; `grades` stand oldest first."""
    run = list(takewhile(lambda each: each.grade is grades[-1].grade, reversed(grades)))
    first = run[-1]
    if len(run) > 1 and first.when and first.when.year:
        yield f"The same in each inspection since {dates.month_in_words(first.when)}."
    if len(run) < len(grades):
        before = grades[-len(run) - 1]
        when = f", {dates.month_in_words(before.when)}" if before.when and before.when.year else ""
        yield f"Before that: {labels.grades[before.grade].name.lower()}{when}."


def printed_areas(entry: InspectionEntry, register: Register) -> dict[Area, str]:
    """What Ofsted calls each area in reports of this kind and time: the words in which the record has a grade."""
    facts = next((each for each in register.frameworks if each.id is entry.framework), None)
    words: dict[Area, str] = {}
    for each in facts.areas if facts else ():
        if _in_force(each, entry.when):
            words.setdefault(each.area, each.wording)
    return words


def _in_force(judged: JudgedArea, when: Date | None) -> bool:
    if when is None or when.earliest is None or when.latest is None:
        return not judged.begins and not judged.ends
    begun = not (judged.begins and judged.begins.earliest) or judged.begins.earliest <= when.earliest
    return begun and (not (judged.ends and judged.ends.latest) or when.latest <= judged.ends.latest)


def source_of(outcome: Outcome) -> str:
    """Where the record has an inspection from: `Ofsted’s report and its official statistics of 2025, as of …`."""
    parts = sorted(outcome.source.split("+"), reverse=True)
    said = listed(
        "Ofsted’s report" if part == "report" else f"Ofsted’s official statistics of {part.rpartition('-')[2]}"
        for part in parts
    )
    return f"{said}, as of {dates.in_words(outcome.as_of)}" if outcome.as_of else said


def last_inspected(entry: AuthorityEntry, record_as_of: Date | None) -> str:
    """The last day on which inspectors are known to have been there, and how long before the record's own day."""
    last = next((each for each in entry.inspections if each.when and each.when.latest), None)
    if last is None or last.when is None:
        return ""
    left = last.ended or last.when
    said = f"The last inspection or visit known to us: {last.dates}"
    if left.day and left.latest and record_as_of and record_as_of.latest and left.latest < record_as_of.latest:
        days = (record_as_of.latest - left.latest).days
        said += f", {counted(days, 'day')} before the date of the record ({dates.in_words(record_as_of)})"
    return said + "."


def missing(entry: AuthorityEntry, areas: Iterable[Area], labels: Labels) -> Iterator[str]:
    """What a reader might look for on an authority's page and will not find; `areas` are those judged today."""
    lacking = [labels.areas[area].name.lower() for area in areas if area not in entry.latest]
    if lacking and entry.current:
        yield f"No grade for {listed(lacking)} in our sources."
    graded = [each for each in entry.inspections if each.grades]
    bare = [each for each in graded if not each.tellings]
    if bare:
        yield (
            "No article about the one inspection that gave grades."
            if len(graded) == 1
            else f"No article about {_number(len(bare))} of the {_number(len(graded))} inspections that gave grades."
        )
    undated = [each for each in entry.inspections if not each.when or not each.when.year]
    if undated:
        yield f"No year for {counted(len(undated), 'inspection or visit', 'inspections or visits')}."
    yield "Visits without a grade before March 2022 and after March 2025, unless an article tells of them."
    yield "Inspections before 2009, unless an article tells of them."


def coverage(site: Site, articles: int, newest: Date | None) -> str:
    """What the site holds and up to when."""
    about = [entry for entry in site.current if entry.articles_held]
    recorded = sum(1 for entry in site.inspections if entry.outcome)
    said = f"{counted(articles, 'article')} about {counted(len(about), 'council')} of {len(site.current)}"
    if newest:
        said += f", the newest of {dates.in_words(newest)}"
    said += f". The record holds {counted(recorded, 'inspection')}"
    return said + (f" as of {dates.in_words(site.record_as_of)}." if site.record_as_of else ".")


def publisher(entry: ArticleEntry, labels: Labels) -> str | None:
    """Who published an article, by name or else by kind; None where the text tells neither."""
    source = entry.article.metadata.source
    if source and not source.name and source.kind and source.kind is not SourceKind.OTHER:
        return labels.source_kinds[source.kind].name
    return source.name if source else None


def byline(entry: ArticleEntry, labels: Labels) -> str:
    """Who published an article and when, as far as known: `Tameside Council, 14 May 2018`."""
    name = publisher(entry, labels) or "Publisher not stated"
    return f"{name}, {dates.in_words(entry.published)}" if entry.published else name


def called(entry: ArticleEntry, labels: Labels) -> str:
    """What a link to an article says among others: its byline, else its headline, else when it came out."""
    if publisher(entry, labels):
        return byline(entry, labels)
    if not entry.title_is_ours:
        return f"“{entry.title}”"
    return f"Article of {dates.in_words(entry.published)}" if entry.published else "Article, publisher not stated"


def in_short(words: Iterable[str]) -> str:
    """Words that prove a fact, cut at a word's end, with the quotation mark closed that they open."""
    text = " … ".join(words)
    if len(text) > LONG_PROOF:
        text = text[:LONG_PROOF].rsplit(" ", 1)[0] + " …"
    return text + "”" * (text.count("“") > text.count("”"))


def opening(text: str) -> str:
    """The first paragraphs or sentences of long speech, up to about `LONG_SPEECH` letters."""
    if len(text) <= LONG_SPEECH:
        return text
    cut = max(text.rfind(end, 0, LONG_SPEECH) for end in ("\n\n", ". ", ".” ", "! ", "? "))
    return text[: cut + 1].strip() + " …" if cut > 0 else text


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


EXTENT = {
    Rights.FULL: "The whole text.",
    Rights.EXCERPT: "An excerpt: the opening, the sentences that prove facts, some of what was found and said.",
    Rights.LINK_ONLY: "Facts alone, and a link to the article.",
}


def extent(publication: Publication, kind: SourceKind) -> str:
    """How much the site shows of articles from this kind of source, in words."""
    return EXTENT[publication.rights_of(Metadata(source=Source(kind=kind)))]
