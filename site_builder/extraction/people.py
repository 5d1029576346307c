"""Who the people of an article are: names, roles as worded, and the bodies they speak for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.lexicon.cues import PeopleWords, SpeechWords
from site_builder.text.document import Span, Token

Words = Sequence[Token]

_LONGEST_ROLE = 30  # words
# Adetosoye, McLaughlin, O'Brien, Zoë, but not LBC.
_NAME = re.compile(r"(?:[A-Z][a-zà-ÿ'’]*[a-zà-ÿ]|[A-Z]['’][A-Z][a-zà-ÿ]+)(?:[A-Z][a-zà-ÿ]+)?")
_INITIAL = re.compile(r"[A-Z]")
_CAPITAL = re.compile(r"[A-Z]")
_DETERMINERS = frozenset({"the", "a", "an", "my", "our", "its", "his", "her", "their", "another", "one"})
_JOINERS = frozenset({"for", "of", "and", "&", "'s", "at", "to", "the", "-", "/", "'", "with", "in", "on"})
_STOPS = frozenset({",", ";", ":", "(", ")", ".", '"', "!", "?", "|", "[", "]", "•"})
_PREPOSITIONS = frozenset({"at", "of", "for", "from", "with", "on"})


@dataclass(frozen=True, slots=True)
class Named:
    """A person where an article names one."""

    name: str
    """As it stands there, without titles: a full name or a surname."""
    title: str
    """Folded: `cllr`, `mr`; empty where there is none."""
    role: str | None
    organisation: str | None
    span: Span
    """The name with its titles."""
    reach: Span
    """The name with its titles and its role."""

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.rsplit(" ", 1)[-1]

    @property
    def full(self) -> bool:
        """True where the name has a first name too."""
        return " " in self.name


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens of one name: title from `first`, name from `name`, up to and without `after`."""

    first: int
    name: int
    after: int
    title: str


def people(
    sentences: Sequence[Words], text: str, words: PeopleWords, speech: SpeechWords
) -> tuple[tuple[Named, ...], ...]:
    """The people that each sentence names, in order; `sentences` are the narrator's tokens, without quoted words."""
    runs = [list(_runs(tokens, words)) for tokens in sentences]
    surnames = {
        tokens[run.after - 1].text
        for tokens, found in zip(sentences, runs, strict=True)
        for run in found
        if run.after - run.name > 1
    }
    return tuple(
        tuple(_named(tokens, found, text, words, speech, surnames))
        for tokens, found in zip(sentences, runs, strict=True)
    )


def council_named(sentences: Sequence[Words], text: str) -> str | None:
    """The council that an article is about, as it names it (“Tameside Council”); None where it names several alike."""
    return _body_named(sentences, text, frozenset({"council", "councils"}))


def _body_named(sentences: Sequence[Words], text: str, kinds: frozenset[str]) -> str | None:
    names: Counter[str] = Counter()
    for tokens in sentences:
        for place, token in enumerate(tokens):
            if token.fold in kinds:
                start = _body_start(tokens, place)
                if start < place:
                    names[text[tokens[start].span.start : token.span.end]] += 1
    ranked = names.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1] and not _alike(ranked[0][0], ranked[1][0])):
        return None
    return ranked[0][0]


def _alike(one: str, other: str) -> bool:
    return one.split()[0] == other.split()[0]


_NOT_IN_BODY = frozenset({"the", "councillor", "cllr", "at", "of", "but", "when", "leader", "and", "as", "in"})


def _body_start(tokens: Words, place: int) -> int:
    """Where the capitalised name that ends at `place` begins: “Bath and North East Somerset Council”."""
    start = place
    while start:
        before = tokens[start - 1]
        if _CAPITAL.match(before.text) and before.fold not in _NOT_IN_BODY:
            start -= 1
        elif (
            before.fold in ("and", "of", "&", "upon", "with", "-", "on", "the")
            and start > 1
            and _CAPITAL.match(tokens[start - 2].text)
            and start < place + 1
            and tokens[start - 2].fold not in _NOT_IN_BODY
            and not (before.fold == "of" and start == place)
        ):
            start -= 2
        else:
            break
    return start


def _runs(tokens: Words, words: PeopleWords) -> Iterator[_Run]:
    """Every run of capitalised words that may be a name, with the titles before it."""
    place, count = 0, len(tokens)
    while place < count:
        start, title = place, ""
        while place < count and tokens[place].fold in words.titles and _CAPITAL.match(tokens[place].text):
            title = tokens[place].fold
            place += 1
            if place < count and tokens[place].text == ".":
                place += 1
        name = place
        place = _name_end(tokens, place, words, titled=bool(title))
        if place > name and (place - name > 1 or title or tokens[name].fold not in words.no_names):
            yield _Run(start, name, place, title)
        elif place == name:
            place = max(place, start) + 1 if place == start else place


def _name_end(tokens: Words, place: int, words: PeopleWords, *, titled: bool) -> int:
    count = len(tokens)
    start = place
    while place < count:
        token = tokens[place]
        if (
            _NAME.fullmatch(token.text)
            and token.fold not in words.no_names
            and token.fold not in words.role_words
            and token.fold not in words.titles
            and token.fold not in words.bodies
        ) or (
            # Cllr Philip Read, Andrea Green: words that are surnames too, after a first name.
            place == start + 1
            and _CAPITAL.match(token.text)
            and token.fold not in words.bodies
            and token.fold not in words.role_heads - words.surnames_too
            and (titled or token.fold in words.surnames_too)
            and (titled or (place + 1 < count and (tokens[place + 1].text in ",(" or tokens[place + 1].fold == "said")))
        ):
            place += 1
            while place < count - 1 and tokens[place].text == "-" and _touch(tokens, place):  # Reeves-Hall
                place += 2
        elif place > start and token.fold in words.particles and token.text == token.fold:
            place += 1
        elif _INITIAL.fullmatch(token.text) and place + 1 < count and tokens[place + 1].text == ".":
            place += 2
        else:
            break
    while place > start and not _NAME.fullmatch(tokens[place - 1].text):
        place -= 1
    return place


def _touch(tokens: Words, place: int) -> bool:
    """True where a hyphen stands between two words without spaces."""
    dash = tokens[place].span
    return tokens[place - 1].span.end == dash.start and dash.end == tokens[place + 1].span.start


def _named(
    tokens: Words, runs: Sequence[_Run], text: str, words: PeopleWords, speech: SpeechWords, surnames: set[str]
) -> Iterator[Named]:
    last = 0
    for number, run in enumerate(runs):
        size = run.after - run.name
        if size > 2 and run.first and not run.title and tokens[run.first - 1].fold in ("for", "of", "in"):
            run = replace(run, first=run.first + 1, name=run.name + 1)  # “MP for Northport Jane Field”
        if size == 1 and not run.title and tokens[run.name].text not in surnames:
            continue
        if size > 5 or run.first < last or _text(text, tokens, run.name, run.after) in words.places:
            continue
        until = runs[number + 1].first if number + 1 < len(runs) else len(tokens)
        after, right = _right(tokens, run.after, until, words, speech)
        first, left = _left(tokens, run.first, last, words, speech)
        name = _text(text, tokens, run.name, run.after)
        own = right or left
        role, organisation = _parted(text, tokens, own, words) if own else (None, None)
        if left and not organisation:
            organisation = _owner(text, tokens, left[0], words)
        if not own:  # “Ann Field, from the NSPCC, said”, “Ofsted’s Ann Field said”
            organisation = _came_from(text, tokens, after, words) or _owner(text, tokens, run.first, words)
        if not own and run.title == "councillor":
            role = "Councillor"
        if run.title in ("inspector",) and not own:
            role = "Inspector"
        last = after
        begin = first if left else run.first
        yield Named(
            name,
            run.title,
            role,
            organisation,
            Span(tokens[run.first].span.start, tokens[run.after - 1].span.end),
            Span(tokens[begin].span.start, tokens[last - 1].span.end),
        )


def _text(text: str, tokens: Words, start: int, end: int) -> str:
    return text[tokens[start].span.start : tokens[end - 1].span.end]


def _right(
    tokens: Words, place: int, until: int, words: PeopleWords, speech: SpeechWords
) -> tuple[int, tuple[int, int] | None]:
    """The place after all that belongs to the name on its left, and the role among it: “, leader of the council,”."""
    count = len(tokens)
    while place < count and tokens[place].fold in words.honours and tokens[place].text.isupper():
        place += 1
    role: tuple[int, int] | None = None
    if place < count and tokens[place].text == "(":
        close = next((n for n in range(place, min(place + 16, count)) if tokens[n].text == ")"), None)
        if close is None:
            return place, None
        if any(token.fold in words.role_heads for token in tokens[place + 1 : close]):
            role = (place + 1, close)
        place = close + 1
    if role or place >= count or tokens[place].text not in (",", "-"):
        return place, role
    start = place + 1
    if start < count and tokens[start].fold == "who" and start + 1 < count:
        if tokens[start + 1].fold in speech.leading:  # “Jo Reed, who led the inspection, said”
            end = next((n for n in range(start, min(start + 12, count)) if tokens[n].text in (",", ":")), start)
            topic = next((n for n in range(start + 2, end) if tokens[n].fold in speech.inspectors), None)
            return (end, (topic, topic + 1)) if topic else (place, None)
        if tokens[start + 1].fold not in ("is", "was"):
            return place, None
        start += 2
    while start < count and tokens[start].fold in ("the", "a", "an", "also", "their", "its", "our", "now", "then"):
        start += 1
    end = _segment_end(tokens, start, speech)
    if until < end and tokens[until - 1].fold in words.role_heads:
        return place, None  # the role of the next name: “Jane Field, chief nurse Ann Roe and …”
    if end > start and any(token.fold in words.role_heads for token in tokens[start:end]):
        folds = {token.fold for token in tokens[start:end]}
        if "for" in folds or "of" in folds:
            end = _listed_end(tokens, end, until, words, speech)
        return end, (start, end)
    return place, None


def _segment_end(tokens: Words, place: int, speech: SpeechWords) -> int:
    """Where a noun phrase ends: at a mark, a verb of speech or the beginning of a clause."""
    furthest = min(place + _LONGEST_ROLE, len(tokens))
    while place < furthest:
        token = tokens[place]
        if (
            token.text in _STOPS
            or token.fold in speech.clauses
            or token.fold in speech.verbs
            or token.fold in speech.reporting
        ):
            break
        if token.fold.endswith("ing") and token.text == token.fold and token.fold not in ("housing", "learning"):
            break
        place += 1
    return place


def _listed_end(tokens: Words, end: int, until: int, words: PeopleWords, speech: SpeechWords) -> int:
    """The end of “cabinet member for early years, children and youth”: over commas to the last item of the list."""
    place = end
    for _ in range(4):
        if place >= len(tokens) or tokens[place].text != ",":
            break
        after = _segment_end(tokens, place + 1, speech)
        segment = tokens[place + 1 : after]
        folds = [token.fold for token in segment]
        if (
            not folds
            or after > until
            or len(folds) > 7
            or (folds[0] in ("and", "&") and len(folds) > 5)
            or any(fold in _DETERMINERS or fold in words.role_heads or fold in words.titles for fold in folds)
            or any(fold.endswith("ed") for fold in folds)
        ):
            break
        if "and" in folds or "&" in folds:
            return after
        place = after
    return end


def _left(
    tokens: Words, first: int, last: int, words: PeopleWords, speech: SpeechWords
) -> tuple[int, tuple[int, int] | None]:
    """The role that stands before a name: “Executive Leader Cllr Jane Field”, “the mayor, Jane Field”."""
    end = first
    if end > last and tokens[end - 1].text == ",":
        end -= 1
    start = end
    for _ in range(4):
        start = _back(tokens, start, last, speech)
        if any(token.fold in words.role_heads for token in tokens[start:end]):
            while start < end and (tokens[start].fold in _DETERMINERS or tokens[start].fold in _JOINERS):
                start += 1
            return (start, (start, end)) if start < end else (first, None)
        # “Chairman for Children, Libraries and Skills, Jane Field”: over the commas of a list.
        if start <= last or tokens[start - 1].text != "," or start == end:
            break
        start -= 1
    return first, None


def _back(tokens: Words, place: int, last: int, speech: SpeechWords) -> int:
    last = max(last, place - _LONGEST_ROLE)
    while place > last:
        token = tokens[place - 1]
        if (
            token.text in _STOPS
            or token.fold in speech.clauses
            or token.fold in speech.verbs
            or token.fold in speech.reporting
        ):
            break
        if token.fold in ("by", "from", "to", "under", "when", "whom", "including", "and", "with") and not (
            token.fold in ("and", "to") and place - 1 > last and _joins(tokens, place - 1)
        ):
            break
        if token.fold in _DETERMINERS and not (
            place - 1 > last and tokens[place - 2].fold in ("of", "for", "at", "to", "and")
        ):
            place -= 1
            break
        place -= 1
    return place


def _joins(tokens: Words, place: int) -> bool:
    """True where an “and” joins two words of a role: “for Children and Families”, not two people."""
    back = tokens[max(0, place - 8) : place]
    return any(token.fold in ("for", "of", "to") for token in back) and not any(t.fold == "by" for t in back)


def _parted(text: str, tokens: Words, phrase: tuple[int, int], words: PeopleWords) -> tuple[str | None, str | None]:
    """The role and the body that a phrase holds: “the council’s cabinet member for children” → the two of them."""
    start, end = phrase
    organisation = None
    # An owner before the role: “Ofsted’s national director”, “the council’s director of children’s services”.
    head = next((n for n in range(start, end) if tokens[n].fold in words.role_heads), end)
    for place in range(start, head):
        if tokens[place].text.lower() == "'s" and tokens[place - 1].fold not in words.possessors and place > start:
            organisation = _body(text, tokens, start, place)
            start = place + 1
    if organisation is None:
        body = next(
            (n for n in range(start, head) if tokens[n].fold in words.bodies and tokens[n].fold != "service"), None
        )
        if body is not None and (body > start or (body + 1 < end and not _generic(tokens[body]))):
            organisation = _text(text, tokens, start, body + 1)
            start = body + 1
        elif body is not None:  # “Council leader”
            organisation = tokens[body].text
        elif start < head - 1 and tokens[start].text.isupper() and tokens[start].fold not in words.role_words:  # B&NES
            stop = start
            while stop < head and (tokens[stop].text.isupper() or tokens[stop].text == "&"):
                stop += 1
            organisation = _text(text, tokens, start, stop)
            start = stop
    if start >= end:
        return None, organisation
    # “(cabinet member for children, Northport Council)”.
    comma = next((n for n in range(end - 1, head, -1) if tokens[n].text == ","), None)
    if comma and comma + 1 < end and tokens[end - 1].fold in words.bodies and tokens[comma + 1].text[0].isupper():
        return _text(text, tokens, start, comma), _body(text, tokens, comma + 1, end)
    for place in range(head + 1, end):
        if tokens[place].fold in _PREPOSITIONS:
            body_at = _body_after(tokens, place + 1, end, tokens[place].fold, words)
            if body_at:
                organisation = _body(text, tokens, *body_at) or organisation
                if body_at[1] == end or tokens[place].fold == "at":
                    end = place
                break
    if end - 1 > start and tokens[end - 1].text.isupper() and len(tokens[end - 1].text) > 1:
        organisation = organisation or tokens[end - 1].text  # Executive Director – Children, Families & Education LBC
    while end > start and tokens[end - 1].fold in ("and", "&", "-", ",", "'s"):
        end -= 1
    while start < end and tokens[start].fold in ("-", ",", "'s", "and"):
        start += 1
    return (_text(text, tokens, start, end) if end > start else None), organisation


def _generic(token: Token) -> bool:
    """True for a body's kind without its name."""
    return token.fold in (
        "council",
        "trust",
        "board",
        "party",
        "group",
        "committee",
        "partnership",
        "authority",
        "union",
    )


def _owner(text: str, tokens: Words, start: int, words: PeopleWords) -> str | None:
    """The body that owns what begins at `start`: “Labour’s shadow minister”, “Ofsted’s Ann Field”."""
    if start > 1 and tokens[start - 1].fold == "'s" and tokens[start - 2].fold not in words.possessors:
        first = _body_start(tokens, start - 1)
        owner = _text(text, tokens, first, start - 1) if first < start - 1 else tokens[start - 2].text
        return owner if _CAPITAL.match(owner) or owner in words.bodies else None
    return None


def _came_from(text: str, tokens: Words, place: int, words: PeopleWords) -> str | None:
    """The body that an aside after a name gives: “, from the National Union of Social Workers,”."""
    if not (place + 2 < len(tokens) and tokens[place].text == "," and tokens[place + 1].fold in ("of", "from")):
        return None
    body = _body_after(tokens, place + 2, min(place + 2 + _LONGEST_ROLE, len(tokens)), "of", words)
    return _body(text, tokens, *body) if body else None


def _body(text: str, tokens: Words, start: int, end: int) -> str | None:
    while start < end and tokens[start].fold in ("the", "a", "its"):
        start += 1
    return _text(text, tokens, start, end) if start < end else None


def _body_after(tokens: Words, start: int, end: int, preposition: str, words: PeopleWords) -> tuple[int, int] | None:
    """The body that a preposition in a role leads to: “at Field Council”, “of Field Council’s Social Care”."""
    stop, named = start, False
    while stop < end and (
        _CAPITAL.match(tokens[stop].text)
        or tokens[stop].fold in ("the", "and", "&", "of", "-", "council", "board", "'s")
    ):
        known = stop > start or _CAPITAL.match(tokens[stop].text)  # “of Unison”
        if known and tokens[stop].fold in words.bodies and tokens[stop].fold not in ("for", "service"):
            following = tokens[stop + 1].fold if stop + 1 < end else ""
            if following not in ("for", "of", "and", "&"):
                return start, stop + 1
            named = True  # “the British Association of Social Workers”
        if tokens[stop].fold == "'s" and tokens[stop - 1].fold not in words.possessors and preposition != "for":
            return start, stop
        stop += 1
    if stop > start and (named or preposition in ("at", "from")):
        return start, stop
    return None
