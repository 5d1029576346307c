"""What stands around the article: its title, when it was published, Ofsted's report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_builder.edtf import Date
from site_builder.extraction.dates import Days
from site_builder.text.document import BODY, Block, BlockKind, Document, Fact, Mention, Span

_AROUND = frozenset({BlockKind.FURNITURE, BlockKind.DATELINE})
_SAYS_PUBLISHED = frozenset(
    {"published", "posted", "release", "date", "dated", "created", "released", "issued", "issue"}
)
_SAYS_UPDATED = frozenset({"updated", "modified", "reviewed"})
_ADDRESS = re.compile(r"(?:https?://|www\.|\b(?:[a-z]+\.)?ofsted\.gov\.uk/)[^\s<>\"“”‘’()]+")
_TODAY_BEFORE = re.compile(r"\b(?:today|this morning|tonight),? ?[(–-]? ?(?:\w{3,6}day,? )?$")
_TODAY_AFTER = re.compile(r",? ?\(?today\b")
_BELOW = 2
"""So many lines below an article its day may stand."""
_READ = frozenset({"read", "download", "downloaded", "found", "available", "view", "viewed"})
_OTHER_PAPERS = frozenset({"cabinet", "committee", "annual", "council", "plan", "press", "story", "privacy"})
_REPORT_WORDS = frozenset({"report", "letter", "findings"})


def title(document: Document) -> Fact[str] | None:
    """The article's own headline."""
    block = next((block for block in document.blocks if block.kind is BlockKind.TITLE), None)
    return Fact(document.words(block.span), (block.span,), "headline") if block else None


def published(document: Document, dates: Sequence[Mention[Days]]) -> Fact[Date] | None:
    """The day on which the article was published: a line around it says so, or its own "today (24 August)"."""
    lines = _datelines(document, dates)
    for rule in (
        _says_published,
        _dateline,
        _today_in_text,
        _dateline_below,
        _says_updated,
        _dateline_anywhere,
        _published_in_text,
        _last_line,
        _issue,
    ):
        mention = rule(document, lines, dates)
        if mention:
            day = _with_its_year(mention.value.first, dates)
            return Fact(day, (mention.span,), rule.__name__.strip("_"))
    return None


def _with_its_year(day: Date, dates: Sequence[Mention[Days]]) -> Date:
    """“15th September” above an article “last updated: 15th September 2023”: the same day, with the year."""
    if day.year or not day.day:
        return day
    same = {
        each.value.first
        for each in dates
        if each.value.first.year and each.value.first.day and each.value.first.agrees_with(day)
    }
    return same.pop() if len(same) == 1 else day


Lines = Sequence[tuple[Block, Mention[Days]]]
"""The lines around the article that hold a day, each with it."""


def _datelines(document: Document, dates: Sequence[Mention[Days]]) -> Lines:
    """The lines around the article with a day, those of readers' comments below it left out."""
    prose_ends = [block.span.end for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    middle = prose_ends[len(prose_ends) // 2] if prose_ends else len(document.text)
    found: list[tuple[Block, Mention[Days]]] = []
    waiting = iter(dates)
    date = next(waiting, None)
    for block in document.blocks:
        while date and date.span.start < block.span.start:
            date = next(waiting, None)
        if block.kind not in _AROUND or not date or not block.span.holds(date.span) or not date.value.first.month:
            continue
        if block.span.start < middle or _words(block) & (_SAYS_PUBLISHED | _SAYS_UPDATED):
            found.append((block, date))
    return found


def _says_published(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """“Posted on: 2 June 2014 by Newsdesk”; a date with nothing but a scraper's “date” before it comes later."""
    for block, date in lines:
        words = _words(block)
        exact = date.value.first.day or len(words) <= _SHORT_LINE  # “documents released … as far back as June 2020”
        if not exact or document.words(block.span).startswith("date "):
            continue
        if words & _SAYS_PUBLISHED and not words & _SAYS_UPDATED:
            return date
    return None


_SHORT_LINE = 8
_SAID_BEFORE = re.compile(r"(?:Published|Posted|PUBLISHED|POSTED):?(?: on)? $")


def _published_in_text(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """“By Ada Quill Published 21st Feb 2023, 16:04 GMT”, in a text that was scraped into one line."""
    return next(
        (
            date
            for date in dates
            if date.value.first.day
            and date.value.first.year
            and _SAID_BEFORE.search(document.text[max(0, date.span.start - 15) : date.span.start])
        ),
        None,
    )


def _last_line(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """“The Courier, Tuesday, March 5, 2013”: a line that ends a text, a name and a day."""
    last = document.blocks[-1].span if document.blocks else None
    date = dates[-1] if dates else None
    if not last or not date or date.span.end != last.end or not (date.value.first.day and date.value.first.year):
        return None
    return date if _NAME_AND_DAY.fullmatch(document.text[last.start : date.span.start]) else None


_NAME_AND_DAY = re.compile(r"(?:[A-Z][\w’'.]*,? ){1,5}(?:on )?")


def _dateline(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """“Monday, 30 March 2015”."""
    plain = [date for block, date in lines if block.kind is BlockKind.DATELINE and not _words(block) & _SAYS_UPDATED]
    dated = [date for date in plain if date.value.first.year is not None]
    exact = [date for date in dated if date.value.first.day is not None]
    return next(iter(exact or dated or plain), None)


def _today_in_text(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """“The judgement, published today (Friday, 19 February 2016), comes …”."""
    for date in dates:
        before = document.text[max(0, date.span.start - 30) : date.span.start].lower()
        after = document.text[date.span.end : date.span.end + 10].lower()
        if date.value.first.day and (_TODAY_BEFORE.search(before) or _TODAY_AFTER.match(after)):
            return date
    return None


def _dateline_below(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """A line with nothing but a day and its year, right below the last words of the article."""
    last = max((place for place, block in enumerate(document.blocks) if block.kind in BODY), default=0)
    for block in document.blocks[last + 1 : last + 1 + _BELOW]:
        date = next((date for date in dates if block.span == date.span), None)
        if date and block.kind is BlockKind.DATELINE and date.value.first.day and date.value.first.year:
            return date
    return None


def _says_updated(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """“This page was last updated on 3 March 2022”."""
    return next((date for block, date in lines if _words(block) & _SAYS_UPDATED), None)


def _dateline_anywhere(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """“9:30 Friday 12 May 2023”, at the foot of a live report: the only line of the page with a weekday and a day."""
    lines_of_days = iter(block.span for block in document.blocks if block.kind is BlockKind.DATELINE)
    line = next(lines_of_days, None)
    found: list[Mention[Days]] = []
    for date in dates:
        while line and line.end <= date.span.start:
            line = next(lines_of_days, None)
        if line and line.holds(date.span) and date.value.first.day and date.value.first.year:
            found.append(date)
    weekday = found and _WEEKDAY.match(document.words(found[0].span))
    return found[0] if weekday and len({date.value for date in found}) == 1 else None


_WEEKDAY = re.compile("(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_SEASON = re.compile(r"(?:Spring|Summer|Autumn|Winter),? $")


def _issue(document: Document, lines: Lines, dates: Sequence[Mention[Days]]) -> Mention[Days] | None:  # noqa: ARG001
    """“Issue 14, Spring 2009”, in the first lines: the year alone, for a season has no form of its own."""
    top = document.blocks[:_ISSUE_LINES]
    return next(
        (
            date
            for date in dates
            if date.value.first.month is None
            and _SEASON.search(document.text[max(0, date.span.start - 10) : date.span.start])
            and any(block.span.holds(date.span) for block in top)
        ),
        None,
    )


_ISSUE_LINES = 6


def _words(block: Block) -> set[str]:
    return {fold for sentence in block.sentences for fold in sentence.folds}


def report_url(document: Document) -> Fact[str] | None:
    """Ofsted's report or letter, where the text gives its address: a page of Ofsted's, or one said to be the report."""
    told: Span | None = None
    for found in _ADDRESS.finditer(document.text):
        address = found.group().rstrip(".,;:!?")
        host, _, path = address.removeprefix("https://").removeprefix("http://").partition("/")
        span = Span(found.start(), found.start() + len(address))
        said = _said_of(document, span)
        if path and ("ofsted" in host or ("ofsted" in said | set(path.lower().split("/")) and said & _REPORT_WORDS)):
            return Fact(complete(address), (span,), "address")
        if path and said & _REPORT_WORDS and said & _READ and not said & _OTHER_PAPERS:
            told = told or span  # “The letter can be downloaded at …”
    return Fact(complete(document.words(told)), (told,), "address") if told else None


def complete(words: str) -> str:
    """An address that a browser takes, as articles leave its beginning out."""
    return words if words.startswith("http") else f"https://{words}"


def _said_of(document: Document, span: Span) -> set[str]:
    """The words of the sentence that ends in the address at `span`."""
    start = max(document.text.rfind("\n", 0, span.start), document.text.rfind(". ", 0, span.start)) + 1
    return set(re.findall(r"[a-z]+", document.text[start : span.start].lower()))
