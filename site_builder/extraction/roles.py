"""What the words around a name say of its bearer: the role as worded, and the body spoken for."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable, Sequence

from site_builder.lexicon.cues import PeopleWords, SpeechWords
from site_builder.text.document import Token

Words = Sequence[Token]

_LONGEST_ROLE = 30  # words
_MONTHS = frozenset(calendar.month_name[number].lower() for number in range(1, 13))
_CAPITAL = re.compile(r"[A-Z]")
_STOPS = frozenset({",", ";", ":", "(", ")", ".", '"', "!", "?", "|", "[", "]", "•"})


def role_after(
    tokens: Words, place: int, until: int, words: PeopleWords, speech: SpeechWords
) -> tuple[int, tuple[int, int] | None]:
    """The place after all that belongs to the name on its left, and the role among it: “, leader of the council,”."""
    count = len(tokens)
    while place < count and tokens[place].fold in words.honours and tokens[place].text.isupper():
        place += 1
    role: tuple[int, int] | None = None
    if place + 1 < count and tokens[place].fold in ("of", "from"):  # “Ann Field of Northport Police”
        body = _body_after(tokens, place + 1, min(place + _LONGEST_ROLE, count), "of", words)
        if body:
            return body[1], None
    if place < count and tokens[place].text == "(":
        close = next((n for n in range(place, min(place + 16, count)) if tokens[n].text == ")"), None)
        if close is None:
            return place, None
        if any(token.fold in words.role_heads for token in tokens[place + 1 : close]):
            role = (place + 1, close)
        place = close + 1
    held = None if role else _held(tokens, place, words, speech)
    if held:
        return held[1], held
    if role or place >= count or tokens[place].text not in (",", "-"):
        return place, role
    start = place + 1
    if start + 2 < count and tokens[start].text.isdigit() and tokens[start + 1].text == ",":
        start += 2  # “Ann Field, 24, a care leaver,”
    if start < count and tokens[start].fold == "who" and start + 1 < count:
        if tokens[start + 1].fold in speech.leading:  # “Jo Reed, who led the inspection, said”
            end = next((n for n in range(start, min(start + 12, count)) if tokens[n].text in (",", ":")), start)
            topic = next((n for n in range(start + 2, end) if tokens[n].fold in speech.inspectors), None)
            return (end, (topic, topic + 1)) if topic else (place, None)
        appointed = next((n for n in range(start + 1, min(start + 6, count)) if tokens[n].fold == "as"), None)
        posted = [n for n in range(start + 1, min(start + 10, count - 1)) if tokens[n].fold == "to"]
        post = next((n for n in posted if tokens[n + 1].fold in ("be", "become", "run", "lead")), None)
        if post:  # “who came from Northport last year to be director of children's services”
            start = post + 2
        elif tokens[start + 1].fold in speech.be or tokens[start + 1].fold in ("became", "'s"):  # “who’s the director”
            start += 2
        elif appointed and "," not in (token.text for token in tokens[start:appointed]):
            start = appointed + 1  # “who took over as director last summer”
        else:
            return place, None
    if start < count and tokens[start].fold in ("and", "but", "while"):  # what follows belongs to the next name
        return place, role
    while start < count and tokens[start].fold in ("the", "a", "an", "also", "their", "its", "our", "now", "then"):
        start += 1
    end = _segment_end(tokens, start, words, speech)
    dated = next(
        (n for n in range(start + 1, end - 1) if tokens[n].fold == "in" and tokens[n + 1].fold in _MONTHS), None
    )
    end = dated or end  # “who became director in April”
    if until < end and tokens[until - 1].fold in words.role_heads:
        return place, None  # the role of the next name: “Jane Field, chief nurse Ann Roe and …”
    if end > start and any(token.fold in words.role_heads for token in tokens[start:end]):
        folds = {token.fold for token in tokens[start:end]}
        if "for" in folds or "of" in folds:
            end = _listed_end(tokens, end, until, words, speech)
        return end, (start, end)
    return place, None


def _held(tokens: Words, place: int, words: PeopleWords, speech: SpeechWords) -> tuple[int, int] | None:
    """The role that a sentence gives its subject: “Ann Field is a care leaver”, “has been director since May”."""
    folds = [token.fold for token in tokens[place : place + 3]]
    if folds[:2] in (["has", "been"], ["is", "now"]):
        start = place + 2
    elif folds[:1] == ["is"]:
        start = place + 1
    else:
        return None
    determined = tokens[start : start + 1] != () and tokens[start].fold in words.determiners
    start += determined
    end = _segment_end(tokens, start, words, speech)
    # “is Northport Council’s cabinet member for children”
    owned = next(
        (n + 1 for n in range(start + 1, end) if tokens[n].fold == "'s" and _owns(tokens[n - 1], words)), start
    )
    known = words.role_words | words.role_heads | words.joiners | words.bodies
    head = any(token.fold in words.role_heads for token in tokens[owned:end])
    plain = all(token.fold in known for token in tokens[owned:end])
    last = end > owned and tokens[end - 1].fold in words.role_heads
    if not head or not (plain or (last and (determined or folds[0] == "has"))):
        return None
    return (start, end)


def _owns(token: Token, words: PeopleWords) -> bool:
    """True where a possessive ending shows the body that somebody speaks for: “the council’s”, “Northport’s”."""
    return token.fold not in words.possessors and (token.fold in words.bodies or _CAPITAL.match(token.text) is not None)


def _segment_end(tokens: Words, place: int, words: PeopleWords, speech: SpeechWords) -> int:
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
        if token.fold.endswith("ing") and token.text == token.fold and token.fold not in words.role_words:
            break
        place += 1
    return place


def _listed_end(tokens: Words, end: int, until: int, words: PeopleWords, speech: SpeechWords) -> int:
    """The end of “cabinet member for early years, children and youth”: over commas to the last item of the list."""
    place = end
    for _ in range(4):
        if place >= len(tokens) or tokens[place].text != ",":
            break
        after = _segment_end(tokens, place + 1, words, speech)
        segment = tokens[place + 1 : after]
        folds = [token.fold for token in segment]
        if (
            not folds
            or after > until
            or len(folds) > 7
            or (folds[0] in ("and", "&") and len(folds) > 5)
            or any(fold in words.determiners or fold in words.role_heads or fold in words.titles for fold in folds)
            or any(fold.endswith("ed") for fold in folds)
        ):
            break
        if "and" in folds or "&" in folds:
            return after
        place = after
    return end


def role_before(
    tokens: Words, first: int, last: int, words: PeopleWords, speech: SpeechWords
) -> tuple[int, tuple[int, int] | None]:
    """The role that stands before a name: “Executive Leader Cllr Jane Field”, “the mayor, Jane Field”."""
    end = first
    if end > last and (tokens[end - 1].text == "," or tokens[end - 1].fold == "is"):
        end -= 1
    if end - 1 > last and tokens[end - 1].fold in words.titles and tokens[end - 2].fold in words.role_heads:
        end -= 1  # “group leader councillor Ann Field”
    start = end
    for _ in range(4):
        start = _back(tokens, start, last, words, speech)
        if any(token.fold in words.role_heads for token in tokens[start:end]):
            while start < end and (tokens[start].fold in words.determiners or tokens[start].fold in words.joiners):
                start += 1
            known = words.role_words | words.role_heads | words.bodies
            if tokens[start].text.islower() and tokens[start].fold not in known and tokens[start + 1].fold == "of":
                start += 2 + (tokens[start + 2].fold in words.determiners)  # “in the words of the director, Ann Field”
            return (start, (start, end)) if start < end else (first, None)
        # “Chairman for Children, Libraries and Skills, Jane Field”: over the commas of a list.
        if start <= last or tokens[start - 1].text != "," or start == end:
            break
        start -= 1
    return first, None


def _back(tokens: Words, place: int, last: int, words: PeopleWords, speech: SpeechWords) -> int:
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
        if token.fold in words.determiners and not (
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


def role_and_body(
    text: str, tokens: Words, phrase: tuple[int, int], words: PeopleWords
) -> tuple[str | None, str | None]:
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
        if body is not None and (body > start or (body + 1 < end and tokens[body].fold not in words.kinds_of_body)):
            organisation = words_of(text, tokens, start, body + 1)
            start = body + 1
        elif body is not None and tokens[body].fold not in (
            "group",
            "committee",
        ):  # “Council leader”, no “group director”
            organisation = tokens[body].text
        elif start < head - 1 and tokens[start].text.isupper() and tokens[start].fold not in words.role_words:  # B&NES
            stop = start
            while stop < head and (tokens[stop].text.isupper() or tokens[stop].text == "&"):
                stop += 1
            organisation = words_of(text, tokens, start, stop)
            start = stop
        elif (party := _party(tokens, start, head, words)) > start:
            organisation = words_of(text, tokens, start, party)
            start = party
    if start >= end:
        return None, organisation
    # “(cabinet member for children, Northport Council)”.
    comma = next((n for n in range(end - 1, head, -1) if tokens[n].text == ","), None)
    at = any(token.fold == "at" for token in tokens[comma or end : end])  # “for children, families and schools at …”
    if (
        comma
        and not at
        and comma + 1 < end
        and tokens[end - 1].fold in words.bodies
        and tokens[comma + 1].text[0].isupper()
    ):
        return words_of(text, tokens, start, comma), _body(text, tokens, comma + 1, end)
    for place in range(head + 1, end):
        if tokens[place].fold in words.before_body:
            body_at = _body_after(tokens, place + 1, end, tokens[place].fold, words)
            if body_at:
                generic = all(each.fold in words.determiners | words.kinds_of_body for each in tokens[slice(*body_at)])
                if not (organisation and generic):  # “Unison’s branch secretary at the council”
                    organisation = _body(text, tokens, *body_at) or organisation
                if body_at[1] == end or tokens[place].fold == "at":
                    end = place
                break
            after = _place_after(text, tokens, place + 1, end, words)
            if after and organisation is None and not words.officers.isdisjoint(t.fold for t in tokens[start:place]):
                organisation = words_of(text, tokens, place + 1, after)
                end = place if after == end else end
                break
    last = tokens[end - 1]
    if end - 1 > start and last.text.isupper() and len(last.text) > 1 and last.fold not in words.role_heads:
        organisation = organisation or tokens[end - 1].text  # Executive Director – Children, Families & Education LBC
    while end > start and tokens[end - 1].fold in ("and", "&", "-", ",", "'s"):
        end -= 1
    while start < end and tokens[start].fold in ("-", ",", "'s", "and"):
        start += 1
    return (words_of(text, tokens, start, end) if end > start else None), organisation


def _party(tokens: Words, start: int, head: int, words: PeopleWords) -> int:
    """Where the name of a party ends that stands right before its leader or speaker: “Lib Dem leader Ann Field”."""
    place = start
    while place < head and tokens[place].fold in words.parties and _CAPITAL.match(tokens[place].text):
        place += 1
    shadow = {token.fold for token in tokens[place : head + 1]}
    return place if place > start and shadow & words.of_parties and shadow.isdisjoint(words.bodies) else start


def _place_after(text: str, tokens: Words, start: int, end: int, words: PeopleWords) -> int | None:
    """Where the name of an authority ends to which a preposition leads: “director in Northport and Harwood”."""
    return next((n for n in range(end, start, -1) if words_of(text, tokens, start, n) in words.places), None)


def owner(text: str, tokens: Words, start: int, words: PeopleWords) -> str | None:
    """The body that owns what begins at `start`: “Labour’s shadow minister”, “Ofsted’s Ann Field”."""
    if start > 1 and tokens[start - 1].fold == "'s" and tokens[start - 2].fold not in words.possessors:
        first = _body_start(tokens, start - 1, words)
        owner = words_of(text, tokens, first, start - 1) if first < start - 1 else tokens[start - 2].text
        return owner if _CAPITAL.match(owner) or owner in words.bodies else None
    return None


def spoken_for(text: str, tokens: Words, start: int, words: PeopleWords) -> str | None:
    """The body at the head of the sentence: “For Labour, Coun Jane Field said”, “Speaking for Unison, …”."""
    head = int(bool(tokens) and tokens[0].fold == "speaking")
    if not head + 1 < start - 1 or tokens[start - 1].text != "," or tokens[head].fold != "for":
        return None
    first = head + 1 + (tokens[head + 1].fold in words.determiners)
    whole = all(_CAPITAL.match(each.text) or each.fold in words.joiners for each in tokens[first : start - 1])
    return words_of(text, tokens, first, start - 1) if first < start - 1 <= first + _LONGEST_BODY and whole else None


_LONGEST_BODY = 6
"""So many words may name a body for which somebody speaks."""


def came_from(text: str, tokens: Words, place: int, words: PeopleWords) -> str | None:
    """The body that an aside after a name gives: “, from the National Union of Social Workers,”."""
    aside = place < len(tokens) and tokens[place].text == ","
    place += aside
    if aside and tokens[place : place + 1] and tokens[place].fold in ("who", "whose"):
        return _run_by(text, tokens, place + 1, words) or _headed_by(text, tokens, place + 1, words)
    who = next(
        (n for n in range(place, min(place + _LONGEST_BODY, len(tokens))) if tokens[n].text in _STOPS | {"who"}), 0
    )
    if aside and who and tokens[who].fold == "who":  # “Jo Reed, a doctor who speaks for the Northport Group,”
        return _headed_by(text, tokens, who + 1, words)
    if not (place + 1 < len(tokens) and tokens[place].fold in ("of", "from")):
        return None
    body = _body_after(tokens, place + 1, min(place + 2 + _LONGEST_ROLE, len(tokens)), "of", words)
    if body:
        return _body(text, tokens, *body)
    if run := _run_by(text, tokens, place, words):  # “, of the campaign group Parents First,”
        return run
    end = _capitals_end(tokens, place + 1)  # “, of the Northport Independents,”
    named = words_of(text, tokens, place + 1, end) if aside and end < len(tokens) and tokens[end].text == "," else ""
    two = sum(1 for token in tokens[place + 1 : end] if _CAPITAL.match(token.text)) > 1
    return _body(text, tokens, place + 1, end) if named and two and named not in words.places else None


def _run_by(text: str, tokens: Words, place: int, words: PeopleWords) -> str | None:
    """The body that “who runs the charity Field House” names: what follows the word for its kind."""
    for kind in range(place + 1, min(place + 5, len(tokens) - 1)):
        if tokens[kind].fold in words.bodies and tokens[kind].text.islower() and _CAPITAL.match(tokens[kind + 1].text):
            return words_of(text, tokens, kind + 1, _capitals_end(tokens, kind + 1))
    return None


def first_body(text: str, tokens: Words, words: PeopleWords) -> str | None:
    """The first body or party that a sentence names: “The Guild of Carers called for …”, “The Labour group is …”."""
    for place, token in enumerate(tokens):
        capital = _CAPITAL.match(token.text) is not None
        if token.fold in words.parties and capital:
            follows = place + 1 < len(tokens) and tokens[place + 1].fold in words.kinds_of_body
            return words_of(text, tokens, place, place + 1 + follows)
        if token.fold in words.bodies - {"for", "service", "school", "hospital"}:
            if not capital:
                return token.text if token.fold in words.kinds_of_body else None
            return words_of(text, tokens, _body_start(tokens, place, words), _capitals_end(tokens, place))
    return None


def _headed_by(text: str, tokens: Words, place: int, words: PeopleWords) -> str | None:
    """The body that “who chairs Northport’s Safeguarding Board” names."""
    if place + 1 >= len(tokens) or tokens[place].fold not in words.heading:
        return None
    place += tokens[place + 1].fold == "for"  # “who speaks for”
    end = next((n for n in range(place, len(tokens)) if tokens[n].text in _STOPS), len(tokens))
    body = _body_after(tokens, place + 1, min(end, place + _LONGEST_ROLE), "of", words)
    return _body(text, tokens, *body) if body else None


def _capitals_end(tokens: Words, place: int) -> int:
    """Where a run of capitalised words ends, a “the” before it aside."""
    place += tokens[place].fold == "the"
    while place < len(tokens) and _CAPITAL.match(tokens[place].text):
        place += 1
        joins = place + 1 < len(tokens) and tokens[place].fold in ("of", "for", "and", "&")
        place += joins and _CAPITAL.match(tokens[place + 1].text) is not None  # “Voice of Children”
    return place


def _body(text: str, tokens: Words, start: int, end: int) -> str | None:
    while start < end and tokens[start].fold in ("the", "a", "its"):
        start += 1
    return words_of(text, tokens, start, end) if start < end else None


def _body_after(tokens: Words, start: int, end: int, preposition: str, words: PeopleWords) -> tuple[int, int] | None:
    """The body that a preposition in a role leads to: “at Field Council”, “of Field Council’s Social Care”."""
    stop, named = start, False
    kind = start + (start < end and tokens[start].fold == "the")
    if kind + 1 < end and tokens[kind].fold in words.bodies and tokens[kind].text.islower():
        after = _capitals_end(tokens, kind + 1)  # “of the charity Field House”
        if after > kind + 1 and tokens[kind + 1].fold != "the":
            return kind + 1, after
    while kind + 1 < end and tokens[kind].text in _SIDES:  # “for the opposition Green group”
        kind += 1
        start = stop = kind
    board = kind
    while board < end and tokens[board].fold in words.role_words and tokens[board].text.islower():
        board += 1
    if start < kind < board < end and tokens[board].fold in words.boards:  # “of the safeguarding board”
        return start, board + 1
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
            after = _capitals_end(tokens, stop + 1) if stop + 1 < end else stop  # “of Northport’s Liberal Democrats”
            named = after > stop + 1 and tokens[after - 1].fold in (words.bodies | words.parties) - {"service"}
            return (stop + 1, after) if named and after <= end else (start, stop)
        stop += 1
    if start < stop < end and tokens[stop].fold in words.bodies and tokens[stop].text.islower():  # “for the GMB union”
        capital = any(_CAPITAL.match(token.text) for token in tokens[start:stop])
        if capital and tokens[stop].fold not in ("for", "service"):
            return start, stop + 1
    if stop > start and (named or preposition in ("at", "from")):
        return start, stop
    return None


_SIDES = frozenset({"opposition", "ruling", "minority", "local", "main", "national", "campaign", "union"})


def council_named(
    sentences: Sequence[Words], text: str, words: PeopleWords, own: Callable[[Sequence[str]], bool]
) -> str | None:
    """The council that an article is about, as it names it (“Tameside Council”); None where it names several alike.

    `own` is false for the words of a name that means the council of another place.
    """
    names: Counter[str] = Counter()
    for tokens in sentences:
        for place, token in enumerate(tokens):
            if token.fold in _COUNCILS:
                start = _body_start(tokens, place, words)
                name = tokens[start : place + 1]
                # not “Youth Council”
                if any(each.fold not in words.role_words for each in name[:-1]) and own([one.text for one in name]):
                    names[text[tokens[start].span.start : token.span.end]] += 1
    ranked = names.most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1] and not _alike(ranked[0][0], ranked[1][0]):
        opening = " ".join(
            text[tokens[0].span.start : tokens[-1].span.end] for tokens in sentences[:_OPENING] if tokens
        )
        return ranked[0][0] if ranked[0][0] in opening and ranked[1][0] not in opening else None
    return ranked[0][0] if ranked else None


_COUNCILS = frozenset({"council", "councils"})
_OPENING = 3
"""Of two bodies named as often, the one in so many first sentences is meant."""


def _alike(one: str, other: str) -> bool:
    return one.split()[0] == other.split()[0]


def _body_start(tokens: Words, place: int, words: PeopleWords) -> int:
    """Where the capitalised name that ends at `place` begins: “Bath and North East Somerset Council”."""
    start = place
    while start:
        before = tokens[start - 1]
        if _CAPITAL.match(before.text) and before.fold not in words.not_in_body:
            start -= 1
        elif (
            before.fold in ("and", "of", "&", "upon", "with", "-", "on", "the")
            and start > 1
            and _CAPITAL.match(tokens[start - 2].text)
            and start < place + 1
            and tokens[start - 2].fold not in words.not_in_body
            and not (before.fold == "of" and start == place)
        ):
            start -= 2
        else:
            break
    return start


def words_of(text: str, tokens: Words, start: int, end: int) -> str:
    """The words from token `start` up to and without token `end`, verbatim."""
    return text[tokens[start].span.start : tokens[end - 1].span.end]
