"""What can be wrong with articles that are well written: functions from them and the site to problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from itertools import combinations
from urllib.parse import unquote, urljoin, urlsplit

from site_builder import frontmatter, merging
from site_builder.frontmatter import Part
from site_builder.model import OMISSION, Article, Inspection, Outcome, Problem, Register


@dataclass(frozen=True, slots=True)
class Written:
    """An article with the files it stands in."""

    where: str
    text: str
    """The file, as it stands."""
    article: Article
    raw: str | None
    """The raw article, or None where there is none of that name."""

    def problem(self, path: Part, code: str, message: str, *, warning: bool = False) -> Problem:
        """A problem with what stands in the front matter at `path`."""
        places = frontmatter.places(self.where, self.text)
        while path not in places:
            path = path[:-1]
        line, column = places[path]
        shown = re.split("\r\n|\r|\n", self.text)[line - 1].replace("\t", " ")
        return Problem(self.where, line, column, code, message, shown if len(shown) < 160 else "", warning)


# One article at a time.


def known_authorities(written: Written, register: Register) -> Iterator[Problem]:
    """Every authority named is in the register."""
    metadata = written.article.metadata
    named: list[tuple[Part, str]] = [(("authority",), metadata.authority)] if metadata.authority else []
    named += [(("authorities", number), slug) for number, slug in enumerate(metadata.authorities)]
    named += [(("inspections", n, "authority"), each.authority) for n, each in enumerate(metadata.inspections)]
    for path, slug in named:
        if slug not in register.by_slug:
            yield written.problem(path, "authority", f'"{slug}" is not in the register{_meant(slug, register)}')


def _meant(slug: str, register: Register) -> str:
    from difflib import get_close_matches

    near = get_close_matches(slug, register.by_slug, 1, 0.6)
    return f'; did you mean "{near[0]}"?' if near else "; its slugs are in content/register/authorities.csv"


def the_authority_is_listed(written: Written, _: Register) -> Iterator[Problem]:
    """`authority` is one of `authorities`, which are all that the article is about."""
    metadata = written.article.metadata
    if metadata.authority and metadata.authority not in metadata.authorities:
        yield written.problem(("authority",), "authorities", f'"{metadata.authority}" must be in authorities too')


def evidence_stands_in_the_raw_text(written: Written, _: Register) -> Iterator[Problem]:
    """Words that prove something are in the raw article, to the letter; only white space may differ.

    A quotation that an article interrupts is one, with a blank line or dots where its parts were set apart.
    """
    metadata = written.article.metadata
    if metadata.raw is None:
        return
    if written.raw is None:
        yield written.problem(("raw",), "raw", f'there is no file "{metadata.raw}" in seeds/')
        return
    text = _folded(written.raw)
    for path, words in _verbatim(written.article):
        if any(_folded(stretch) not in text for stretch in _SEAM.split(words)):
            yield written.problem(
                path, "evidence", f"these words are not in seeds/{metadata.raw}; quote it to the letter"
            )


_SEAM = re.compile(f"\n\n|{OMISSION}")
_BLANK = re.compile("[\\s\\x00-\\x20\\x7f-\\xa0\u200b\ufeff]+")


def _folded(text: str) -> str:
    return _BLANK.sub(" ", text).strip()


def _verbatim(article: Article) -> Iterator[tuple[Part, str]]:
    """Every text that is quoted from the raw article, with where it stands in the front matter."""
    for number, inspection in enumerate(article.metadata.inspections):
        here: Part = ("inspections", number)
        yield from _each((*here, "evidence"), inspection.evidence)
        for place, judgement in enumerate(inspection.judgements):
            yield from _each((*here, "judgements", place, "evidence"), judgement.evidence)
        for place, tally in enumerate(inspection.tallies):
            yield from _each((*here, "tallies", place, "evidence"), tally.evidence)
    for number, finding in enumerate(article.metadata.findings):
        yield ("findings", number, "text"), finding.text
    yield from _each(("inspector_quotes",), article.metadata.inspector_quotes)


def _each(path: Part, texts: tuple[str, ...]) -> Iterator[tuple[Part, str]]:
    for number, text in enumerate(texts):
        yield (*path, number), text


def dates_are_in_order(written: Written, _: Register) -> Iterator[Problem]:
    """An inspection starts, ends, and then its report is published."""
    for number, inspection in enumerate(written.article.metadata.inspections):
        for first, second in combinations(("started", "ended", "report_published"), 2):
            before, after = getattr(inspection, first), getattr(inspection, second)
            earliest, latest = before and before.earliest, after and after.latest
            if earliest and latest and earliest > latest:
                message = f"{second} ({after}) lies before {first} ({before})"
                yield written.problem(("inspections", number, second), "order", message)


def its_kind_was_in_use(written: Written, register: Register) -> Iterator[Problem]:
    """An inspection lies in the years in which inspections of its kind were made."""
    known = {facts.id: facts for facts in register.frameworks}
    for number, inspection in enumerate(written.article.metadata.inspections):
        facts = known.get(inspection.framework) if inspection.framework else None
        if not facts:
            continue
        first, last = _first_day(inspection), _last_day(inspection)
        begins, ends = facts.begins and facts.begins.earliest, facts.ends and facts.ends.latest
        path: Part = ("inspections", number, "framework")
        if last and begins and last < begins:
            yield written.problem(path, "framework", f"{facts.id} inspections began in {facts.begins}, after this one")
        if first and ends and first > ends:
            yield written.problem(path, "framework", f"{facts.id} inspections ended in {facts.ends}, before this one")


def _first_day(inspection: Inspection) -> date | None:
    known = inspection.started or inspection.ended
    return known.earliest if known else None


def _last_day(inspection: Inspection) -> date | None:
    known = inspection.ended or inspection.started
    return known.latest if known else None


def grades_are_those_of_its_kind(written: Written, register: Register) -> Iterator[Problem]:
    """A kind of inspection has its own grades, or none."""
    known = {facts.id: facts for facts in register.frameworks}
    for number, inspection in enumerate(written.article.metadata.inspections):
        facts = known.get(inspection.framework) if inspection.framework else None
        if not facts:
            continue
        for place, judgement in enumerate(inspection.judgements):
            path: Part = ("inspections", number, "judgements", place, "grade")
            if not facts.graded:
                yield written.problem(path, "grade", f"{facts.id} inspections give no grades")
            elif facts.grades and judgement.grade not in facts.grades:
                grades = ", ".join(facts.grades)
                yield written.problem(
                    path, "grade", f'{facts.id} inspections have no "{judgement.grade}"; they have {grades}'
                )


def the_record_has_it(written: Written, register: Register) -> Iterator[Problem]:
    """An inspection that names one in the record names one of its own authority that is there."""
    for number, inspection in enumerate(written.article.metadata.inspections):
        known = _recorded(inspection.authority, register)
        if inspection.record and inspection.record not in known:
            message = f'the record has no "{inspection.record}" of {inspection.authority}; '
            message += f"it has {', '.join(known)}" if known else "it has none"
            yield written.problem(("inspections", number, "record"), "record", message)


def grades_are_those_of_the_record(written: Written, register: Register) -> Iterator[Problem]:
    """A grade that an article gives is the one that Ofsted published; else a warning with both sources.

    It is a warning, which does not fail `check`: the words may well stand in the article, and it keeps them. Either the
    article is wrong, or it was read wrongly, or the record is; an editor looks and decides. The site shows both grades.
    """
    for number, inspection in enumerate(written.article.metadata.inspections):
        outcome = _recorded(inspection.authority, register).get(inspection.record or "")
        published = dict(outcome.grades) if outcome else {}
        for place, judgement in enumerate(inspection.judgements):
            grade = published.get(judgement.area)
            if outcome and grade and grade is not judgement.grade:
                where = ", ".join(filter(None, (outcome.source, outcome.report_url)))
                message = (
                    f"the article says {judgement.grade} for {judgement.area} “{' … '.join(judgement.evidence)}”; "
                    f"the record says {grade} ({inspection.record}: {where})"
                )
                path: Part = ("inspections", number, "judgements", place, "grade")
                yield written.problem(path, "record", message, warning=True)


def _recorded(authority: str, register: Register) -> dict[str, Outcome]:
    """What the record has of an authority, by key."""
    return merging.keys(register.outcomes_of.get(authority, ()))


ARTICLE_CHECKS: tuple[Callable[[Written, Register], Iterator[Problem]], ...] = (
    known_authorities,
    the_authority_is_listed,
    evidence_stands_in_the_raw_text,
    dates_are_in_order,
    its_kind_was_in_use,
    grades_are_those_of_its_kind,
    the_record_has_it,
    grades_are_those_of_the_record,
)


# The whole site: every file by its place in the output folder.

_LINK_INTO_THE_SITE = re.compile(
    r"\]\(\s*<?(?!https?:|mailto:)|^ {0,3}\[[^\]]+\]:\s*<?(?!https?:|mailto:)", re.MULTILINE
)


def leads_into_the_site(article: Article) -> bool:
    """True where the article's text may have a link to another page of the site, or to a place on its own."""
    return bool(_LINK_INTO_THE_SITE.search(article.body))


def links_lead_somewhere(pages: Mapping[str, bytes], places: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pages at `places` with those links in them, as written, that lead to no page or to no place on it."""
    read: dict[str, _Links] = {}
    for place in places:
        here = "/" + place.removesuffix("index.html")
        for link in dict.fromkeys(_Links.of(pages[place]).links):
            address = urlsplit(urljoin(here, link))
            if address.scheme or address.netloc:
                continue
            path = unquote(address.path).removeprefix("/")
            target = f"{path}index.html" if path.endswith("/") or not path else path
            fragment = unquote(address.fragment)
            if fragment and target in pages and target.endswith(".html"):
                if target not in read:
                    read[target] = _Links.of(pages[target])
                if fragment not in read[target].ids | {"top"}:
                    yield place, link
            elif target not in pages:
                yield place, link


class _Links(HTMLParser):
    """The links and the named places of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    @classmethod
    def of(cls, data: bytes) -> _Links:
        """Those of the page that `data` holds."""
        page = cls()
        page.feed(data.decode())
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (HTMLParser's)
        """Collects them; called by the parser."""
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in ("href", "src", "action") and value:
                self.links.append(value)
