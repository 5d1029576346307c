"""Articles made by chance, as the extractor writes them: `PYTHONPATH=.:tests python -m bench.corpus NUMBER FOLDER`.

Inspections and grades are the record's; people, papers and words are nobody's. An article depends on its number alone,
so that a thousand articles are the first thousand of ten thousand.
"""

from __future__ import annotations

import math
import random
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from house.building import PROJECT, lay
from quality import generated
from search_bench.corpus import Vocabulary, vocabulary

from site_builder import files, frontmatter, merging
from site_builder.edtf import Date
from site_builder.model import (
    Area,
    Article,
    Authority,
    Finding,
    Framework,
    Grade,
    Inspection,
    Judgement,
    Metadata,
    Outcome,
    Quote,
    Register,
    Role,
    Source,
    SourceKind,
    Tally,
    Theme,
)

SEED = 2026
MEDIAN, SHORTEST, LONGEST = 480, 80, 3000
"""Words of a text."""
ROUND_UPS = 0.02
"""The share of articles that tell of several councils."""
UNRECORDED = 0.08
"""The share that tells of a visit which the record lacks."""
RECALLING = 0.3
"""The share that recalls an earlier inspection, where there was one."""
IN_ONE_GO = 250
_VISITS = (date(2018, 2, 1), date(2026, 5, 1))
PUBLISHERS = (
    (SourceKind.COUNCIL, "{council}", "https://www.{slug}.example/news/{number}"),
    (SourceKind.NEWSPAPER, "{name} {paper}", "https://{slug}-{paper}.example/{number}"),
    (SourceKind.TRADE_PRESS, "Children’s Services {paper}", "https://services-{paper}.example/{number}"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What articles are made of."""

    register: Register
    outcomes: dict[str, list[tuple[str, Outcome]]]
    """The dated outcomes that can be told of each authority, oldest first, with their keys in the record."""
    words: Vocabulary


@cache
def known() -> Known:
    """Read once a process."""
    register = files.read_register(PROJECT)
    told: dict[str, list[tuple[str, Outcome]]] = {}
    for authority in register.authorities:
        keys = merging.keys(register.outcomes_of.get(authority.slug, ()))
        held = [(key, each) for key, each in keys.items() if _fit(each)]
        if held:
            told[authority.slug] = held
    return Known(register, told, vocabulary(random.Random(SEED)))


def _fit(outcome: Outcome) -> bool:
    return outcome.framework in generated.KINDS and generated.day_of(outcome) is not None


@dataclass(slots=True)
class _Draft:
    """An article while it is being written: paragraphs, and the facts that stand in them."""

    chance: random.Random
    paragraphs: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    inspector_quotes: list[str] = field(default_factory=list)

    def length(self) -> int:
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    def found(self, themes: tuple[Theme, ...]) -> None:
        """A paragraph or a list of findings."""
        listed = self.chance.random() < 0.15
        sentences = []
        for _ in range(self.chance.randint(2, 4)):
            sentence, polarity, quoted = generated.finding(self.chance)
            sentence = sentence[:-1] + f", {known().words.text(self.chance, self.chance.randint(3, 9))}."
            own = {*self.chance.sample(themes, k=min(self.chance.randint(0, 3), len(themes)))}
            self.findings.append(Finding(sentence, polarity, tuple(theme for theme in themes if theme in own)))
            self.inspector_quotes += [quoted] if quoted else []
            sentences.append(sentence)
        self.paragraphs.append("\n".join(f"- {each}" for each in sentences) if listed else " ".join(sentences))

    def spoken(self, council: str) -> None:
        """What somebody said, in one paragraph or two."""
        name = f"{self.chance.choice(generated.FIRST)} {self.chance.choice(generated.LAST)}"
        post = self.chance.choice(generated.POSTS)
        said = [
            ". ".join([*self.chance.sample(generated.SPOKEN, k=2), known().words.sentence(self.chance)])
            for _ in range(self.chance.randint(1, 2))
        ]
        self.paragraphs.append(f"{name}, {post} at {council}, said:")
        self.paragraphs += [f"“{each}" for each in said]
        self.paragraphs[-1] += "”"
        self.quotes.append(Quote("\n\n".join(said), name, post, council))

    def told(self) -> None:
        """A paragraph without facts, its words as common and as rare as in real text."""
        written = [known().words.sentence(self.chance) for _ in range(self.chance.randint(1, 4))]
        self.paragraphs.append(" ".join([*written, generated.context(self.chance)]))


def article(number: int) -> Article:
    """The article of this number."""
    chance = random.Random(f"{SEED} {number}")
    slug = chance.choice(sorted(known().outcomes))
    council = known().register.by_slug[slug]
    key, outcome = chance.choice(known().outcomes[slug])
    recorded = chance.random() >= UNRECORDED
    if not recorded:
        outcome = _unrecorded(chance, council)
    draft = _Draft(chance)
    subject = _told(draft, council, outcome)
    inspections = [replace(subject, record=key) if recorded else subject]
    earlier = [each for each in known().outcomes[slug] if _ended(each[1]) < _began(outcome)]
    if chance.random() < ROUND_UPS:
        inspections += _others(draft, slug)
    elif earlier and chance.random() < RECALLING:
        inspections.append(_recalled(draft, *earlier[-1]))
    themes = tuple(theme for theme in Theme if chance.random() < 0.35) or (Theme.LEADERSHIP,)
    words = min(max(MEDIAN * math.exp(chance.gauss(0, 0.5)), SHORTEST), LONGEST)
    _filled(draft, council, themes, words)
    draft.paragraphs.append(
        f"The full report is on [Ofsted’s website](https://reports.ofsted.gov.uk/provider/44/{council.ofsted_urn})."
    )
    metadata = Metadata(
        title=f"{generated.headline(chance, outcome, council)}: {known().words.text(chance, chance.randint(2, 5))}",
        published=_published(chance, outcome),
        source=_source(chance, council, number),
        report_url=outcome.report_url,
        summary=draft.paragraphs[0].removeprefix("- "),
        authority=slug,
        authorities=tuple(dict.fromkeys(each.authority for each in inspections if each.role is Role.SUBJECT)),
        themes=themes,
        inspections=tuple(inspections),
        findings=tuple(draft.findings),
        quotes=tuple(draft.quotes),
        inspector_quotes=tuple(draft.inspector_quotes),
    )
    name = f"{slug}-{outcome.framework}-{outcome.started or outcome.published}-{number:06}"
    return Article(name, metadata, "\n\n".join(draft.paragraphs))


def _unrecorded(chance: random.Random, council: Authority) -> Outcome:
    """A visit of the years in which councils had visits, while the council stood."""
    framework = chance.choice((Framework.FOCUSED_VISIT, Framework.MONITORING_VISIT))
    first = council.established.earliest if council.established and council.established.earliest else _VISITS[0]
    last = council.abolished.earliest if council.abolished and council.abolished.earliest else _VISITS[1]
    first, last = max(first, _VISITS[0]), min(last, _VISITS[1])
    day = first + timedelta(days=chance.randint(0, max((last - first).days, 1)))
    return Outcome(council.slug, framework, Date(day.year, day.month, day.day), None, None, ())


def _told(draft: _Draft, council: Authority, outcome: Outcome) -> Inspection:
    """The inspection that the article is about, told in its first paragraphs."""
    sentence = generated.lead(outcome, council.official_name, _began(outcome))
    draft.paragraphs.append(f"{sentence} {known().words.sentence(draft.chance)}")
    judgements = []
    for area, grade, words in generated.grades(draft.chance, outcome):
        if draft.chance.random() < 0.8:
            judgements.append(Judgement(area, grade, (words,)))
            draft.paragraphs.append(f"{words} {known().words.sentence(draft.chance)}")
    tallies = []
    if outcome.framework is Framework.SLAC and draft.chance.random() < 0.4:
        words = "Of eight outcome areas inspected, five were found to be good and three adequate."
        tallies.append(Tally(Area.SAFEGUARDING, ((Grade.GOOD, 5), (Grade.ADEQUATE, 3)), (words,)))
        draft.paragraphs.append(words)
    return Inspection(
        council.slug,
        Role.SUBJECT,
        outcome.framework,
        started=outcome.started,
        ended=outcome.ended,
        report_published=outcome.published,
        judgements=tuple(judgements),
        tallies=tuple(tallies),
        evidence=(sentence,),
    )


def _recalled(draft: _Draft, key: str, outcome: Outcome) -> Inspection:
    """An earlier inspection of the same council, in a sentence."""
    day = _began(outcome)
    graded = [(area, grade) for area, grade in outcome.grades if area in generated.AREAS][:1]
    words = f"Inspectors last came in {day:%B} {day.year}"
    words += "".join(f", when {generated.AREAS[area]} was {generated.in_words(grade)}" for area, grade in graded) + "."
    draft.paragraphs.append(f"{words} {known().words.sentence(draft.chance)}")
    return Inspection(
        outcome.authority,
        Role.PREVIOUS,
        outcome.framework,
        started=Date(day.year, day.month) if outcome.started else None,
        report_published=None if outcome.started else outcome.published,
        judgements=tuple(Judgement(area, grade, (words,)) for area, grade in graded),
        evidence=(words,),
        record=key,
    )


def _others(draft: _Draft, first: str) -> Iterator[Inspection]:
    """The other councils of a round-up, a paragraph each."""
    others = draft.chance.sample(
        [slug for slug in sorted(known().outcomes) if slug != first], k=draft.chance.randint(2, 5)
    )
    for slug in others:
        council = known().register.by_slug[slug]
        key, outcome = draft.chance.choice(known().outcomes[slug])
        sentence = generated.lead(outcome, council.official_name, _began(outcome))
        graded = outcome.grades[:1]
        words = [
            f"At {council.name} {area.replace('-', ' ')} was {generated.in_words(grade)}." for area, grade in graded
        ]
        draft.paragraphs.append(" ".join([sentence, *words]))
        judgements = tuple(Judgement(area, grade, (w,)) for (area, grade), w in zip(graded, words, strict=True))
        yield Inspection(
            slug,
            Role.SUBJECT,
            outcome.framework,
            started=outcome.started,
            judgements=judgements,
            evidence=(sentence,),
            record=key,
        )


def _filled(draft: _Draft, council: Authority, themes: tuple[Theme, ...], words: float) -> None:
    """Paragraphs until the article has its length: half of them findings, the rest speech and other text."""
    while draft.length() < words:
        wish = draft.chance.random()
        if wish < 0.5:
            draft.found(themes)
        elif wish < 0.7 and len(draft.quotes) < 6:
            draft.spoken(council.official_name)
        else:
            draft.told()


def _source(chance: random.Random, council: Authority, number: int) -> Source:
    kind, name, url = chance.choice(PUBLISHERS)
    paper = chance.choice(generated.PAPERS)
    words = {"council": council.official_name, "name": council.name, "slug": council.slug, "number": number}
    there = url.format(paper=paper.lower(), **words) if chance.random() < 0.7 else None
    return Source(name.format(paper=paper, **words), there, kind)


def _published(chance: random.Random, outcome: Outcome) -> Date:
    """Soon after the report, or as long after the visit as a report takes."""
    report = outcome.published.earliest if outcome.published else None
    day = report or _ended(outcome) + timedelta(days=chance.randint(35, 80))
    day += timedelta(days=chance.randint(0, 20))
    return Date(day.year, day.month, day.day)


def _began(outcome: Outcome) -> date:
    return generated.day_of(outcome) or date.max


def _ended(outcome: Outcome) -> date:
    return (outcome.ended.latest if outcome.ended else None) or _began(outcome)


# Projects of such articles.


def project(folder: Path, number: int) -> Path:
    """A project of so many articles, and nothing to convert, in `folder`: what there was of one is there no more."""
    shutil.rmtree(folder, ignore_errors=True)
    lay(folder)
    for emptied in (files.ARTICLES, files.MACHINE, files.SEEDS):
        shutil.rmtree(folder / emptied)
        (folder / emptied).mkdir()
    starts = range(0, number, IN_ONE_GO)
    with ProcessPoolExecutor() as processes:
        for _ in processes.map(_write, [folder / files.ARTICLES] * len(starts), starts, [number] * len(starts)):
            pass
    return folder


def _write(folder: Path, start: int, number: int) -> None:
    for each in map(article, range(start, min(start + IN_ONE_GO, number))):
        (folder / f"{each.slug}.md").write_text(frontmatter.dump(each), "utf-8")


def main() -> None:
    """Makes a project and says how to build it."""
    number, folder = int(sys.argv[1]), Path(sys.argv[2])
    project(folder, number)
    print(
        f"{number} articles in {folder}; build them: cd {folder} && PYTHONPATH={PROJECT} python -m site_builder build"
    )


if __name__ == "__main__":
    main()
