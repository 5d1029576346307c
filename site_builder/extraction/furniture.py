"""Tells the article from the furniture of the page it stood on: a label on a block, never a deletion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.extraction import run_on
from site_builder.extraction.dates import Days
from site_builder.lexicon import Lexicon
from site_builder.text.document import BODY, Block, BlockKind, Document, Mention, Span
from site_builder.text.reading import cut

_SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*$""")
_FULL_STOP = re.compile(r"""[.…:]["'”’)\]]*$""")
_CRUMBS = re.compile(r"(?<=\S)\s++[>»›|·•/→]\s++")
_ARROW = re.compile(r"[←→«»↧⇒<>]\s|\s[←→«»↧⇒>]")
_LETTERS_ROW = re.compile(r"[A-Z](?<!\w[A-Z])\b[\s|,]*(?:\b[A-Z]\b[\s|,]*){7}")
_GAP = re.compile(r"\S(?:\s{2,}|\t)\S")
_TELEPHONE = re.compile(r"\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b")
_SCRAPED = re.compile(r"date \d{4}-\d{2}-\d{2}\b[ :–-]*")
_SITE = re.compile(
    r"(?<=[\w'’”!?])\s+(?:\|\s+(?=(?:[A-Z][\w.’']*\s?){1,4}$)|[|–-]\s+(?=[\w. ]+\.(?:co\.uk|org\.uk|com|net|org)$))"
)
_PAPER_END = re.compile(r"(?<=[\w'’”!?])\s+[–-]\s+(?:The )?(?:[A-Z][\w’'&]* ){0,4}([A-Z]\w+)$")
"""“Ofsted visits Marsham - The Marsham Star”."""
_SEAMS = "|–-"
_LABEL = re.compile(
    r"(?:Subject(?: [Mm]atter| of report)?|Title(?: of (?:the )?report)?|Report(?: title| subject)?|Headline|Re|Item)"
    r"(?:/(?:report )?(?:title|subject)(?: matter)?)?(?:\s*:\s+|\s{3,})(?=[A-Z]\S*\s\S+\s\S)",
    re.IGNORECASE,
)
"""“Subject: Inspection of …”, “Title/Subject Matter     INSPECTION OF …”."""
_GLUED = re.compile(
    r"[^.\n]{15,150}?[a-z’'!?”\"](?=(?:\d{1,2}[:.]\d\d ?[ap]m,? )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? "
    r"(?:the )?(?:\d|[A-Z][a-z]+ \d))"
)
"""“Ofsted praises Marsham's servicesThursday 16th December 2010”."""
_TWO_SENTENCES = re.compile(r"[.!?] [A-Z].*[.!?]$")
_ISSUE = re.compile(
    r"\b(?:Issue|Vol\.?) \d+\b|(?:^|\s{2,}|[,|–-] ?)No\.? \d+\b|\b(?:Spring|Summer|Autumn|Winter),? 20\d\d$"
)
_SIGNED = re.compile(r"(?:Published|Posted|Written|Created|Updated|Uploaded) by [A-Z]")
_NUMBER = re.compile(r"\d{1,2}\.\d{0,2}\.?\s+[A-Z]")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s*$")
_ASKS = re.compile(r"(?:What|How|Why|Where|Who) \w+ (?:to )?\w+")
"""“What needs to improve in this area of social work practice?”"""
_QUESTION = re.compile(r"Q\d{0,2}[.:)]\s")
_RESPONSES = re.compile(
    r"\d+ (?:responses?|comments?|replies|thoughts?)\s+(?:to|on|for|report|add|share|have|leave|post|log|sign)\b",
    re.IGNORECASE,
)
_FILE = re.compile(r"\((?:PDF|DOCX?|Word)\b|\b\d[\d.]* ?[KM]B\)|\.(?:pdf|docx?)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$")
_SALARY = re.compile(r"£\d{2},\d{3}|£\d{2}k\b")
_CREDIT = re.compile(r"\b(?:Credit|Picture|Image|Photo|Pic|Photograph)s?(?: by)?:|\((?:Image|Photo|Picture|Pic)\b|©")

_TOKEN = re.compile(
    r"\[\[.*\]\]|\{\{.*\}\}|\{[\w-]+[ :].*\}|%%.*%%|<!--.*-->|\[/?[\w-]+(?: [\w-]+=.*)?\]"
    r"|\[(?:image|photo|picture|video|embed|gallery|advert|tweet|map|caption|audio|poll)\b.*\]",
    re.IGNORECASE,
)
"""What a content management system puts in a page's place: “[[media id=12 caption="…"]]”, “{module Share}”."""
_DISMISSED = re.compile(r"\s{2,}(?:Dismiss|Close|Hide|OK|×|X)(?: this)?(?: message| banner| alert| notice)?$")
"""How a notice ends that stands on every page of a site."""
_BY = re.compile(r"\bby ([^,|]+?)(?: on | in | at |[,|]|$)", re.IGNORECASE)
_CLEARED = re.compile(r"[A-Z][\w ]+ \([A-Z]{2,4} \d{1,2}/\d{1,2}/\d{2,4}\)$")
"""“Legal comments (ABC 7/7/15)”: an officer's initials in a paper, and when."""

_OPEN_ENDS = (":", ",", ";", "”", "’", '"', " –", " -")
"""What a lead-in or a part of speech ends with."""

_PROSE_WORDS = 9
"""A line of so many words that ends as a sentence ends is the article's."""
_LONG_LINE = 25
"""A line of so many words is prose even without an end."""
_MARKER = 8
"""So many characters before an item hold its bullet or number."""
_TAIL = 120
"""So many words and marks at the end of a text scraped into one paragraph may belong to the page."""
_TITLE_WORDS = range(3, 26)
_TITLE_SCORE = 1.5
"""What a line needs to be taken for the headline."""
_WRITTEN_BY = (("report", "of"), ("report", "by"), ("report", "to"), ("briefing", "by"))
_STANDS_ABOVE = 3.0
"""What a line needs to be the headline when the line below it reads more like one."""
_SUBJECT_LINE = 5
"""What the line below “Dear …” is worth more: a letter's subject."""
_HEADER = 25
"""The headline stands among so many first lines."""
_HEADING_WORDS = 12
_NO_GRADE = 4
"""The length of “N/A” or “none” among a table's cells."""
_QUESTION_WORDS = 8
"""A question of so many words that stands alone is a heading: “What did inspectors like?”."""
_LEAD_WORDS = 6
"""Words before a colon that lead into a list whose bullets were lost: “Among the failings they set out are:”."""
_SIGNATURE = 3
"""So many lines below a letter are its writer's name and office."""
_NAME = 4
"""A reporter's name has at most so many words."""
_RUN = 3
"""So many short lines without an end, one after the other, are a menu."""
_SHORT = 6
_BEFORE_TAIL = 60
"""So many words of prose stand before the end of an article can come."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A block on its way to a kind."""

    kind: BlockKind
    text: str
    words: tuple[str, ...]
    """Its words and marks, folded."""
    count: int
    """How many of them are words."""
    dated: int
    """How many of its words and marks belong to dates."""
    has_day: bool
    """True where one of the dates has a day."""
    loose: tuple[str, ...]
    """Its words outside dates."""
    numbered: bool
    """True for an item with a number."""
    graded: bool
    """True where it names an area of judgement or ends in a grade."""

    @property
    def prose(self) -> bool:
        """True where it reads as sentences do."""
        return self.count >= _LONG_LINE or (
            self.count >= _PROSE_WORDS and bool(_SENTENCE_END.search(self.text) or self.text.endswith(":"))
        )

    @property
    def cut_off(self) -> bool:
        """True where it breaks off as a teaser does."""
        return self.text.endswith(("…", "..."))

    @property
    def ended(self) -> bool:
        """True where it ends as a sentence or a lead-in does."""
        return bool(_SENTENCE_END.search(self.text)) or self.text.endswith(_OPEN_ENDS)


def labelled(document: Document, days: Sequence[Mention[Days]], lexicon: Lexicon) -> Document:
    """`document` with the kind of each block: title, dateline, furniture, heading, item, cell or paragraph.

    A headline that a scraper ran together with a date, and the end of a text scraped into one paragraph, become
    blocks of their own. When in doubt a block stays in the article.
    """
    parts = run_on.parted(document, days, lexicon)
    if parts:
        document = cut(document, parts)
    document = cut(document, list(_pieces(document, lexicon)))
    lines = _lines(document, days, lexicon)
    for step in (_by_words, _repeated, _boxes, _ended, _titled, _menus, _pictures, _teasers, _listed, _shaped):
        lines = step(lines, lexicon)
    blocks = zip(document.blocks, lines, strict=True)
    return Document(document.text, tuple(Block(block.span, line.kind, block.sentences) for block, line in blocks))


def _pieces(document: Document, lexicon: Lexicon) -> Iterator[tuple[Span, BlockKind]]:
    """The blocks; one in which the page's furniture follows or precedes the article, in two."""
    over = False
    for block in document.blocks:
        seam = _run_together(document, block, lexicon)
        at = seam or (None if over else _ending(document, block, lexicon))
        over = over or bool(at and not seam and at > 2 * (len(document.text) - at))
        left, right = _trimmed(document, block.span, at) if at else (block.span, None)
        if left:
            yield left, BlockKind.FURNITURE if over and not right else block.kind
        if right:
            yield right, BlockKind.FURNITURE if over else block.kind


def _run_together(document: Document, block: Block, lexicon: Lexicon) -> int | None:
    """Where “date 2022-11-09 Headline”, “PoliticsHeadline”, “Subject: Headline” and “Headline | Site” fall in two."""
    text = document.words(block.span)
    scraped = _SCRAPED.match(text)
    if scraped:
        return block.span.start + scraped.end()
    named = text.startswith(lexicon.furniture.categories)
    for name in lexicon.furniture.categories if named else ():
        rest = text[len(name) : len(name) + 2]
        if text.startswith(name) and rest[:1].isupper() and not rest.isupper():
            return block.span.start + len(name)
    label = _LABEL.match(text) or _GLUED.match(text)
    if label:
        return block.span.start + label.end()
    site = _SITE.search(text) if text.count("|") < 2 and any(mark in text for mark in _SEAMS) else None
    if site:
        return block.span.start + site.start()
    paper = _PAPER_END.search(text) if "- " in text or "– " in text else None
    if paper and (paper.group(1) in lexicon.sources.papers or paper.group(1) == "Council"):
        return block.span.start + paper.start()
    return None


def _trimmed(document: Document, span: Span, at: int) -> tuple[Span | None, Span | None]:
    """The two parts of `span` on either side of `at`, without the spaces between them; None for an empty one."""
    left = document.text[span.start : at].rstrip()
    right = document.text[at : span.end].lstrip()
    return (
        Span(span.start, span.start + len(left)) if left else None,
        Span(span.end - len(right), span.end) if right else None,
    )


def _ending(document: Document, block: Block, lexicon: Lexicon) -> int | None:
    """Where “Read more here Source: www.example.org Comments are closed.” begins in a text of one paragraph."""
    tokens = [token for sentence in block.sentences for token in sentence.tokens]
    if len(tokens) < 4 * _LONG_LINE:
        return None
    words = [token.fold for token in tokens[-_TAIL:]]
    for place, token in enumerate(tokens[-_TAIL:]):
        start = token.span.start
        after_sentence = _SENTENCE_END.search(document.text[max(block.span.start, start - 4) : start].rstrip())
        if after_sentence and lexicon.furniture.endings.at(words, place):
            return start
    return None


def _before(document: Document, block: Block) -> str:
    """What stands right before a block: an item's bullet or number."""
    return document.text[max(0, block.span.start - _MARKER) : block.span.start]


def _lines(document: Document, days: Sequence[Mention[Days]], lexicon: Lexicon) -> list[_Line]:
    lines: list[_Line] = []
    dates = iter(days)
    date = next(dates, None)
    for block in document.blocks:
        tokens = [token for sentence in block.sentences for token in sentence.tokens]
        words = tuple([token.fold for token in tokens])
        loose = list(words)
        has_day = False
        holds_date = date is not None and date.span.start < block.span.end
        for place, token in enumerate(tokens) if holds_date else ():
            while date and date.span.end <= token.span.start:
                date = next(dates, None)
            if date and date.span.start < token.span.end:
                loose[place] = ""
                has_day = has_day or date.value.last.day is not None
        graded = bool(lexicon.areas.find(words)) or any(end == len(words) for _, end, _ in lexicon.grades.find(words))
        lines.append(
            _Line(
                kind=block.kind,
                text=document.words(block.span),
                words=words,
                count=sum([word[0].isalnum() for word in words]),
                dated=loose.count(""),
                has_day=has_day,
                loose=tuple([word for word in loose if word.isalpha()]),
                numbered=block.kind is BlockKind.ITEM and _NUMBERED.search(_before(document, block)) is not None,
                graded=graded,
            )
        )
    return lines


# What a line says by itself.


def _by_words(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """Lines whose own words or marks give them away."""
    kinds = [_own_kind(line, lexicon) for line in lines]
    return [line if kind is line.kind else replace(line, kind=kind) for line, kind in zip(lines, kinds, strict=True)]


def _own_kind(line: _Line, lexicon: Lexicon) -> BlockKind:
    if _is_dateline(line, lexicon):
        return BlockKind.DATELINE
    says = (
        _says_nothing_else,
        _begins_as_furniture,
        _is_of_the_site,
        _is_navigation,
        _is_credit,
        _is_contact,
        _is_byline,
        _is_masthead,
    )
    return BlockKind.FURNITURE if any(test(line, lexicon) for test in says) else line.kind


def _is_dateline(line: _Line, lexicon: Lexicon) -> bool:
    """“Posted on: 2 June 2014 by Newsdesk in Local, Life”; “Monday, 2 March 2015”; a month may be a table's cell."""
    if not line.has_day:
        return bool(_SCRAPED.fullmatch(line.text + " "))
    others = [word for word in line.loose if word not in lexicon.furniture.dateline]
    opened = line.words[0] in lexicon.furniture.dateline_openings and not line.prose
    signed = _SIGNED.match(line.text) is not None and len(others) <= _NAME
    return not others or signed or (opened and len(others) <= _SHORT and not line.text.endswith("."))


def _says_nothing_else(line: _Line, lexicon: Lexicon) -> bool:
    """“Menu”, “3 Comments”, “Share this:”, “Home News Sport”, or no word at all."""
    start, end = 0, len(line.words)
    while start < end and not line.words[start][0].isalpha():
        start += 1
    while end > start and not line.words[end - 1][0].isalpha():
        end -= 1
    if start == end:
        return True
    found = lexicon.furniture.whole.at(line.words, start) or lexicon.furniture.sections.at(line.words, start)
    if found and found[0] == end:
        return end - start > 1 or line.words[-1] != "."
    while found and found[0] < end:  # “Home News Sport”
        found = lexicon.furniture.whole.at(line.words, found[0])
    return found is not None and end - start >= _RUN and not line.ended


def _begins_as_furniture(line: _Line, lexicon: Lexicon) -> bool:
    """“Get the latest news straight to your inbox”; a full sentence needs three of the words to match."""
    found = lexicon.furniture.begins.at(line.words, 0)
    return found is not None and (found[0] > 2 or not line.prose)


def _is_of_the_site(line: _Line, lexicon: Lexicon) -> bool:
    """“Our site will be unavailable on Sunday”, “Call 0800 001 0000 now”: nothing in it is of the article's matter.

    A telephone number beside the newsroom's name is enough: “Are you a social worker? Call the newsdesk on 01632 …”.
    """
    telephone = "0" in line.text and bool(_TELEPHONE.search(line.text))
    calls = telephone or line.words[0] in lexicon.furniture.calls
    if calls and lexicon.furniture.offices.find(line.words):
        return True
    if line.count > 2 * _LONG_LINE or line.words[0] in "\"'" or not lexicon.furniture.subject.isdisjoint(line.words):
        return False
    return telephone or bool(lexicon.furniture.holds.find(line.words))


def _is_navigation(line: _Line, lexicon: Lexicon) -> bool:  # noqa: ARG001 - a test of a line has this form
    """“Home > News > Education”, “A B C D E”, “Home  Schools  Staff zone”, a telephone number, an address, a file."""
    if _TOKEN.fullmatch(line.text) or _DISMISSED.search(line.text) or _CLEARED.match(line.text):
        return True
    if _LETTERS_ROW.search(line.text) or (_points(line.text) and not (line.ended or _is_listed_grade(line))):
        return True
    if line.prose or line.graded:
        return False
    if not line.ended and any(mark.search(line.text) for mark in (_FILE, _POSTCODE, _SALARY)):
        return True
    parts = _CRUMBS.split(line.text)
    crumbs = len(parts) > 2 or (len(parts) == 2 and line.count <= _SHORT)
    return crumbs or len(_GAP.findall(line.text)) > 1 or bool(_TELEPHONE.search(line.text))


def _is_listed_grade(line: _Line) -> bool:
    """“> Help and protection - Requires improvement”, in a message."""
    return line.graded and line.text.startswith(">")


def _points(text: str) -> bool:
    """“Next article →”."""
    return bool(_ARROW.fullmatch(text[:2]) or _ARROW.fullmatch(text[-2:]))


def _is_credit(line: _Line, lexicon: Lexicon) -> bool:  # noqa: ARG001
    """“The letter was sent to the town hall - Credit: LBBD”."""
    return not line.prose and bool(_CREDIT.search(line.text))


def _is_contact(line: _Line, lexicon: Lexicon) -> bool:
    """“Marsham Council press office”."""
    places = range(max(0, len(line.words) - 3), len(line.words))
    found = (lexicon.furniture.offices.at(line.words, place) for place in places)
    return line.count <= _SHORT and any(end and end[0] == len(line.words) for end in found)


def _is_masthead(line: _Line, lexicon: Lexicon) -> bool:  # noqa: ARG001
    """“News for Oldham's foster carers   Issue 14, Spring 2009”."""
    return not line.prose and _ISSUE.search(line.text) is not None


def _is_byline(line: _Line, lexicon: Lexicon) -> bool:  # noqa: ARG001
    """“By Local Democracy Reporter”."""
    return line.words[0] == "by" and line.count <= _SHORT and not line.ended


# What a line is beside others.


_PICTURED = re.compile(r"\b(?:[Pp]icture|[Pp]hoto|[Pp]hotograph|[Ii]mage|[Pp]osed)\b")
"""In a line that stands twice, shows that it is a caption, however many sentences it has."""


def _repeated(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """Captions that repeat themselves, teasers cut off where the text begins again, a headline with its category."""
    furniture: set[int] = set()
    first = next((place for place, line in enumerate(lines) if line.kind in BODY), 0)
    for place, line in enumerate(lines):
        if line.graded and not line.prose:  # rows and cells of a table of grades are alike and are no captions
            continue
        half = _half(line.text)
        texts = {line.text, half} if half else {line.text}
        if half:
            furniture.add(place)
        for other in range(place + 1, min(place + 3, len(lines))):
            text = lines[other].text
            if text in texts and (half or not line.prose or _PICTURED.search(text)):
                furniture.add(other)
                if place != first and not _heads(lines, place, lexicon):
                    furniture.add(place)
            elif text != line.text and text.endswith(line.text) and len(text) - len(line.text) < 40:
                furniture.add(other)
            elif line.count >= _SHORT and not line.ended and text[:30] == line.text[:30]:
                furniture.add(place)
    return _marked(lines, furniture)


def _heads(lines: list[_Line], place: int, lexicon: Lexicon) -> bool:
    """True where the line is the first that reads like a headline: a site may give it twice, above and in its page."""
    above = (other for other in range(place) if lines[other].kind in BODY)
    return (
        place < _HEADER
        and _as_title(lines, place, lexicon) > _TITLE_SCORE + 1
        and not any(lines[other].prose or _as_title(lines, other, lexicon) >= _TITLE_SCORE for other in above)
    )


def _half(text: str) -> str:
    """The words that `text` says twice and nothing else; empty where it does not."""
    half = text[: len(text) // 2].strip()
    return half if len(half) > 10 and text[len(text) - len(half) :] == half and len(text) <= 2 * len(half) + 1 else ""


def _boxes(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """The lines below “Most read” or “More on inspection:”, up to the next full sentence.

    Above the headline such a box holds advertisements only: a line that reads like a headline ends it.
    """
    furniture: set[int] = set()
    inside = headline_seen = False
    for place, line in enumerate(lines):
        if _opens_box(line, lexicon):
            inside = True
        elif inside:
            sentence = line.prose or (line.count >= 4 and bool(_FULL_STOP.search(line.text)))
            headline = not headline_seen and _as_title(lines, place, lexicon) > _TITLE_SCORE + 1
            inside = not headline and (line.cut_off or not sentence)
        if inside:
            furniture.add(place)
        elif line.kind in BODY and line.count in _TITLE_WORDS:
            headline_seen = True
    return _marked(lines, furniture)


def _opens_box(line: _Line, lexicon: Lexicon) -> bool:
    start = next((i for i, word in enumerate(line.words) if word[0].isalpha()), 0)
    head = lexicon.furniture.sections.at(line.words, start)
    if head is None:
        return False
    topic = line.kind is BlockKind.FURNITURE and line.text.endswith(":") and line.count <= _SHORT
    # “Most viewed news stories this week”
    rest = line.words[head[0] :]
    return topic or all(not word[0].isalpha() or word in lexicon.furniture.box_words for word in rest)


def _ended(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """All below “Comments”, a registration wall or “About Ada Quill”, who wrote it, where little prose is left."""
    writers = [found.group(1).lower() for line in lines[:_HEADER] for found in _BY.finditer(line.text)]
    prose = [line.count if line.prose and line.kind in BODY else 0 for line in lines]
    before, after = 0, sum(prose)
    for place, line in enumerate(lines):
        start = next((i for i, word in enumerate(line.words) if word[0].isalpha()), 0)
        head = lexicon.furniture.tails.at(line.words, start)
        alone = head and all(not word[0].isalpha() for word in line.words[head[0] :])
        alone = alone or line.text.lower().removeprefix("about ") in writers
        if (alone or _RESPONSES.match(line.text)) and before >= _BEFORE_TAIL and after <= before:
            return _marked(lines, set(range(place, len(lines))))
        before += prose[place]
        after -= prose[place]
    return lines


def _menus(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """Runs of short lines that do not end, unless something announced them or they name areas and grades."""
    furniture: set[int] = set()
    run: list[int] = []
    announced = False
    for place, line in enumerate(lines):
        if line.kind not in BODY:
            continue
        short = line.count <= _SHORT and not line.ended and line.words[0] not in lexicon.furniture.salutations
        if short and not line.graded and line.kind is BlockKind.PARAGRAPH:
            run.append(place)
            continue
        heads_table = line.graded and not line.prose  # “Judgement”, “2019”, “2024” above the cells
        if len(run) >= _RUN and not announced and not heads_table:
            furniture.update(run)
        run = []
        announced = line.text.endswith(":")
    return _marked(lines, furniture)


def _pictures(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:  # noqa: ARG001 - a step has this form
    """A few words in lower case that stand alone between sentences: what a page says in place of a picture."""
    body = [place for place, line in enumerate(lines) if line.kind in BODY]
    alone: set[int] = set()
    for above, place, below in zip(body, body[1:], body[2:], strict=False):
        line, before, after = lines[place], lines[above], lines[below]
        small = line.kind is BlockKind.PARAGRAPH and line.count <= _SHORT and line.text == line.text.lower()
        ends = bool(_SENTENCE_END.search(before.text)) and not after.text[0].islower()
        if small and not line.ended and not line.graded and ends and line.text[0].isalpha():
            alone.add(place)
    return _marked(lines, alone)


def _titled(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """The headline, if the text has one, the lines with a day above the first sentence, and what stands beside both."""
    first_prose = next(
        (place for place, line in enumerate(lines) if line.kind in BODY and _begins_article(line)), len(lines)
    )
    dear = next((p for p in range(first_prose) if lines[p].words[0] in lexicon.furniture.salutations), None)
    best = _headline(lines, min(first_prose, _HEADER), dear, lexicon)
    headed = list(lines)
    for place in range(first_prose):
        line, kind = lines[place], None
        if place == best:
            kind = BlockKind.TITLE
        elif (line.has_day or line.dated > 1) and not (
            line.prose or _tells(line)
        ):  # “Ada Quill, education reporter, 18 December 2008”
            kind = BlockKind.DATELINE
        elif best is None or line.kind not in BODY or place == dear:
            continue
        elif place < best or (line.count <= _SHORT and not line.ended and not line.graded and not _is_numbered(line)):
            kind = BlockKind.FURNITURE  # the site, its menu; whose words, what section, what picture
        headed[place] = replace(line, kind=kind or line.kind)
    return headed


def _tells(line: _Line) -> bool:
    """“Inspectors came on 10 and 11 January.”, “Date of inspection: 10–21 January 2022”: more than when and by whom."""
    if (
        line.kind is BlockKind.ITEM and line.count > line.dated + 2
    ):  # “• Oldham: good overall (inspected 10–21 January)”
        return True
    sentence = line.text.endswith(".") and line.count > line.dated + 2 and not _SIGNED.match(line.text)
    return (sentence and line.words[0] != "by") or _OF_INSPECTION.match(line.text) is not None


_OF_INSPECTION = re.compile(
    r"(?:Dates? of (?:inspection|visit)|(?:Inspection|Visit) dates?|Inspected)\b", re.IGNORECASE
)


def _is_numbered(line: _Line) -> bool:
    """“1. Purpose”, “2.0 BACKGROUND”: a part of a committee's paper."""
    return line.kind is BlockKind.ITEM or _NUMBER.match(line.text) is not None


def _headline(lines: list[_Line], end: int, dear: int | None, lexicon: Lexicon) -> int | None:
    """The place of the line before `end` that reads most like a headline; None where none does."""
    candidates = [place for place in range(end) if lines[place].kind is BlockKind.PARAGRAPH and place != dear]
    below = (place for place in candidates if dear is not None and place > dear)
    subject_line = next((place for place in below if not lines[place].text.endswith(".")), None)
    scores = {
        place: _as_title(lines, place, lexicon) + (_SUBJECT_LINE if place == subject_line else 0)
        for place in candidates
    }
    candidates = [place for place in candidates if scores[place] > 0]
    for rank, place in enumerate(candidates):
        scores[place] -= rank * 0.5
    best = max(candidates, key=lambda place: scores[place], default=None)
    if best is None or scores[best] < _TITLE_SCORE:
        return None
    crumbs = [line.text for line in lines[:best] if line.kind is BlockKind.FURNITURE]
    last = next((place for place in candidates if any(_ends_way(crumb, lines[place].text) for crumb in crumbs)), None)
    if last is not None:
        return last
    above = best - 1  # of two lines that read like headlines the second tells more of the first
    if above not in candidates or best == subject_line or lines[best].text in lines[above].text:
        return best
    full = lines[above].count > _SHORT and lines[above].text[-1] not in ":,;"
    return above if full and _as_title(lines, above, lexicon) >= _STANDS_ABOVE else best


def _ends_way(crumbs: str, headline: str) -> bool:
    """True where the way to a page ends with its headline: “Home › News › Ofsted visits Marsham”."""
    return crumbs.endswith(headline) and len(_CRUMBS.split(crumbs)) > 1 and crumbs != headline


def _begins_article(line: _Line) -> bool:
    """True for the first line of prose; a long headline may ask or exclaim, but has no full stop."""
    return line.prose and line.count > _TITLE_WORDS.stop - (12 if line.text.endswith((".", ":", ".”", '."')) else 1)


def _as_title(lines: list[_Line], place: int, lexicon: Lexicon) -> float:
    """How much a line reads like a headline about an inspection."""
    line = lines[place]
    score = 2.0 if line.count in _TITLE_WORDS else -3.0
    score += min(3, sum(word in lexicon.furniture.headline for word in line.words))
    score += 1.5 * ("ofsted" in line.words)
    score -= 2.0 * (line.text.endswith(".") or _TWO_SENTENCES.search(line.text) is not None)
    nearby = lines[place + 1 : place + 2]
    if nearby and nearby[0].kind is BlockKind.DATELINE:
        score += 1
    if line.count <= _SHORT:
        above_menu = place == 0 and nearby and nearby[0].kind is BlockKind.FURNITURE
        capitals = all(word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", line.text))
        score -= 2.0 * bool(above_menu) + 1.5 * capitals  # the name of a site, not a headline
    if line.text[0].islower():
        score -= 3  # the file name of a picture
    if (
        line.words[:2] in _WRITTEN_BY
        or line.words[-1] in lexicon.furniture.bodies
        or lexicon.furniture.subjects.issuperset(line.loose)
    ):
        score -= 3  # “Report of the Director”, “Children's Scrutiny Committee”, “Children's social care”
    return score


def _teasers(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """Lines without an end below the last sentence of the article; not the name that closes a letter."""
    last = max((place for place, line in enumerate(lines) if line.kind in BODY and _closes(line)), default=len(lines))
    letter = any(line.words[0] in lexicon.furniture.salutations and line.kind in BODY for line in lines)
    furniture: set[int] = set()
    for place in range(last + 1, len(lines)):
        line = lines[place]
        if letter and place <= last + _SIGNATURE and line.count <= _PROSE_WORDS:
            continue
        if lexicon.furniture.closings.at(line.words, 0):
            break
        if line.kind in BODY and not line.ended and not line.graded:
            furniture.add(place)
    return _marked(lines, furniture)


def _closes(line: _Line) -> bool:
    """True where a line can be the last of an article."""
    return line.prose or (line.ended and line.count > 1) or line.graded


def _listed(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """Items whose bullets were lost: lines without an end below one that ends in a colon."""
    body = [place for place, line in enumerate(lines) if line.kind in BODY]
    items: set[int] = set()
    run: list[int] = []
    announced = False
    for place in body:
        line = lines[place]
        if announced and line.kind is BlockKind.PARAGRAPH and _may_be_item(line, lexicon):
            run.append(place)
            continue
        items.update(run if len(run) > 1 else ())
        leads = line.count >= _LEAD_WORDS or (line.count > 1 and not lexicon.furniture.leads.isdisjoint(line.words))
        announced = line.text.endswith(":") and (line.prose or leads)
        run = []
    items.update(run if len(run) > 1 else ())
    return [replace(line, kind=BlockKind.ITEM) if place in items else line for place, line in enumerate(lines)]


def _may_be_item(line: _Line, lexicon: Lexicon) -> bool:
    """True for a line without an end that is no row of a table; an area that it only names does not make it one."""
    named = sum(after - first for first, after, _ in lexicon.areas.find(line.words))
    row = line.graded and (2 * named >= line.count or not named)
    speech = line.text[-1] in "”’\"'" and line.text[0] in "“‘\"'"
    return not (row or speech) and line.count > 1 and not _SENTENCE_END.search(line.text) and line.text[-1] != ":"


def _shaped(lines: list[_Line], lexicon: Lexicon) -> list[_Line]:
    """Sub-headings and table cells among the lines of the body."""
    body = [place for place, line in enumerate(lines) if line.kind in BODY]
    shaped = list(lines)
    for here, place in enumerate(body):
        line = lines[place]
        asks = line.text.endswith("?") and line.text[0].isalpha()
        asks = asks and (line.count <= _QUESTION_WORDS or bool(_QUESTION.match(line.text) or _ASKS.match(line.text)))
        first = not here or not lines[body[here - 1]].numbered
        if line.numbered and first and _heads_section(line, [lines[other] for other in body[here + 1 : here + 2]]):
            shaped[place] = replace(line, kind=BlockKind.HEADING)
        if line.kind is not BlockKind.PARAGRAPH or line.count > _HEADING_WORDS or (line.ended and not asks):
            continue
        if line.words[0] in lexicon.furniture.salutations:
            continue
        above, below = body[max(0, here - 1) : here], body[here + 1 : here + 2]
        beside = [lines[other] for other in (*above, *below)]
        if line.graded and any(other.graded and not other.ended and other.count <= _HEADING_WORDS for other in beside):
            shaped[place] = replace(line, kind=BlockKind.CELL)
        elif len(beside) == 2 and len(line.text) <= _NO_GRADE and all(other.graded for other in beside):
            shaped[place] = replace(line, kind=BlockKind.CELL)  # “N/A”
        elif line.text[0].islower() or _is_label(line) or (above and _signs(line, lines[above[0]])):
            continue
        elif below and (beside[-1].prose or beside[-1].kind is BlockKind.ITEM or _is_label(beside[-1])):
            shaped[place] = replace(line, kind=BlockKind.HEADING)
    return shaped


def _signs(line: _Line, above: _Line) -> bool:
    """True for “Ann Field, leader of Northport Council” below what she says."""
    return "," in line.text and above.text.endswith(("”", '"', "’", "'"))


def _is_label(line: _Line) -> bool:
    """True for “Grade: Good” and “Inspected: 4 to 8 May” below the name of a council: no heading, but below one."""
    label, colon, value = line.text.partition(":")
    return bool(colon and value) and label.count(" ") < _NAME - 1 and (line.graded or line.has_day)


def _heads_section(line: _Line, below: Sequence[_Line]) -> bool:
    """True for “4. What the inspectors said” with its first paragraph below it, numbered “4.1” or not at all."""
    short = line.count <= _SHORT and not line.ended and line.text[0].isupper() and not line.graded
    return short and bool(below) and below[0].kind is BlockKind.PARAGRAPH and below[0].prose


def _marked(lines: list[_Line], furniture: set[int]) -> list[_Line]:
    return [
        replace(line, kind=BlockKind.FURNITURE) if place in furniture and line.kind in BODY else line
        for place, line in enumerate(lines)
    ]
