"""What stands around the article: its title, when and by whom it was published, Ofsted's report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from site_builder.edtf import Date
from site_builder.extraction.dates import Days
from site_builder.lexicon import Lexicon
from site_builder.model import Source, SourceKind
from site_builder.text.document import BODY, Block, BlockKind, Document, Fact, Mention, Span

_AROUND = frozenset({BlockKind.FURNITURE, BlockKind.DATELINE})
_SAYS_PUBLISHED = frozenset(
    {"published", "posted", "release", "date", "dated", "created", "released", "issued", "issue"}
)
_SAYS_UPDATED = frozenset({"updated", "modified", "reviewed"})
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|[Cc]opyright)[\s©–-]*(?:[Cc]opyright)?[\s–-]*(?:(?:19|20)\d\d)?(?:\s*[-–]\s*20\d\d)?[\s–,-]*"
)
_NAME_END = re.compile(r"[.|]|,?\s(?:19|20)\d\d\b|\s{2,}|,? [Aa]ll [Rr]ights|\s[-–]\s|$")
_SOURCE = re.compile(r"\bSource:\s*((?:https?://|www\.)[\w./?=&%-]*\w)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”‘’()]+")
_TODAY_BEFORE = re.compile(r"\b(?:today|this morning|tonight),? ?[(–-]? ?(?:\w{3,6}day,? )?$")
_TODAY_AFTER = re.compile(r",? ?\(?today\b")
_TOLD = re.compile(r"\btold (?:the |The )?((?:[A-Z]\w+ )*[A-Z]\w+)")
_SITE_END = re.compile(r"\s[–-]\s|\s(?:logo|home ?page|home|website)$")
"""Where the name of a site ends in its masthead."""
_NOT_A_NAME = re.compile(r"[>»|@:?]|\d{3}|\s{2}")
_BELOW = 2
"""So many lines below an article its day may stand."""
_NAME_WORDS = 8
_PUBLISHER_VOTES = 3
_MASTHEAD_VOTES = 2
"""Less than an inspectorate's own phrases: its letters have the council's name at their head."""
_QUOTED = re.compile('[“”"‘]')
_STRETCH = re.compile('[“"][^“”"]*[”"]')
_I = re.compile(r"\bI(?:['’](?:ve|m|d|ll))?\b(?!\.)")
_OURS = frozenset({"we", "our"})
_SHORT_TITLES = frozenset({"Cllr", "Coun", "Clr"})
_BYLINE = 20
"""A byline has at most so many words and marks."""
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
            return Fact(mention.value.first, (mention.span,), rule.__name__.strip("_"))
    return None


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
    """“Posted on: 13 May 2015 by Reporter”; a date with nothing but a scraper's “date” before it comes later."""
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
    """“This page was last updated on 10 April 2024”."""
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


def source(document: Document, authorities: Sequence[str], lexicon: Lexicon) -> Fact[Source] | None:
    """Who published the article, and where: the name and address only from its words, the kind from its manner."""
    site = _site(document, lexicon)
    kind = _kind(document, site, lexicon)
    named = _copyright(document) or site or _publisher(document, lexicon) or _paper(document, lexicon)
    if kind is SourceKind.COUNCIL and not named:
        named = _council(document, authorities, lexicon)
    if kind is SourceKind.OFSTED:
        named = next(
            (
                token.span
                for block in document.blocks
                for s in block.sentences
                for token in s.tokens
                if token.text == "Ofsted"
            ),
            named,
        )
    address = _SOURCE.search(document.text) if "Source:" in document.text else None
    spans = tuple(span for span in (named, address and Span(*address.span(1))) if span)
    name = document.words(named) if named else None
    return Fact(Source(name, _address(address.group(1)) if address else None, kind), spans, "source")


def _kind(document: Document, site: Span | None, lexicon: Lexicon) -> SourceKind:
    """The kind of page that most of its phrases hint at; a newspaper's, where they say nothing.

    `site` is where the page names itself.
    """
    votes: Counter[SourceKind] = Counter()
    seen: set[tuple[str, ...]] = set()
    for block in document.blocks:
        tokens = [token for sentence in block.sentences for token in sentence.tokens]
        words = [fold for sentence in block.sentences for fold in sentence.folds]
        table = lexicon.sources.around if block.kind in _AROUND else lexicon.sources.manner
        for first, after, hints in table.find(words):
            phrase = tuple(words[first:after])
            if phrase not in seen:
                votes.update(dict(hints))
            seen.add(phrase)
        for _, _, kind in lexicon.sources.publishers.find([token.text for token in tokens]):
            votes[kind] += _PUBLISHER_VOTES
    if (site and _is_council(document, site, lexicon)) or _dated_by_council(document, lexicon):
        votes[SourceKind.COUNCIL] += _MASTHEAD_VOTES
    outsider = _outsider(document, lexicon)
    if outsider:
        votes[outsider] += _PUBLISHER_VOTES
    elif not votes[SourceKind.CHARITY]:
        votes[SourceKind.COUNCIL] += _own_voice(document)
    if all(votes[kind] < _PUBLISHER_VOTES for kind in SourceKind if kind is not SourceKind.COUNCIL):
        votes[SourceKind.COUNCIL] += _capitals(document, lexicon) + _names_itself(document, lexicon)
    return max(SourceKind, key=lambda kind: (votes[kind], kind is SourceKind.NEWSPAPER))


def _own_voice(document: Document) -> int:
    """“We are proud of our social workers”, and nobody is quoted: votes for a council's page."""
    ours = 0
    for block in document.blocks:
        if block.kind not in _AROUND and not _QUOTED.search(document.words(block.span)):
            ours += sum(fold in _OURS for sentence in block.sentences for fold in sentence.folds)
    return _PUBLISHER_VOTES if ours > 1 else 0


def _outsider(document: Document, lexicon: Lexicon) -> SourceKind | None:
    """The kind that a columnist's byline shows: “by Ada Quill, who chairs a charity”, and an article that says “I”."""
    article = (document.words(block.span) for block in document.blocks if block.kind not in _AROUND)
    if not any(_I.search(words) and _I.search(_STRETCH.sub("", words)) for words in article):
        return None
    for block in document.blocks[:_TOP]:
        words = [fold for sentence in block.sentences for fold in sentence.folds]
        if words and words[0] == "by" and "," in words and len(words) <= _BYLINE:
            kinds = [lexicon.sources.outsiders[word] for word in words if word in lexicon.sources.outsiders]
            if kinds:
                return SourceKind.CHARITY if SourceKind.CHARITY in kinds else kinds[0]
    return None


def _capitals(document: Document, lexicon: Lexicon) -> int:
    """Votes for a council's page, which gives its offices and itself capitals and writes “Councillor” in full.

    Newspapers write “cabinet member”, “the council” and “Cllr”, and give the word to rivals too.
    """
    large = small = in_full = short = council = 0
    for sentence in document.sentences:
        words = [token.text for token in sentence.tokens]
        if not lexicon.sources.rivals.isdisjoint(sentence.folds):
            return 0
        for first, after, _ in lexicon.sources.offices.find(sentence.folds):
            capital = all(word[0].isupper() for word in words[first:after] if word[0].isalpha() and len(word) > 2)
            large += capital and first > 0
            small += not capital
        in_full += words.count("Councillor")
        short += sum(word in _SHORT_TITLES for word in words)
        pairs = list(zip(words, [*words[1:], ""], strict=True))
        council += ("the", "Council") in pairs
        small += ("the", "council") in pairs
    if small > large:
        return 0
    return min(large, 2) + (in_full > short and large > 0) + (council > 1)


def _names_itself(document: Document, lexicon: Lexicon) -> int:
    """A vote for a council's page where the headline begins with its name: “Oldham Borough Council: inspection”."""
    block = next((block for block in document.blocks if block.kind is BlockKind.TITLE), None)
    words = [token.text for sentence in block.sentences for token in sentence.tokens] if block else []
    found = lexicon.places.names.at(words, 0) if words else None
    return int(found is not None and words[found[0] - 1] == "Council" and words[found[0] : found[0] + 1] == [":"])


def _dated_by_council(document: Document, lexicon: Lexicon) -> bool:
    """True where a council's name stands before the day: “Oldham Council | 30 August 2018”."""
    for block in document.blocks:
        if block.kind is BlockKind.DATELINE:
            words = [token.text for sentence in block.sentences for token in sentence.tokens]
            found = lexicon.places.names.at(words, 0)
            if found and words[found[0] - 1] == "Council":
                return True
    return False


def _is_council(document: Document, span: Span, lexicon: Lexicon) -> bool:
    """True where the words of `span` are a council's name and no more."""
    block = next(block for block in document.blocks if block.span.holds(span))
    words = [token.text for sentence in block.sentences for token in sentence.tokens if span.holds(token.span)]
    found = lexicon.places.names.at(words, 0)
    return found is not None and found[0] == len(words) and words[-1] == "Council"


def _copyright(document: Document) -> Span | None:
    """“© 2023 South East London Chamber of Commerce. All rights reserved.”"""
    for block in document.blocks:
        found = _COPYRIGHT.match(document.text, block.span.start, block.span.end)
        if block.kind is BlockKind.FURNITURE and found:
            end = _NAME_END.search(document.text, found.end(), block.span.end)
            span = Span(found.end(), end.start() if end else block.span.end)
            if document.text[span.start : span.end].strip()[:1].isupper():
                return span
    return None


_TOP = 40
"""Lines above which a site writes its name, menus included."""


def _site(document: Document, lexicon: Lexicon) -> Span | None:
    """The name of the site above its headline: it names an organisation or a paper, or stands again on the page."""
    around = [document.words(block.span) for block in document.blocks if block.kind in _AROUND]
    for block in document.blocks[:_TOP]:
        if block.kind is BlockKind.TITLE:
            break
        line = document.words(block.span)
        name = _SITE_END.split(line)[0]
        words = re.findall(r"[^\W\d_][\w'’]*", name)
        whole = len(re.findall(r"[^\W\d_][\w'’]*", line))
        if (
            block.kind is not BlockKind.FURNITURE
            or not words
            or not 1 < whole <= _NAME_WORDS
            or _NOT_A_NAME.search(line)
            or lexicon.sources.offices.at([word.lower() for word in words], 0)
        ):
            continue
        if not all(word[0].isupper() for word in words if len(word) > 3) or _is_menu(words, lexicon):
            continue
        again = sum(name in other for other in around if other != line)
        named = words[-1] in lexicon.sources.papers or not lexicon.sources.organisations.isdisjoint(_words(block))
        if named or (again and len(words) > 1):
            return Span(block.span.start, block.span.start + len(name))
    return None


def _is_menu(words: Sequence[str], lexicon: Lexicon) -> bool:
    """True where several words are each an entry of menus: “Home News Contact”."""
    entries = (lexicon.furniture.whole.at([word.lower()], 0) for word in words)
    return sum(entry is not None for entry in entries) > 1


def _publisher(document: Document, lexicon: Lexicon) -> Span | None:
    """A publisher that writes about many councils, named anywhere: “Here CYP Now sums up the newest ones”."""
    for block in document.blocks:
        tokens = [token for sentence in block.sentences for token in sentence.tokens]
        for first, after, _ in lexicon.sources.publishers.find([token.text for token in tokens]):
            return Span(tokens[first].span.start, tokens[after - 1].span.end)
    return None


def _paper(document: Document, lexicon: Lexicon) -> Span | None:
    """“…, she told the Echo”."""
    for sentence in document.sentences:
        told = "told" in sentence.folds
        found = _TOLD.search(document.text, sentence.span.start, sentence.span.end) if told else None
        if found and found.group(1).split()[-1] in lexicon.sources.papers:
            return Span(*found.span(1))
    return None


def _council(document: Document, authorities: Sequence[str], lexicon: Lexicon) -> Span | None:
    """The council's full name where a council's own page gives it: in the article, or else around it."""
    around = [sentence for block in document.blocks if block.kind in _AROUND for sentence in block.sentences]
    for sentence in (*document.sentences, *around):
        words = [token.text for token in sentence.tokens]
        for first, after, name in lexicon.places.names.find(words):
            if words[after - 1] == "Council" and {*name.strong, *name.weak} & set(authorities):
                return Span(sentence.tokens[first].span.start, sentence.tokens[after - 1].span.end)
    return None


def report_url(document: Document) -> Fact[str] | None:
    """Ofsted's report or letter, where the text gives its address: a page of Ofsted's, or one said to be the report."""
    for found in _ADDRESS.finditer(document.text):
        address = found.group().rstrip(".,;:!?")
        host, _, path = address.removeprefix("https://").removeprefix("http://").partition("/")
        span = Span(found.start(), found.start() + len(address))
        said = _said_of(document, span)
        if path and ("ofsted" in host or ("ofsted" in said | set(path.lower().split("/")) and said & _REPORT_WORDS)):
            return Fact(_address(address), (span,), "address")
    return None


def _address(words: str) -> str:
    """An address that a browser takes, as articles leave its beginning out."""
    return words if words.startswith("http") else f"https://{words}"


def _said_of(document: Document, span: Span) -> set[str]:
    """The words of the sentence that ends in the address at `span`."""
    start = max(document.text.rfind("\n", 0, span.start), document.text.rfind(". ", 0, span.start)) + 1
    return set(re.findall(r"[a-z]+", document.text[start : span.start].lower()))
