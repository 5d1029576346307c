"""Which grades a text gives, and for which areas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from site_builder.extraction import standing
from site_builder.extraction.areas import (
    NEAR,
    areas_among,
    areas_behind,
    led_by,
    meant_by_it,
    of_the_service,
    subject_before,
)
from site_builder.extraction.carried import carried_on, carried_over, with_the_same_grade
from site_builder.extraction.claims import Claim, grade_of
from site_builder.extraction.dates import Days
from site_builder.extraction.licences import (
    IN_SPEECH,
    RULES,
    Licence,
    is_now_too,
    lost,
    moved_from,
    performs,
    ranked,
    stands_alone,
)
from site_builder.extraction.shapes import GRADES, Shape
from site_builder.extraction.tables import is_piped, rows_and_lists
from site_builder.extraction.voices import Speech, Voice
from site_builder.lexicon.parts import Part
from site_builder.model import Area
from site_builder.text.document import Document


def claims(document: Document, told: Sequence[Shape], speech: Speech) -> tuple[Claim, ...]:
    """Every grade that the text gives or seems to give, in reading order."""
    board = next(
        (place for place, each in enumerate(told) if "A" in each.letters and Area.LSCB in areas_among(each.items)),
        len(told),
    )
    found: list[Claim] = []
    for place, each in enumerate(told):
        before = found[-1] if found and found[-1].place == place - 1 else None
        lately = found[-1] if found and place - found[-1].place <= _LATELY else None
        same = with_the_same_grade(each, before or lately)
        read = [*_claims_of_sentence(place, each, speech, before)]
        if same:
            at = {item.span for item in each.items}
            read += [c for c in _claims_of_sentence(place, same, speech, before) if c.at not in at]
        read += carried_on(each, read) if read else ()
        for claim in read:
            unnamed = claim.areas == (Area.LSCB,) and place < board  # “the board” of something else
            if not unnamed:
                found.append(claim)
        kept = _kept(place, each, found)
        if kept:
            found[-_LAST_SAID:] = [replace(c, earlier=c.earlier or _is_kept(c, kept)) for c in found[-_LAST_SAID:]]
            found.append(kept)
    found += rows_and_lists(document, told)
    return tuple(sorted(found, key=lambda claim: (claim.place, claim.at)))


def _claims_of_sentence(place: int, told: Shape, speech: Speech, before: Claim | None) -> Iterator[Claim]:
    if not _GRADED.search(told.letters):
        if before and speech.voice(told.sentence.span) is not Voice.PERSON:
            yield from carried_over(place, told, before)
        return
    if is_piped(told):
        yield from _pairs(place, told)
        return
    if "Y" in told.letters:
        yield from _respectively(place, told)
        return
    several = _several_named(place, told)
    if several:
        yield several
        return
    in_turn = tuple(_in_turn(place, told))
    if in_turn:
        yield from in_turn
        return
    paired = tuple(_pairs(place, told))
    yield from paired
    done = {claim.at for claim in paired}
    for at, item in enumerate(told.items):
        if item.span in done:
            continue
        if item.letter == "P":
            licence = ranked(told, at)
            claim = licence and _claim(place, told, at, licence, ranked.__name__)
            if claim:
                yield claim
        if item.letter not in GRADES or not stands_alone(told, at):
            continue
        spoken = speech.voice(item.span) is Voice.PERSON
        for rule in (performs,) if item.letter == "W" else RULES:
            if spoken and (
                rule not in IN_SPEECH or not re.search("[OVN]" if rule is performs else "[OV]", told.letters)
            ):
                continue
            licence = rule(told, at)
            claim = licence and _claim(place, told, at, licence, rule.__name__)
            if claim:
                yield replace(claim, authorities=claim.authorities or _named_in(told)) if spoken else claim
                break
        else:
            licence = is_now_too(told, at) if before and not spoken else None
            claim = licence and _claim(place, told, at, licence, is_now_too.__name__)
            if claim:
                yield claim


def _named_in(told: Shape) -> tuple[str, ...]:
    """The authorities that a sentence names: “We were inadequate too,” she said of her time in Oldham."""
    return tuple(dict.fromkeys(str(item.value) for item in told.items if item.letter == "L"))


_ITS_RATING = re.compile(f"g[dO]?[oO]?N(?![u]?[dc]?[{GRADES}])")


def _is_kept(claim: Claim, kept: Claim) -> bool:
    """True for the grade that was kept, where it stands in the same sentence: it is the grade before."""
    return claim.place == kept.place and claim.grade is kept.grade and claim.areas == kept.areas


_LATELY = 3
"""How many sentences back “the same verdict” may be of."""
_LAST_SAID = 4
"""How many claims back the grade that was kept is looked for."""


def _kept(place: int, told: Shape, found: Sequence[Claim]) -> Claim | None:
    """“Oldham, which was good in 2018, has kept its rating”: the grade said last, before the verb."""
    match = _ITS_RATING.search(told.letters)
    if not match or told.items[match.start()].value is not Part.KEPT or re.search("[nHX]", told.letters):
        return None
    start = told.items[match.start()].span.start
    last = (claim for claim in reversed(found[-_LAST_SAID:]) if claim.at.end <= start and not claim.kept_out)
    before = next(last, None)
    if before is None or before.place < place - 1 or before.areas[0] is not Area.OVERALL:
        return None
    at = told.items[match.end() - 1].span
    return replace(
        before, areas=(Area.OVERALL,), place=place, at=at, span=told.sentence.span, earlier=False, rule="kept"
    )


_GRADED = re.compile(f"[{GRADES}P]")


def _respectively(place: int, told: Shape) -> Iterator[Claim]:
    """“Oldham and Bury were rated good and adequate respectively”, areas too; nothing where the numbers differ."""
    if re.search("[nHX]", told.letters):
        return
    named = [item for item in told.items if item.letter == "L"]
    judged = [item for item in told.items if isinstance(item.value, Area)]
    graded = [at for at, item in enumerate(told.items) if item.letter in "GR"]
    if len(judged) == len(graded):
        for item, at in zip(judged, graded, strict=True):
            yield replace(_overall(place, told, at, (), "respectively"), areas=(Area(str(item.value)),))
    elif len(named) == len(graded) and not judged:
        for item, at in zip(named, graded, strict=True):
            yield _overall(place, told, at, (str(item.value),), "respectively")


_DATES_LISTED = re.compile(r"D(?:[c&]{1,2}[ij]?D|\([^)]{1,12}\)[c&]{1,2}[ij]?D)+")
_GRADES_LISTED = re.compile("[GR](?:c?[&c]d?[GR])+")


def _in_turn(place: int, told: Shape) -> Iterator[Claim]:
    """“In 2008 and 2012 Ofsted gave it inadequate and adequate”: as many dates as grades, each in its turn."""
    graded, dated = _GRADES_LISTED.search(told.letters), _DATES_LISTED.search(told.letters)
    if not graded or not dated or re.search("[AHnX]|L.*L", told.letters) or not re.search("[VgbN]", told.letters):
        return
    grades = [at for at, item in enumerate(told.items) if item.letter in "GR"]
    days = [item.value for item in told.items if isinstance(item.value, Days)]
    if len(grades) != len(days) or len(grades) != sum(letter in "GR" for letter in graded.group()):
        return
    for at, when in zip(grades, days, strict=True):
        yield replace(_overall(place, told, at, (), "in_turn"), year=when.last.year)


_PAIRS = re.compile(
    r"(?P<area>[Ao])[dxuifS&A]{0,6}(?:[k(]|c(?=[GR](?:[s.]|$))|(?=[GR](?:[cs.]|$)))(?P<grade>[GR])|(?P<first>[GR])\(d?(?P<behind>[Ao])\)"
)


def _pairs(place: int, told: Shape) -> Iterator[Claim]:
    """“Overall: inadequate Children looked after: requires improvement Adoption: good”, scraped into one line."""
    found = list(_PAIRS.finditer(told.letters))
    if len(found) < 2 or (is_piped(told) and len(found) < len(re.findall("[GR]", told.letters))):
        return
    for match in found:
        item = told.items[match.start("grade" if match["grade"] else "first")]
        grade, annual = grade_of(item)
        yield Claim(
            areas=areas_among(told.items[match.start() : match.end()]) or (Area.OVERALL,),
            grade=grade,
            annual=annual,
            authorities=(),
            together=False,
            place=place,
            at=item.span,
            span=told.span(match.start(), match.end()),
            earlier=False,
            explicit="o" in (match["area"], match["behind"]),
            rule="pairs",
        )


def _several_named(place: int, told: Shape) -> Claim | None:
    """“In the poor group are Birmingham, Cornwall and Leeds”: three authorities and one grade, which all get."""
    if not _NAMES_LISTED.search(told.letters):
        return None
    named = [item for item in told.items if item.letter == "L"]
    graded = [at for at, item in enumerate(told.items) if item.letter in "GRE"]
    if not graded or len({grade_of(told.items[at]) for at in graded}) > 1 or re.search("[nHA]", told.letters):
        return None
    slugs = tuple(dict.fromkeys(str(item.value) for item in named))
    return _overall(place, told, graded[0], slugs, "several_named")


_NAMES_LISTED = re.compile("L(?:[c&][&dixu]{0,4}L){2}")
"""Three authorities in one list."""


def _overall(place: int, told: Shape, at: int, slugs: tuple[str, ...], rule: str) -> Claim:
    """The grade at `at` as the overall one of `slugs`."""
    grade, annual = grade_of(told.items[at])
    return Claim(
        areas=(Area.OVERALL,),
        grade=grade,
        annual=annual,
        authorities=slugs,
        together=False,
        place=place,
        at=told.items[at].span,
        span=told.sentence.span,
        earlier=False,
        explicit=False,
        rule=rule,
    )


def _claim(place: int, told: Shape, at: int, licence: Licence, rule: str) -> Claim | None:
    """The claim that `licence` makes of the grade at `at`; None where it is not said what was graded."""
    item = told.items[at]
    behind, last = areas_behind(told, at)
    also = _AND_SO_IS.match(told.letters, at + 1)
    subject = licence.object or subject_before(told, licence.start)
    if re.match(f"[{GRADES}]o&", told.letters[max(0, subject[0] - 1) :]):  # “Requires improvement overall and …”
        subject = (subject[0] + 1, subject[1])
    before = areas_among(told.items[subject[0] : subject[1]]) or meant_by_it(told, subject) or led_by(told, subject)
    letters = told.letters[subject[0] : subject[1]]
    explicit = _says_overall(told, at, licence)
    among = _AMONG_THEM.search(told.letters[: licence.start])
    if among:  # “Three of the four judgements, adoption among them, were good”
        before = areas_among(told.items[among.start() : among.end()])
        explicit = explicit or "o" in among.group()
    aside = _NAMED_ASIDE.match(told.letters, subject[1]) if letters.endswith("w") else None
    if aside:  # “Two of the areas, A and B, are good”
        before = areas_among(told.items[subject[1] : aside.end()])
    elif letters.endswith("w") and re.match("bd?A", told.letters[at + 1 : at + 4]):
        behind = areas_among(told.items[at + 1 : at + 4])  # “The one area rated good was care leavers”
    if told.letters[at + 1 : at + 2] == "A" and not behind:
        areas = areas_among(told.items[at + 1 : at + 2])
        last = at + 2
    elif behind and re.match("kd?o", told.letters[at + 1 : at + 4]):  # “Each is inadequate: overall effectiveness, …”
        areas = (Area.OVERALL, *(area for area in behind if area is not Area.OVERALL))
    elif behind and _OVERALL_AND.match(told.letters, at + 1):
        areas = (Area.OVERALL, *behind)
    elif behind and (licence.object is None or not before or told.letters[at + 1 : at + 2] in "fik"):
        areas = behind
    elif explicit and not (before and (licence.object is None or len(before) == 1 or _overall_too(told, subject))):
        areas, last = (Area.OVERALL,), at + 1
    elif before:
        areas, last = ((Area.OVERALL, *before) if _overall_too(told, subject) else before), at + 1
    elif "K" in letters:
        areas, last = (Area.LSCB,), at + 1
    elif _said_of_leaders(told, subject) and (told.items[at].marked or told.letters[licence.start] == "V"):
        areas, last = (Area.LEADERSHIP,), at + 1
    elif _ON_SOMETHING.match(told.letters) and licence.start < _ON_ITS_VERDICT:
        return None
    elif (
        of_the_service(told, at, letters)
        or _of_what_was_said(told, licence)
        or (
            (rule == moved_from.__name__ or told.letters[licence.start - 1 : licence.start] == "t")
            and not re.search("[ZC]", letters)
        )
        or (rule == "ranked" and re.search("[LS]", told.letters[:at][-NEAR:]))
    ):
        areas, last = (Area.OVERALL,), at + 1
    elif standing.kept_out(told, at, subject):
        areas = (Area.OVERALL,)  # to be shown with the reason
    else:
        return None
    if (
        not behind
        and not aside
        and (
            (_COUNTED.match(letters) and "C" not in letters)
            or _COUNTED_THAT.search(told.letters[: subject[0]])
            or _IN_SOME.match(told.letters, at + 1)
        )
    ):
        return None
    if areas == (Area.LSCB,) and re.search("S&d?A$", letters):  # “Both the council and its board were judged good”
        areas = (Area.OVERALL, Area.LSCB)
    excepted = _ALL_BUT.search(told.letters[: subject[0]][-4:])
    where = told.letters[subject[1] : subject[1] + 1] == "T"
    if excepted and "q" not in letters and not where:  # “every area but adoption was judged inadequate”
        areas = (Area.OVERALL,)
    if also:
        whole = (Area.OVERALL,) if also.group().endswith("o") else ()
        areas, last = (*whole, *areas, *areas_among(told.items[at + 1 : also.end()])), also.end()
    slugs = tuple(str(each.value) for each in told.items[subject[0] : subject[1]] if each.letter == "L")
    reason = standing.kept_out(told, at, subject)
    grade, annual = grade_of(item)
    start = min(subject[0], licence.start)
    return Claim(
        areas=tuple(dict.fromkeys(areas)),
        grade=grade,
        annual=annual,
        authorities=tuple(dict.fromkeys(slugs)),
        together=not slugs and bool(re.fullmatch("[dphb&cC]+", letters)),
        place=place,
        at=item.span,
        span=told.span(start, max(last, at + 1)),
        earlier=licence.earlier,
        explicit=explicit,
        rule=rule,
        kept_out="" if rule == lost.__name__ and reason == standing.LEFT_BEHIND else reason,
    )


_NAMED_ASIDE = re.compile("[c(k][dxuSo]{0,3}A[dxuSoAc&]{0,24}[c)k](?=[bhV])")
_AMONG_THEM = re.compile("c[dxuS]{0,4}[Ao](?:[&c]d?[Ao])*j(?:ud?)?pc[hb]?$")
_ON_SOMETHING = re.compile("fx{1,2}dN")
"""“On health the verdict is only adequate”: of something that is no area."""
_ON_ITS_VERDICT = 8
_OVERALL_AND = re.compile("oc?&[fi]|ok[fi]|[fi]d?oc?&[fi]?d?A|[fi]d?oc[fi]d?[dxSLu]{0,4}A")
"""“Inadequate overall and for leadership”, “for overall effectiveness and for the impact of leaders”."""
_OVERALL_TOO = re.compile("o(?:udS)?&d?A|A[c&]{1,2}d?ok?$|A.*&.{0,8}dSo")
"""“The overall effectiveness of the service and its leadership”, “leadership, and overall effectiveness”."""
_OVERALL_FIRST = re.compile("o(?P<noun>N?)c(?=[^GREW]*A)")
"""“The overall grade, leadership and adoption”, but not “overall, leadership and adoption”."""
_COUNTED_THAT = re.compile("(?:^|[.skc])[dx]?[U#](?:ud?[U#]?)?x?wT[^.skcbV]{0,12}$")
"""“Four of the five areas that make up the inspection were good”."""
_IN_SOME = re.compile("c?(?:i[U#](?![xO])|f[U#][uw])")
"""“Good in three areas”: a count, which `tallies` reads."""
_ALL_BUT = re.compile("(?:[el]|^d)Bd?$")
_AND_SO_IS = re.compile("[co]{0,2}(?:[&a]b|ax)[dxuSOT]{0,6}(?:A(?:[c&][dxuS&]{0,4}A)*|o)")
"""“Safeguarding is good and so is the capacity to improve”, “…, as was adoption”."""
_COUNTED = re.compile("[&dc]{0,2}[U#](?:u[^L]*|[wSC]*|ud?[U#]?w.*)$|ud?[U#][^bVG]*[U#]$")
"""“Five were good”: a count, which `tallies` reads."""


def _overall_too(told: Shape, subject: tuple[int, int]) -> bool:
    """True where areas before a grade stand beside the service as a whole."""
    listed = _OVERALL_FIRST.search(told.letters, *subject)
    named = listed and (listed["noun"] or told.items[listed.start()].value is Area.OVERALL)
    return bool(named) or _OVERALL_TOO.search(told.letters[slice(*subject)]) is not None


def _of_what_was_said(told: Shape, licence: Licence) -> bool:
    """“…, having been rated good in 2016”, “before it got to”: of the council that the sentence is about."""
    before = told.letters[: licence.start]
    first = told.items[licence.start].span.start
    word = next((token.fold for token in told.sentence.tokens if token.span.start == first), "")
    return (before.endswith("chb") or word in ("it", "they")) and re.search("[LSp]", before) is not None


def _said_of_leaders(told: Shape, subject: tuple[int, int]) -> bool:
    """“Leaders, though, are now ‘good’”: nobody else stands in the subject."""
    after_and = told.letters.rfind("&", subject[0], subject[1]) + 1
    first = max(subject[0], after_and)
    others = [item.span.start for item in told.items[first : subject[1]] if item.letter not in "dcBks."]
    words = [token.fold for token in told.sentence.tokens if token.span.start in others]
    return words in (["leaders"], ["senior", "leaders"], ["their", "impact"], ["impact"])


def _says_overall(told: Shape, at: int, licence: Licence) -> bool:
    """“Overall” next to the grade or to the noun of it."""
    letters = told.letters
    return bool(
        re.match(r"[NjD]?(?:[ci]?|[fi]d?)o", letters[at + 1 : at + 5])
        or re.search("o(?!u[dxS]{0,3}A)", letters[licence.start : at])
        or re.search(r"o[hb]?$", letters[max(0, licence.start - 2) : licence.start])
        or re.search(r"o[dc]?$", letters[max(0, at - 2) : at])
    )
