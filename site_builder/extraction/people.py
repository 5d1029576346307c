"""Who the people of an article are: names, roles as worded, and the bodies they speak for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.extraction.roles import (
    Words,
    came_from,
    first_body,
    owner,
    role_after,
    role_and_body,
    role_before,
    spoken_for,
    words_of,
)
from site_builder.lexicon.cues import PeopleWords, SpeechWords
from site_builder.text.document import Span

# Adetosoye, McLaughlin, O'Brien, Zoë, but not LBC.
_NAME = re.compile(r"(?:[A-Z][a-zà-ÿ'’]*[a-zà-ÿ]|[A-Z]['’][A-Z][a-zà-ÿ]+)(?:[A-Z][a-zà-ÿ]+)?")
OURS = "our"
"""The body of “our chair”: the writer's own."""
THEIRS = "its"
"""The body of “its chair”: the last one told of."""
_BACK = 3
"""Sentences back that may hold it; those that somebody else speaks are empty."""
_INITIAL = re.compile(r"[A-Z]")
_CAPITAL = re.compile(r"[A-Z]")


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
    named = [
        tuple(_named(tokens, found, text, words, speech, surnames))
        for tokens, found in zip(sentences, runs, strict=True)
    ]
    return tuple(
        tuple(replace(one, organisation=_last_body(sentences, n, one, text, words)) for one in each)
        if any(one.organisation == THEIRS for one in each)
        else each
        for n, each in enumerate(named)
    )


def _last_body(sentences: Sequence[Words], number: int, person: Named, text: str, words: PeopleWords) -> str | None:
    """Whose “its chief executive” is: the first body of that sentence before it, or of the sentence before."""
    if person.organisation != THEIRS:
        return person.organisation
    own = [token for token in sentences[number] if token.span.end <= person.reach.start]
    earlier = [tokens for tokens in sentences[max(0, number - _BACK) : number] if tokens]
    for tokens in (own, *earlier[-1:]):
        if body := first_body(text, tokens, words):
            return body
    return None


def _runs(tokens: Words, words: PeopleWords) -> Iterator[_Run]:
    """Every run of capitalised words that may be a name, with the titles before it."""
    place, count = 0, len(tokens)
    while place < count:
        if not "A" <= tokens[place].text[0] <= "Z":  # most words; neither title nor name begins with one
            place += 1
            continue
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


def _aged(tokens: Words, place: int) -> bool:
    """True where an age follows a name: “Jack, 19, said”, “said Jack, 19.”, “Jack (19)”, “Jack, who is 19 and …”."""
    folds = [token.fold for token in tokens[place : place + _AGE]]
    if folds[:1] not in ([","], ["("]):
        return False
    age = next((number for number in range(1, len(folds)) if folds[number] not in _BEFORE_AGE), 0)
    told = age > 0 and len(folds[age]) == 2 and folds[age].isdigit()
    return told and (age > 1 or folds[age + 1 : age + 2] in ([","], [")"], ["."], []))


_BEFORE_AGE = frozenset({"who", "is", "'s", "was", "aged", "now", "then", "turns", "just", "only", "also", "about"})
_AGE = 6
"""Words behind a name in which an age stands."""


def _is_person(tokens: Words, run: _Run, surnames: set[str]) -> bool:
    """True for a full name, a titled one or a surname named in full elsewhere; not for the name of a council."""
    return run.after - run.name > 1 or bool(run.title) or tokens[run.name].text in surnames


def _called_by_first_name(tokens: Words, run: _Run, speech: SpeechWords) -> bool:
    """True where a role shows that one name is a person's: “Care leaver Ann”, “Ann, a care leaver,”."""
    before = tokens[run.first - 1].fold if run.first else ""
    aside = tokens[run.after : run.after + 5]
    after = aside[0].text == "," and aside[1:2] and aside[1].fold in ("a", "an", "the") if aside else False
    return before in speech.witness_roles or bool(after and any(t.fold in speech.witness_roles for t in aside[2:]))


def _named(
    tokens: Words, runs: Sequence[_Run], text: str, words: PeopleWords, speech: SpeechWords, surnames: set[str]
) -> Iterator[Named]:
    last = 0
    for number, run in enumerate(runs):
        size = run.after - run.name
        if size > 2 and run.first and not run.title and tokens[run.first - 1].fold in ("for", "of", "in"):
            run = replace(run, first=run.first + 1, name=run.name + 1)  # “MP for Northport Jane Field”
        alone = size == 1 and not run.title and tokens[run.name].text not in surnames and not _aged(tokens, run.after)
        if alone and not _called_by_first_name(tokens, run, speech):
            continue
        if size > 5 or run.first < last or words_of(text, tokens, run.name, run.after) in words.places:
            continue
        following = runs[number + 1] if number + 1 < len(runs) else None
        until = following.first if following and _is_person(tokens, following, surnames) else len(tokens)
        after, right = role_after(tokens, run.after, until, words, speech)
        first, left = role_before(tokens, run.first, last, words, speech)
        name = words_of(text, tokens, run.name, run.after)
        own = right or left
        role, organisation = role_and_body(text, tokens, own, words) if own else (None, None)
        if left and not organisation:
            organisation = owner(text, tokens, left[0], words)
        if not organisation and own and tokens[max(0, own[0] - 1)].fold == "our":
            organisation = OURS
        if not organisation and own and tokens[max(0, own[0] - 1)].fold in ("its", "their"):
            organisation = THEIRS
        if not organisation and (
            not right or "who" in (each.fold for each in tokens[right[1] : right[1] + 1])
        ):  # “Ann Field, from the NSPCC, said”, “Ofsted’s Ann Field said”
            organisation = came_from(text, tokens, run.after, words) or owner(text, tokens, run.first, words)
        if not own and run.title == "councillor":
            role = "Councillor"
        last = after
        begin = first if left else run.first
        organisation = organisation or spoken_for(text, tokens, begin, words)
        yield Named(
            name,
            run.title,
            role,
            organisation,
            Span(tokens[run.first].span.start, tokens[run.after - 1].span.end),
            Span(tokens[begin].span.start, tokens[last - 1].span.end),
        )
