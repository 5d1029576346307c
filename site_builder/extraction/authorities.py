"""Which authorities a text names, and which it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from site_builder.lexicon import Lexicon
from site_builder.lexicon.names import Name, Places
from site_builder.text.document import ARTICLE, BODY, Block, BlockKind, Document, Mention, Sentence, Span, Token

_TITLE_WEIGHT, _LEAD_WEIGHT = 3, 2
_LEAD = 3
"""How many sentences after the title tell what an article is about."""
_COUNCIL = ("Council", "COUNCIL")
_MAIN = 2
"""An authority named so many times as often as any other is the only subject, unless the headline counts several."""
_BETWEEN = frozenset({",", "and", "&", ";", "in"})
"""Words that join the names of a list ("in Stockport, in Merton and in Central Bedfordshire")."""
_ROUND_UP = 3
"""So many authorities open a paragraph with a result of their own in a round-up."""
_BEFORE_NAME = 3
"""So many words may stand between the beginning of a paragraph and the name that opens it."""
_OPENED = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_HEADS = frozenset({"-", ":"})
"""What stands after a name that heads an entry (“York - inspected in May”)."""
_PART_OF_COUNTY = frozenset({"unitary", "town", "resort", "seaside", "port", "district", "city", "village"})
"""“The Kent unitary” is a council in Kent, not Kent's."""
_LESSER = frozenset({"AND", "UPON", "ON", "OF", "WITH", "THE"})
"""Words of a name that stay small when a line is not all in capitals."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name in a sentence, not yet settled."""

    span: Span
    words: str
    name: Name
    cued: bool
    """True where a word beside it shows that the authority is meant."""
    surname: bool
    """True where a title or a first name stands before it."""
    followed: bool
    """True where the word after it speaks of a council or its services."""


def mentioned(document: Document, lexicon: Lexicon) -> tuple[Mention[str], ...]:
    """Every mention of an authority of the register, by slug, in reading order.

    Where the article itself names none, the lines around it are asked ("Bromley – The London Borough").
    """
    around = [s for block in document.blocks if block.kind not in ARTICLE for s in block.sentences]
    return (
        _settled(document.sentences, lexicon.places)
        or _settled(around, lexicon.places)
        or _of_the_paper(document, lexicon)
    )


def _of_the_paper(document: Document, lexicon: Lexicon) -> tuple[Mention[str], ...]:
    """The place of a newspaper's name (“Oldham Evening Star”), where a text says “the town” and names no other."""
    found = [
        Mention(slug, Span(sentence.tokens[first].span.start, sentence.tokens[after - 1].span.end))
        for block in document.blocks
        if block.kind is BlockKind.HEADING or block.kind not in BODY
        for sentence in block.sentences
        for words in [_cased(sentence.tokens, lexicon.places)]
        for first, after, name in lexicon.places.names.find(words)
        for slug in (*name.strong, *name.weak)[:1]
        if not lexicon.sources.papers.isdisjoint((*words[after : after + 1], " ".join(words[after : after + 2])))
    ]
    return tuple(found) if len({mention.value for mention in found}) == 1 else ()


def about(document: Document, mentions: tuple[Mention[str], ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The slugs of the authorities that the article is about, the main one first.

    One, by count, with weight for the title and the first lines, unless these speak of several: then all that
    stand in a list, head a part of the text or are named again, without those named for comparison.
    """
    if not mentions:
        return ()
    mentions = _without_bodies(document, mentions, lexicon) or mentions
    named = _by_sentence(document.sentences, mentions)
    first_body = next((i for i, s in enumerate(document.sentences) if not _is_title(document, s)), 0)
    lead = range(first_body + _LEAD)
    weights: Counter[str] = Counter()
    for place, found in named.items():
        weight = _TITLE_WEIGHT if place < first_body else _LEAD_WEIGHT if place in lead else 1
        if _compares(document.sentences[place], lexicon):
            continue
        for slug in dict.fromkeys(mention.value for mention in found):
            weights[slug] += weight
        weights.update({mention.value for mention in found if document.words(mention.span).endswith(_COUNCIL)})
    order = list(dict.fromkeys(mention.value for mention in mentions))
    main = max(order, key=lambda slug: weights[slug]) if weights else order[0]
    opening = _opening(document, named, lexicon)
    rounds_up = len(opening) >= _ROUND_UP and not any(place < first_body for place in named)
    headed = _headed(document, named, first_body)
    if len(headed) > 1:
        return headed
    if len(order) == 1 or not (rounds_up or _speaks_of_several(document, named, lead, first_body, lexicon)):
        return (main,)
    others = max((weights[slug] for slug in order if slug != main), default=0)
    counted = [slug for slug in order if weights[slug]]
    if len(counted) > 1 and _counts_so_many(document, first_body, len(counted), lexicon):
        return tuple(counted)
    headline = [fold for sentence in document.sentences[:first_body] for fold in sentence.folds]
    if weights[main] > _MAIN * others and lexicon.places.several.isdisjoint(headline):
        return (main,)
    subjects = set(opening)
    again: Counter[str] = Counter()
    for place, found in named.items():
        sentence = document.sentences[place]
        if _compares(sentence, lexicon):
            continue
        if place in lead or not _at_large(document, place, lexicon):
            subjects.update(slug for run in _lists(sentence, found) for slug in run)
        again.update({mention.value for mention in found})
    subjects.update(slug for slug, count in again.items() if count > 1)
    return tuple(slug for slug in order if slug in subjects) or (main,)


_OF_A_BODY = 3
"""So many words behind the last of several names may belong to the name of a body."""


def _without_bodies(document: Document, mentions: Sequence[Mention[str]], lexicon: Lexicon) -> tuple[Mention[str], ...]:
    """`mentions` but those in the name of a body that several share: “Kent & Medway Safeguarding Partnership”."""
    kept: list[Mention[str]] = []
    for place, found in _by_sentence(document.sentences, mentions).items():
        tokens = document.sentences[place].tokens
        run: list[Mention[str]] = []
        for mention, following in zip(found, [*found[1:], None], strict=True):
            run.append(mention)
            behind = [token.fold for token in tokens if token.span.start >= mention.span.end]
            between = [
                token.fold
                for token in tokens
                if following and mention.span.end <= token.span.start < following.span.start
            ]
            if following and len(between) == 1 and between[0] in ("and", "&"):
                continue
            if len(run) == 1 or lexicon.places.shared.isdisjoint(behind[:_OF_A_BODY]):
                kept += run
            run = []
    return tuple(kept)


def _counts_so_many(document: Document, first_body: int, number: int, lexicon: Lexicon) -> bool:
    """True where the headline counts as many councils as the text names: “Ofsted reports on three councils”."""
    folds = [fold for sentence in document.sentences[:first_body] for fold in sentence.folds]
    return any(
        lexicon.cardinals.get(word) == number and lexicon.places.several & set(folds[place + 1 : place + 4])
        for place, word in enumerate(folds)
    )


def elsewhere(document: Document, mentions: tuple[Mention[str], ...], subjects: Sequence[str]) -> frozenset[Span]:
    """The sentences that begin with an authority the article is not about, and name none that it is about."""
    found = _by_sentence(document.sentences, mentions) if set(subjects) < {each.value for each in mentions} else {}
    return frozenset(
        sentence.span
        for number, sentence in enumerate(document.sentences)
        if (named := found.get(number))
        and {each.value for each in named}.isdisjoint(subjects)
        and named[0].span.start < sentence.tokens[min(_FIRST, len(sentence.tokens)) - 1].span.end
    )


_FIRST = 2
"""So many words of a sentence may hold the name with which it begins: “Neighbouring Devon is …”."""


def _headed(document: Document, named: dict[int, list[Mention[str]]], first_body: int) -> tuple[str, ...]:
    """The authorities whose name alone is the heading of a part of the text, with words below it, in reading order."""
    sentences = document.sentences
    return tuple(
        dict.fromkeys(
            mentions[0].value
            for place, mentions in sorted(named.items())
            if first_body <= place < len(sentences) - 1
            and mentions[0].span == sentences[place].span == document.blocks[sentences[place].block].span
            and sentences[place + 1].block > sentences[place].block
            and all(mention.value == mentions[0].value for mention in named.get(place + 1, ()))
        )
    )


def _at_large(document: Document, place: int, lexicon: Lexicon) -> bool:
    """“Ninety councils have now been inspected. Two, Bolton and Bury, are outstanding.”: of all that there are."""
    near = document.sentences[max(0, place - 1) : place + 1]
    return any(lexicon.places.at_large.find(sentence.folds) for sentence in near)


def _opening(document: Document, named: dict[int, list[Mention[str]]], lexicon: Lexicon) -> set[str]:
    """The authorities with which a paragraph begins: “Bolton, which was good …”, “Meanwhile Wigan's services …”."""
    found: set[str] = set()
    for place, mentions in named.items():
        sentence = document.sentences[place]
        block = document.blocks[sentence.block]
        if block.kind not in _OPENED or sentence != block.sentences[0] or _compares(sentence, lexicon):
            continue
        words = [token.fold for token in sentence.tokens if token.span.end <= mentions[0].span.start]
        if len(words) <= _BEFORE_NAME and lexicon.places.opening.issuperset(words) and _graded(block, lexicon):
            found.add(mentions[0].value)
    return found


def _graded(block: Block, lexicon: Lexicon) -> bool:
    """True where a paragraph gives a grade."""
    return bool(lexicon.grades.find([fold for sentence in block.sentences for fold in sentence.folds]))


def _compares(sentence: Sentence, lexicon: Lexicon) -> bool:
    """True where a sentence sets one authority beside others."""
    return bool(lexicon.places.comparing.find(sentence.folds))


def _settled(sentences: Iterable[Sentence], places: Places) -> tuple[Mention[str], ...]:
    hits = [hit for sentence in sentences for hit in _hits(sentence, places)]
    surnames = {hit.words for hit in hits if hit.surname}
    hits = [hit for hit in hits if not hit.surname and (hit.words not in surnames or hit.followed)]
    sure = Counter(slug for hit in hits for slug in _certain(hit))
    found = ((hit, _meant(hit, sure)) for hit in hits)
    return tuple(Mention(slug, hit.span) for hit, slug in found if slug)


def _certain(hit: _Hit) -> tuple[str, ...]:
    """What `hit` means without a look at the rest of the text."""
    if len(hit.name.strong) == 1 and (hit.followed or not hit.name.weak):
        return hit.name.strong
    if not hit.name.strong and len(hit.name.weak) == 1 and hit.cued:
        return hit.name.weak
    return ()


def _meant(hit: _Hit, sure: Counter[str]) -> str | None:
    """The one authority that `hit` means, given how often each is named for sure; None where it stays open."""
    certain = _certain(hit)
    if certain:
        return certain[0]
    named = [slug for slug in (*hit.name.strong, *hit.name.weak) if sure[slug]]
    if named:
        return max(named, key=lambda slug: sure[slug])
    if len(hit.name.strong) == 1:
        return hit.name.strong[0]
    return hit.name.weak[0] if hit.name.own and hit.cued else None


def _hits(sentence: Sentence, places: Places) -> list[_Hit]:
    tokens = sentence.tokens
    words = _cased(tokens, places)
    hits: list[_Hit] = []
    runs: list[int] = []
    end = 0
    for first, after, name in places.names.find(words):
        if not (name.strong or name.weak):
            continue
        before = [word for word in words[max(0, first - 2) : first] if word not in places.joining][-1:]
        next_at = after + 1 if words[after : after + 1] == ["'s"] else after
        next_word = words[next_at] if next_at < len(words) else ""
        previous_word = words[first - 1] if first else ""
        part_of = previous_word == "the" and next_at == after and next_word in _PART_OF_COUNTY
        if (
            part_of
            or (next_at == after and next_word in places.not_before)
            or (before and before[0] in places.not_after)
        ):
            continue
        followed = next_word.lower() in places.cues_after
        previous = words[first - 1] if first else ""
        if previous == "." and first > 1:  # Cllr. Sutton
            previous = words[first - 2]
        surname = after == first + 1 and previous in places.persons and next_word not in ("Council", "Borough")
        heads = not first and next_word in _HEADS and not places.cues_heading.isdisjoint(sentence.folds)
        alone = not first and after == len(tokens)  # the heading of its part of a round-up
        cued = followed or heads or alone or (previous in places.cues_before and not surname)
        span = Span(tokens[first].span.start, tokens[after - 1].span.end)
        hits.append(_Hit(span, " ".join(words[first:after]), name, cued, surname, followed))
        joined = len(hits) > 1 and first - end <= 3 and set(words[end:first]) <= _BETWEEN
        runs.append(runs[-1] if joined else len(hits) - 1)
        end = after
    if not hits:
        return []
    # “Camden, City of London and York”: a run of three, or one with a name that is certain, is a list
    length = Counter(run for hit, run in zip(hits, runs, strict=True) if not hit.surname)
    certain = {run for hit, run in zip(hits, runs, strict=True) if not hit.surname and _certain(hit)}
    return [
        replace(hit, cued=hit.cued or length[run] > 2 or (length[run] > 1 and run in certain))
        for hit, run in zip(hits, runs, strict=True)
    ]


def _cased(tokens: Sequence[Token], places: Places) -> list[str]:
    """The words of `tokens` as a name is written; words in capitals ("BURY Council") get small letters."""
    words = [token.text for token in tokens]
    if not any(word.isupper() and len(word) > 1 for word in words):
        return words
    cased: list[str] = []
    shouting = False
    for word in words:
        if shouting and word in _LESSER:
            cased.append(word.lower())
            continue
        if shouting and word == "-":
            cased.append(word)
            continue
        shouting = len(word) > 1 and word.isupper() and word not in places.capitals
        cased.append("'s" if word == "'S" else word.capitalize() if shouting else word)
    return cased


def _is_title(document: Document, sentence: Sentence) -> bool:
    return document.blocks[sentence.block].kind is BlockKind.TITLE


def _by_sentence(sentences: Sequence[Sentence], mentions: Sequence[Mention[str]]) -> dict[int, list[Mention[str]]]:
    """The mentions of each sentence that has any, by the sentence's place."""
    named: dict[int, list[Mention[str]]] = {}
    place = 0
    for mention in mentions:
        while place < len(sentences) and sentences[place].span.end < mention.span.end:
            place += 1
        if place < len(sentences) and sentences[place].span.holds(mention.span):
            named.setdefault(place, []).append(mention)
    return named


def _speaks_of_several(
    document: Document, named: dict[int, list[Mention[str]]], lead: range, first_body: int, lexicon: Lexicon
) -> bool:
    """True where title or lead count several authorities, or list their names."""
    in_title = {mention.value for place in range(first_body) for mention in named.get(place, ())}
    if in_title:
        return len(in_title) > 1
    for place in lead:
        if place >= len(document.sentences):
            break
        sentence = document.sentences[place]
        words = sentence.folds
        if _compares(sentence, lexicon):
            continue
        if place <= first_body and not lexicon.places.several.isdisjoint(words):
            return True
        if any(len(run) > 1 for run in _lists(sentence, named.get(place, []))):
            return True
    return False


def _lists(sentence: Sentence, found: Sequence[Mention[str]]) -> list[list[str]]:
    """The runs of two or more names in one sentence with nothing but commas and small words between them."""
    words = sentence.folds
    runs: list[list[str]] = []
    starts = {token.span.start: place for place, token in enumerate(sentence.tokens)}
    ends = {token.span.end: place for place, token in enumerate(sentence.tokens)}
    run: list[str] = []
    last, placed = -1, False
    for mention in found:
        first, end = starts[mention.span.start], ends[mention.span.end]
        between = words[last + 1 : first]
        in_place = words[first - 1 : first] == ("in",)
        # “in Stockport, in Merton” goes on, “Hull, in East Yorkshire” does not
        if run and len(between) <= 3 and set(between) <= _BETWEEN and (placed or not in_place):
            run.append(mention.value)
        else:
            runs.append(run)
            run, placed = [mention.value], in_place
        last = end
    return [found for found in (*runs, run) if len(set(found)) > 1]
