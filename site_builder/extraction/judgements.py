"""Which grades a text gives, for which areas: small rules over the shapes of sentences, most trustworthy first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.extraction import standing
from site_builder.extraction.shapes import GRADES, Item, Shape
from site_builder.extraction.voices import Speech, Voice
from site_builder.lexicon.parts import AnnualGrade, RankedGrade
from site_builder.model import Area, Grade
from site_builder.text.document import BlockKind, Document, Span


@dataclass(frozen=True, slots=True)
class Claim:
    """The text gives a grade. Of which inspection it was is for `inspections` to find out."""

    areas: tuple[Area, ...]
    """Overall where the text names the service as a whole."""
    grade: Grade
    annual: bool
    """True for a word that only the annual ratings used as a grade ("excellent", "performs well")."""
    authorities: tuple[str, ...]
    """The authorities that the claim names as its subject; empty where it names none."""
    together: bool
    """True for "both" and "they": all the authorities named just before."""
    place: int
    """The place of its sentence among the shapes."""
    at: Span
    """The words of the grade."""
    span: Span
    """The words that state it."""
    earlier: bool
    """True where the words themselves say that this is the grade before ("from inadequate to good")."""
    explicit: bool
    """True where the text says "overall"."""
    rule: str
    year: int | None = None
    """The year at the head of its column, where it is a cell of a table."""
    kept_out: str = ""
    """Why the claim does not count; empty where it does."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Words that make a grade word a grade given."""

    start: int
    """The first of them: what stands before is the subject."""
    object: tuple[int, int] | None = None
    """First and after the last item of what was graded, where it stands between verb and grade."""
    earlier: bool = False


_REACH = 48
"""How many words to either side of a grade a rule looks, so that a text without a full stop stays linear."""


def _left(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")


_RATED = _left(r"V(?:[jOSL]{1,3}|[ifa]?D|o|[atd]|b|&b|cx{0,2}c|#c)*")
_AND_THEN = _left(r"V[^.sGR]{0,4}[GR][ij]x?D[c&]{1,2}")
_RATED_IT = _left(r"(?:V|N(?=[dp]))(?P<object>[dSLpAxuifcO&#UZCwDotKk]{1,24}?)(?P<link>tb|ta|ab|a|b)?[do]*")
_NOUN_IS = _left(r"[NQP]#?(?:c[^.ck]{1,8}c)?(?:[uif][dSLpAxw]{1,8}|[jO]{1,2}|D)?(?:hb|tb|b|u|a|k|ub|c|\()[do]*")
_MOVED_TO = _left(rf"m(?:[jdc]|[uif][dSLpNAx]{{1,5}}|F[dx]{{0,3}}[{GRADES}]?[NScjx]{{0,3}}|[dLSNp]{{1,4}})*(?:t|a)d?")
_FROM_TO = _left(rf"Fd?[{GRADES}][NSjc]?td?")
_FROM = _left(r"Fd?(?:V|xa)?")
_IS = _left(r"(?:^|(?<=[^tH]))h?b(?:b|a)?[do]*")
_HAS = _left(r"[hbx]*")
_SHARED = _left(rf"[{GRADES}][^.bVT]{{0,14}}[&csjB][udxSf]{{0,4}}[AL](?:[fiuxdcS&]{{0,4}}[AL]){{0,3}}[dxoaS]{{0,2}}")
_FOR_AREA = re.compile(r"i[dU#uw]{1,6}[kc(]d?A|[fi]d?(?:[xSd]{0,3}[fuid]{1,2}|[xdpS]{0,4})d?A")
_PAIR = _left(r"[Ao][xdSuiL]{0,5}[k(]")
_STANDS = re.compile(r"$|#[.]?(?:$|[dxSuifO&]{0,6}A)|[.ckjBsuifDNQMOo()FtTVpbh]|&|d?D|[LS]?$|r")
_ROW = re.compile(rf"[#x.]{{0,3}}[dxSuifO&]{{0,6}}[Ao][^VbhTHn{GRADES}.]{{0,14}}(?P<grade>[GR])\)?\.?(?:#\.?)?")
_NUMBERED_ROW = _left(r"(?:^|#[.]?)[dxSuifO&]{0,6}A[dxSuifO&A]{0,10}")
"""“1. Children who need help and protection Good 2. Children looked after …”, scraped into one line."""
_HEADLINE = re.compile(rf"[dLSAiu&]{{0,8}}[SLA][{GRADES}][ck].?")
_JOINED = re.compile(r"&[xHm]")


def row(told: Shape, at: int) -> Licence | None:
    """“Leadership, management and governance Inadequate”: a line that is an area and its grade."""
    if not told.items[at].marked:
        return None
    found = _ROW.fullmatch(told.letters)
    if found and found.start("grade") == at:
        return Licence(at)
    numbered = _NUMBERED_ROW.search(told.letters, max(0, at - _REACH), at)
    return Licence(at) if numbered and re.match("#|[.]|$", told.letters[at + 1 : at + 2]) else None


def headline(told: Shape, at: int) -> Licence | None:
    """“Cumbria children’s services still inadequate, Ofsted rules”: a headline leaves its verb out."""
    return Licence(at) if _HEADLINE.fullmatch(told.letters[: at + 3]) and "O" in told.letters[at:] else None


def rated(told: Shape, at: int) -> Licence | None:
    """“The service was rated good”, “judged to be inadequate”, “rated in June 2016 as outstanding”."""
    found = _RATED.search(told.letters, max(0, at - _REACH), at)
    return Licence(found.start()) if found else None


def rated_it(told: Shape, at: int) -> Licence | None:
    """“Ofsted rated the council’s services good”, “found leadership to be inadequate”."""
    found = _RATED_IT.search(told.letters, max(0, at - _REACH), at)
    if not found:
        return None
    graded = found.span("object")
    letters = told.letters[graded[0] : graded[1]]
    plain = told.items[at].value in (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT)
    sure = bool(found["link"]) or told.items[at].marked or plain or letters[-1] in "SLpAwKk"
    return Licence(found.start(), graded) if sure and re.search("[SLpAwZCK]", letters) else None


def rated_then_and_then(told: Shape, at: int) -> Licence | None:
    """“Rated inadequate in 2013 and requires improvement in 2014”."""
    found = _AND_THEN.search(told.letters, max(0, at - _REACH), at)
    return Licence(found.start()) if found and re.match("[ij]x?D", told.letters[at + 1 : at + 4]) else None


def judgement_is(told: Shape, at: int) -> Licence | None:
    """“The overall judgement is inadequate”, “a rating of good”, “the verdict: good”."""
    found = _NOUN_IS.search(told.letters, max(0, at - _REACH), at)
    if found and told.letters[at - 1] == "c" and not told.items[at].marked:
        return None
    return Licence(found.start()) if found else None


def handed(told: Shape, at: int) -> Licence | None:
    """“Given a ‘requires improvement’ grade”, “retained its good rating”, “‘Adequate’ verdict on child protection”."""
    behind = told.letters[at + 1 : at + 4]
    if told.letters[at + 1 : at + 2] == "M" and (
        _areas_behind(told, at)[0] or re.search("bgd?$", told.letters[:at][-3:])
    ):
        return Licence(at)
    if not re.match("[oOL]{0,2}[NQ]", behind) or ("Q" in behind and not told.items[at].marked):
        return None
    before = told.letters[max(0, at - 12) : at]
    return Licence(at) if told.items[at].marked or re.search("[gVbhmN]", before) else None


def given_a(told: Shape, at: int) -> Licence | None:
    """“Were given a ‘good’ by Ofsted”."""
    found = re.search("gd$", told.letters[max(0, at - 2) : at])
    return Licence(at - 2) if found and told.items[at].marked else None


def gave_it(told: Shape, at: int) -> Licence | None:
    """“The inspection gave Oldham outstanding for the impact of leaders”."""
    found = re.search("g(?P<object>[dSLp]{1,4})$", told.letters[max(0, at - 5) : at])
    named = re.match("[fi]d?[oA]", told.letters[at + 1 : at + 4])
    return Licence(at - len(found["object"]) - 1, (at - len(found["object"]), at)) if found and named else None


def with_its_area(told: Shape, at: int) -> Licence | None:
    """“Has kept its rating, with leadership now outstanding”."""
    found = re.search("j[dx]?A$", told.letters[max(0, at - 3) : at])
    ends = re.match("[.sc]|$", told.letters[at + 1 : at + 2])
    return Licence(at) if found and ends and re.search("[VgN]", told.letters[:at][-_REACH:]) else None


def moved_to(told: Shape, at: int) -> Licence | None:
    """“Gone up from inadequate to requires improvement”, “dropped to adequate”."""
    found = _MOVED_TO.search(told.letters, max(0, at - _REACH), at) or _FROM_TO.search(told.letters, max(0, at - 8), at)
    return Licence(found.start()) if found else None


def moved_from(told: Shape, at: int) -> Licence | None:
    """“From inadequate to requires improvement”: the grade before, of an earlier inspection."""
    found = _FROM.search(told.letters, max(0, at - 8), at)
    to_another = re.match(rf"[NSjc]?t[do]*[{GRADES}]", told.letters[at + 1 : at + 7])
    moved = found and re.search("m[^.]{0,10}$", told.letters[max(0, at - 14) : found.start()])
    return Licence(found.start(), earlier=True) if found and (to_another or moved) else None


def requires(told: Shape, at: int) -> Licence | None:
    """“Bolton and Hounslow require improvement”: a grade that is its own verb."""
    if told.letters[at] != "R" or _after_article(told, at):
        return None
    found = _HAS.search(told.letters, max(0, at - 4), at)
    start = found.start() if found else at
    aside = _ASIDE.search(told.letters, max(0, start - _REACH), start)
    end = aside.start() if aside else start
    before = told.letters[max(0, end - 24) : end]
    return Licence(start) if re.search(r"[SLpAdUKe][^.kV]{0,14}$", before) else None


def _after_article(told: Shape, at: int) -> bool:
    """“A ‘requires improvement’” is a noun; “both require improvement” is none."""
    before = told.items[at - 1] if at else None
    return before is not None and before.letter == "d" and before.span.end - before.span.start <= len("an")


def is_now(told: Shape, at: int) -> Licence | None:
    """“Services in Cumbria are inadequate overall”, “in 2018 we were ‘Good’”."""
    found = _IS.search(told.letters, max(0, at - 8), at)
    if not found:
        return None
    certain = (
        told.items[at].marked
        or told.items[at].value is Grade.INADEQUATE
        or (told.items[at].value is Grade.ADEQUATE and re.search("[LSA]h?b$", told.letters[max(0, at - 3) : at]))
        or re.search("[VNQOM]|[GR].*[GR]", told.letters) is not None
    )
    return Licence(found.start()) if certain else None


def heads_areas(told: Shape, at: int) -> Licence | None:
    """“Good: adoption, care leavers”: the grade before a colon, its areas behind."""
    return Licence(at) if at == 0 and re.match("kd?A", told.letters[1:4]) else None


def has_services(told: Shape, at: int) -> Licence | None:
    """“Named as having ‘outstanding’ children’s services”: quoted, or it would be praise."""
    found = re.match("hd?$", told.letters[max(0, at - 1) : at])
    return Licence(at - 1) if found and told.items[at].marked and told.letters[at + 1 : at + 2] == "S" else None


def graded_area(told: Shape, at: int) -> Licence | None:
    """“Rated ‘good’ overall with ‘outstanding’ leadership”: quoted, beside another grade."""
    beside = re.search(rf"V.*[{GRADES}]", told.letters[max(0, at - _REACH) : at])
    return Licence(at) if beside and told.items[at].marked and told.letters[at + 1 : at + 2] == "A" else None


def is_now_too(told: Shape, at: int) -> Licence | None:
    """“Leadership was good.”, right after a sentence that gives grades."""
    found = _IS.search(told.letters, max(0, at - 8), at)
    ends = re.match("[.sc]|$", told.letters[at + 1 : at + 2])
    return Licence(found.start()) if found and ends and "A" in told.letters[: found.start()] else None


def ranked(told: Shape, at: int) -> Licence | None:
    """“The council has been given the highest rating there is”."""
    behind = re.match("[uck]?[GRE]", told.letters[at + 1 : at + 3])  # “its top grade of ‘outstanding’” says it itself
    return Licence(at) if not behind and re.search("g[dx]?$", told.letters[max(0, at - 2) : at]) else None


def performs(told: Shape, at: int) -> Licence | None:
    """“The council performs adequately”: the annual ratings' own verb."""
    if at and told.letters[at - 1] == "y" and told.letters[at - 2 : at - 1] != "T":
        return Licence(at - 1)
    return None


def good_for_area(told: Shape, at: int) -> Licence | None:
    """“…, and ‘outstanding’ for adoption performance”: a grade with its area behind it, beside another."""
    beside = told.items[at].marked or re.search(rf"[{GRADES}]", told.letters[max(0, at - _REACH) : at])
    return Licence(at) if beside and _FOR_AREA.match(told.letters, at + 1) else None


def shared_verb(told: Shape, at: int) -> Licence | None:
    """“Leadership was rated good and adoption inadequate”."""
    found = _SHARED.search(told.letters, max(0, at - 24), at)
    return Licence(at) if found else None


def beside_its_area(told: Shape, at: int) -> Licence | None:
    """“Leadership – inadequate; adoption (good)”."""
    found = _PAIR.search(told.letters, max(0, at - 12), at)
    if not re.match("$|[.cs)k&B]", told.letters[at + 1 : at + 2]):
        return None
    return Licence(found.end() - 1) if found and told.letters[found.end() - 1 : found.end()] in "k(" else None


RULES: tuple[Callable[[Shape, int], Licence | None], ...] = (
    row,
    performs,
    moved_from,
    moved_to,
    rated,
    rated_then_and_then,
    handed,
    given_a,
    gave_it,
    judgement_is,
    rated_it,
    beside_its_area,
    requires,
    is_now,
    good_for_area,
    heads_areas,
    has_services,
    graded_area,
    shared_verb,
    with_its_area,
    headline,
)
_IN_SPEECH = frozenset({rated, rated_it, handed, judgement_is, moved_to, moved_from})
"""The rules that also hold in a person's own words, where these tell of an inspection."""


def claims(document: Document, told: Sequence[Shape], speech: Speech) -> tuple[Claim, ...]:
    """Every grade that the text gives or seems to give, in reading order."""
    board = next((place for place, each in enumerate(told) if Area.LSCB in _areas(each.items)), len(told))
    found: list[Claim] = []
    for place, each in enumerate(told):
        graded_before = bool(found) and found[-1].place == place - 1
        for claim in _claims_of_sentence(place, each, speech, graded_before):
            unnamed = claim.areas == (Area.LSCB,) and place < board  # “the board” of something else
            if not unnamed:
                found.append(claim)
    found += _rows_and_lists(document, told)
    return tuple(sorted(found, key=lambda claim: (claim.place, claim.at)))


def _claims_of_sentence(place: int, told: Shape, speech: Speech, graded_before: bool) -> Iterator[Claim]:
    if "Y" in told.letters:
        yield from _respectively(place, told)
        return
    several = _several_named(place, told)
    if several:
        yield several
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
        if item.letter not in GRADES or not _stands_alone(told, at):
            continue
        spoken = speech.voice(item.span) is Voice.PERSON
        for rule in (performs,) if item.letter == "W" else RULES:
            if spoken and (rule not in _IN_SPEECH or not re.search("[OV]", told.letters)):
                continue
            licence = rule(told, at)
            claim = licence and _claim(place, told, at, licence, rule.__name__)
            if claim:
                yield claim
                break
        else:
            licence = is_now_too(told, at) if graded_before and not spoken else None
            claim = licence and _claim(place, told, at, licence, is_now_too.__name__)
            if claim:
                yield claim


def _respectively(place: int, told: Shape) -> Iterator[Claim]:
    """“Oldham and Bury were rated good and adequate respectively”; nothing where the numbers differ."""
    named = [item for item in told.items if item.letter == "L"]
    graded = [at for at, item in enumerate(told.items) if item.letter in "GR"]
    if len(named) == len(graded) and not re.search("[nHA]", told.letters):
        for item, at in zip(named, graded, strict=True):
            yield _overall(place, told, at, (str(item.value),), "respectively")


_PAIRS = re.compile(r"(?P<area>[Ao])[dxuifS&A]{0,6}[k(](?P<grade>[GR])")


def _pairs(place: int, told: Shape) -> Iterator[Claim]:
    """“Overall: inadequate Children looked after: requires improvement Adoption: good”, scraped into one line."""
    found = list(_PAIRS.finditer(told.letters))
    if len(found) < 2:
        return
    for match in found:
        item = told.items[match.start("grade")]
        grade, annual = _grade(item)
        yield Claim(
            areas=_areas(told.items[match.start() : match.end()]) or (Area.OVERALL,),
            grade=grade,
            annual=annual,
            authorities=(),
            together=False,
            place=place,
            at=item.span,
            span=told.span(match.start(), match.end()),
            earlier=False,
            explicit=match["area"] == "o",
            rule="pairs",
        )


def _several_named(place: int, told: Shape) -> Claim | None:
    """“In the poor group are Birmingham, Cornwall and Leeds”: three authorities and one grade, which all get."""
    named = [item for item in told.items if item.letter == "L"]
    graded = [at for at, item in enumerate(told.items) if item.letter in "GRE"]
    if (
        not _NAMES_LISTED.search(told.letters)
        or not graded
        or len({_grade(told.items[at]) for at in graded}) > 1
        or re.search("[nHA]", told.letters)
    ):
        return None
    slugs = tuple(dict.fromkeys(str(item.value) for item in named))
    return _overall(place, told, graded[0], slugs, "several_named")


_NAMES_LISTED = re.compile("L(?:[c&][&dixu]{0,4}L){2}")
"""Three authorities in one list."""


def _overall(place: int, told: Shape, at: int, slugs: tuple[str, ...], rule: str) -> Claim:
    """The grade at `at` as the overall one of `slugs`."""
    grade, annual = _grade(told.items[at])
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


def _stands_alone(told: Shape, at: int) -> bool:
    """False where the grade describes the word behind it: “good quality”, “outstanding features”."""
    letters = told.letters
    item = told.items[at]
    if item.letter == "W":
        return True
    if not _STANDS.match(letters, at + 1) and not (item.letter == "R" and letters[at + 1 : at + 2] in ("x", "A", "w")):
        behind = letters[at + 1 : at + 2]
        return item.marked and (behind in ("A", "S") or (letters[at - 1 : at] == "V" and behind == "x"))
    return item.marked or item.value is Grade.INADEQUATE or not _JOINED.match(letters, at + 1)


def _claim(place: int, told: Shape, at: int, licence: Licence, rule: str) -> Claim | None:
    """The claim that `licence` makes of the grade at `at`; None where it is not said what was graded."""
    item = told.items[at]
    behind, last = _areas_behind(told, at)
    also = _SO_IS.match(told.letters, at + 1)
    subject = licence.object or _subject(told, licence.start)
    before = _areas(told.items[subject[0] : subject[1]]) or _meant_by_it(told, subject) or _led_by(told, subject)
    letters = told.letters[subject[0] : subject[1]]
    explicit = _says_overall(told, at, licence)
    if told.letters[at + 1 : at + 2] == "A" and not behind:
        areas = _areas(told.items[at + 1 : at + 2])
        last = at + 2
    elif behind and _OVERALL_AND.match(told.letters, at + 1):
        areas = (Area.OVERALL, *behind)
    elif behind and (licence.object is None or not before or told.letters[at + 1 : at + 2] in "fik"):
        areas = behind
    elif explicit and not (before and (licence.object is None or _OVERALL_TOO.search(letters))):
        areas, last = (Area.OVERALL,), at + 1
    elif before:
        areas, last = ((Area.OVERALL, *before) if _OVERALL_TOO.search(letters) else before), at + 1
    elif "K" in letters:
        areas, last = (Area.LSCB,), at + 1
    elif _of_the_service(told, at, letters) or (rule == "ranked" and re.search("[LS]", told.letters[:at][-_NEAR:])):
        areas, last = (Area.OVERALL,), at + 1
    elif standing.kept_out(told, at, subject):
        areas = (Area.OVERALL,)  # to be shown with the reason
    else:
        return None
    if not behind and ((_COUNTED.match(letters) and "C" not in letters) or _IN_SOME.match(told.letters, at + 1)):
        return None
    if _ALL_BUT.search(
        told.letters, max(0, subject[0] - 3), subject[0]
    ):  # “every area but adoption was judged inadequate”
        areas = (Area.OVERALL,)
    if also:
        areas, last = (*areas, *_areas(told.items[at + 1 : also.end()])), also.end()
    slugs = tuple(str(each.value) for each in told.items[subject[0] : subject[1]] if each.letter == "L")
    grade, annual = _grade(item)
    start = min(subject[0], licence.start)
    return Claim(
        areas=areas,
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
        kept_out=standing.kept_out(told, at, subject),
    )


_OVERALL_AND = re.compile("oc?&[fi]|[fi]d?oc?&[fi]?d?A")
"""“Inadequate overall and for leadership”, “for overall effectiveness and for the impact of leaders”."""
_OVERALL_TOO = re.compile("o(?:udS)?&d?A|A[c&]{1,2}d?ok?$")
"""“The overall effectiveness of the service and its leadership”, “leadership, and overall effectiveness”."""
_IN_SOME = re.compile("c?i[U#]")
"""“Good in three areas”: a count, which `tallies` reads."""
_ALL_BUT = re.compile("[el]Bd?$")
_SO_IS = re.compile("[co]{0,2}(?:[&a]b|ax)[dxuSOT]{0,6}A(?:[c&][dxuS&]{0,4}A)*")
"""“Safeguarding is good and so is the capacity to improve”, “…, as was adoption”."""
_GENERIC = re.compile("[SLOeNQ]|p$|^[db&hc]*$")
"""A subject that is the service as a whole, or none but "both"."""
_COUNTED = re.compile("[&dc]{0,2}[U#](?:u[^L]*|[wSC]*)$")
"""“Five were good”: a count, which `tallies` reads."""


def _led_by(told: Shape, subject: tuple[int, int]) -> tuple[Area, ...]:
    """“On leadership, the council was judged”: the area stands before the comma."""
    lead = re.match("[fi][dx]{0,2}A[^cVb]{0,12}c", told.letters)
    return _areas(told.items[: lead.end()]) if lead and lead.end() <= subject[0] else ()


def _of_the_service(told: Shape, at: int, subject: str) -> bool:
    """True where a grade without an area is of the service as a whole."""
    behind = told.letters[at + 1 : at + 3].lstrip("o")[:1]
    return _GENERIC.search(subject) is not None or behind in ("N", "e")


_NEAR = 16
"""How many words before a grade by its rank the council stands."""


def _meant_by_it(told: Shape, subject: tuple[int, int]) -> tuple[Area, ...]:
    """“Child protection had to come first, and it has gone from …”: the area that the sentence began with."""
    if told.letters[subject[0] : subject[1]].strip("&cd") != "p":
        return ()
    head = re.match("[Ldx]{0,2}AS?[hb]", told.letters[: subject[0]])
    return _areas(told.items[: head.end()]) if head else ()


def _grade(item: Item) -> tuple[Grade, bool]:
    if isinstance(item.value, AnnualGrade):
        return item.value.grade, True
    if isinstance(item.value, RankedGrade):
        return item.value.grade, False
    return Grade(str(item.value)), False


def _says_overall(told: Shape, at: int, licence: Licence) -> bool:
    """“Overall” next to the grade or to the noun of it."""
    letters = told.letters
    return bool(
        re.match(r"[NjD]?[ci]?o", letters[at + 1 : at + 4])
        or re.search("o(?!u[dxS]{0,3}A)", letters[licence.start : at])
        or re.search(r"o[hb]?$", letters[max(0, licence.start - 2) : licence.start])
        or re.search(r"o[dc]?$", letters[max(0, at - 2) : at])
    )


def _areas(items: Sequence[Item]) -> tuple[Area, ...]:
    return tuple(dict.fromkeys(item.value for item in items if isinstance(item.value, Area) and item.letter == "A"))


_LISTED = re.compile(rf"[^{GRADES}.s]{{0,60}}")
_LISTED_BELOW = re.compile(rf"[^{GRADES}.]{{0,80}}")
"""After a colon a list goes on over semicolons."""
_LEADS_TO_AREAS = re.compile(
    r"(?:(?:[fi]d?)?oc?&)?[oNQM]{0,2}[hbVg]{0,3}(?:j[OLSD]{0,3})?(?:[fiu]|k|(?<=N)t|i[dU#uw]{1,6}[kc(])(?P<between>[dxSLuwfie&U#p]{0,9})A"
)
_ALL_AREAS_LIST = re.compile(r"[fi]?[iu]?ek")
_VERB = re.compile(r"[bhVgmTjBH]")


def _areas_behind(told: Shape, at: int) -> tuple[tuple[Area, ...], int]:
    """The areas that a preposition or a colon ties to the grade before them, and where they end."""
    letters = told.letters
    colon = _ALL_AREAS_LIST.match(letters, at + 1)
    if colon:  # “in each of the key areas: A; the way that B are looked after; and C.”
        stop = next((n for n in range(colon.end(), len(letters)) if letters[n] in GRADES + "."), len(letters))
        return _areas(told.items[colon.end() : stop]), stop
    lead = _LEADS_TO_AREAS.match(letters, at + 1)
    if not lead:
        return (), at + 1
    listed = (_LISTED_BELOW if "k" in lead.group() else _LISTED).match(letters, lead.end() - 1)
    stop = listed.end() if listed else lead.end()
    verb = _VERB.search(letters, lead.end(), stop)
    if verb:  # “good for leadership, and adoption was inadequate”: what follows the comma has its own verb
        cut = max(letters.rfind(mark, lead.end(), verb.start()) for mark in "c&k")
        stop = cut if cut > 0 else verb.start()
    last = max((n for n in range(lead.end() - 1, stop) if letters[n] == "A"), default=lead.end() - 1)
    if re.match(rf"[xd]?[{GRADES}]", letters[last + 1 : last + 3]) and last > lead.end():
        last -= 1  # the next grade's own area: “good for leadership and adoption outstanding”
    areas = _areas(told.items[lead.end() - 1 : last + 1])
    whole = re.match("c?&d?o", letters[last + 1 : last + 5])  # “… and overall effectiveness”
    if whole and told.items[last + whole.end()].value is Area.OVERALL:
        return (Area.OVERALL, *areas), last + 1 + whole.end()
    return areas, last + 1


_BOUNDARY = re.compile(rf"[.skTV()ymbhgjB{GRADES}]")
_ASIDE = re.compile("cq[^.sk]{1,40}c[hbd]*$")
"""“A and B, which share a director with C, were rated”."""
_EMPTY = re.compile(r"[&cdhDotqnaF]*x?")
"""Words without a noun of their own: the subject stands further back."""
_ONLY_AREA = re.compile(r"[dxU]*w[dx]*")


def _subject(told: Shape, end: int) -> tuple[int, int]:
    """First and after the last item of what stands before a licence as its subject.

    Back to the verb or mark before it; further back where there is no noun (“was inspected too, and came out as”),
    and over the commas of a list.
    """
    letters = told.letters
    floor = max(0, end - _REACH)
    aside = _ASIDE.search(letters, floor, end)
    if aside:
        end = aside.start()
    start = stop = end
    for _ in range(5):
        bounds = [found.end() for found in _BOUNDARY.finditer(letters, floor, stop)]
        start = bounds[-1] if bounds else floor
        stretch = letters[start:stop]
        said_again = stretch == "p" and letters[start - 2 : start] == "VT"  # “the board was told that it requires”
        handed_over = letters[start - 1 : start] == "g" and re.fullmatch("[dxo]*", stretch)
        among = stretch.endswith("t") and letters[start - 1 : start] == "b"  # “the first in the region to be rated”
        passed_over = _EMPTY.fullmatch(stretch) or _ONLY_AREA.fullmatch(stretch) or said_again or handed_over or among
        coordinated = re.fullmatch("[^SLAZCK]*&", stretch)  # “were inspected in January and are rated”
        if start <= floor or not (passed_over or (coordinated and start < stop and letters[start - 1] in "bhV")):
            break
        stop = start - 1
    chunks = letters[start:stop].split("c")
    first = start
    if len(chunks) > 1:
        kept = len(chunks) - 1
        while kept > 0 and (_EMPTY.fullmatch("".join(chunks[kept:])) or _continues(chunks, kept)):
            kept -= 1
        first = start + sum(len(chunk) + 1 for chunk in chunks[:kept])
    return first, max(first, stop)


def _continues(chunks: Sequence[str], kept: int) -> bool:
    """True where the chunk before is of one list with those kept."""
    later = "".join(chunks[kept:])
    return any(letter in chunks[kept - 1] and letter in later for letter in "AL")


def _rows_and_lists(document: Document, told: Sequence[Shape]) -> Iterator[Claim]:
    """Rows with an area and its grade, cells one a line, and lists under a heading that gives the grade."""
    place = 0
    heading: tuple[int, int] | None = None
    years: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    while place < len(told):
        each = told[place]
        listed = bool(heading) and _is_item(document, each)
        heads = [int(year) for year in _YEAR.findall(document.words(each.sentence.span))]
        columns = tuple(heads) if len(heads) > 1 and "V" not in each.letters else columns
        if _ROW_OF_CELLS.fullmatch(each.letters):
            columns = columns if len(columns) > 1 else _column_years(document, each, 2)
            yield from _cells_of_row(told, place, columns) if len(columns) > 1 else ()
        if _AREA_LINE.fullmatch(each.letters) and place + 1 < len(told) and not listed:
            cells = 0
            while place + 1 + cells < len(told) and _is_grade_cell(told[place + 1 + cells]):
                cells += 1
            if cells:
                years = _column_years(document, told[place], cells) or years
                newest = years.index(max(years)) if years else 0
                for cell in range(cells):
                    if told[place + 1 + cell].letters[0] in GRADES:
                        claim = _listed(told, place + 1 + cell, 0, place, "cell", earlier=cells > 1 and cell != newest)
                        yield replace(claim, year=years[cell] if cell < len(years) and cells > 1 else None)
                place += 1 + cells
                heading = None
                continue
            if heading:
                yield _listed(told, heading[0], heading[1], place, "listed_under")
        elif heading and _is_item(document, each) and _areas(each.items) and not re.search("[GR]", each.letters):
            yield _listed(told, heading[0], heading[1], place, "listed_under")
        head = _heading_grade(document, told, place)
        if head is not None:
            heading = (place, head)
        elif not (_is_item(document, each) or _AREA_LINE.fullmatch(each.letters)):
            heading = None
        place += 1


_AREA_LINE = re.compile(r"[#x.]{0,3}[dxSuif&LO]{0,8}[Ao][dxSuifL&A]{0,8}(?:\([^)]{0,10}\))?\.?")
_GRADE_LINE = re.compile(r"[GR]\.?|[xd]{1,3}|xk?x|n|k")
_HEAD = re.compile(rf"(?P<grade>[GR])[^{GRADES}.]{{0,8}}k|(?P<alone>[GR])k?")


_NO_GRADE_CELL = 4
"""The length of “N/A”, “none” or a dash."""


def _is_grade_cell(told: Shape) -> bool:
    """A line that is a grade, or says that there is none."""
    if not _GRADE_LINE.fullmatch(told.letters):
        return False
    return told.letters[0] in GRADES or told.sentence.span.end - told.sentence.span.start <= _NO_GRADE_CELL


def _is_item(document: Document, told: Shape) -> bool:
    return document.blocks[told.sentence.block].kind is BlockKind.ITEM


def _heading_grade(document: Document, told: Sequence[Shape], place: int) -> int | None:
    """Where the grade stands that a line gives to the list below it; None where it gives none."""
    each = told[place]
    found = re.search(rf"[GR](?=[^{GRADES}.A]{{0,10}}k$)|^[GR](?=k?$)", each.letters)
    if not found or place + 1 >= len(told) or not each.letters:
        return None
    below = told[place + 1]
    return found.start() if _is_item(document, below) or _AREA_LINE.fullmatch(below.letters) else None


_ROW_OF_CELLS = re.compile(
    r"[#x.]{0,3}[dxSuifO&]{0,6}[Ao][dxuifSA&]{0,10}?(?P<cells>[GR]{2}|[GR][xd]{1,3}|[xd]{1,3}[GR])"
)


def _cells_of_row(told: Sequence[Shape], place: int, columns: Sequence[int]) -> Iterator[Claim]:
    """“Adoption performance   Good   n/a”, under the years of two inspections."""
    each = told[place]
    found = _ROW_OF_CELLS.fullmatch(each.letters)
    if not found:
        return
    graded = [n for n in range(found.start("cells"), len(each.letters)) if each.letters[n] in GRADES]
    for n in graded:
        column = 0 if n == found.start("cells") else 1
        year = columns[-2:][column]
        claim = _listed(told, place, n, place, "cell", earlier=year != max(columns[-2:]))
        yield replace(claim, year=year)


def _column_years(document: Document, first: Shape, cells: int) -> tuple[int, ...]:
    """The years at the head of the columns of a table with the first row `first`, whatever those lines look like."""
    above = document.blocks[max(0, first.sentence.block - 4) : first.sentence.block]
    years = [int(year) for block in above for year in _YEAR.findall(document.words(block.span))]
    return tuple(years[-cells:]) if len(years) >= cells > 1 else ()


_YEAR = re.compile(r"\b20[0-3]\d\b")


def _listed(told: Sequence[Shape], graded: int, at: int, listed: int, rule: str, *, earlier: bool = False) -> Claim:
    """A claim whose grade is item `at` of one sentence and whose area stands in another."""
    item = told[graded].items[at]
    before_aside = (told[listed].letters + "(").index("(")
    areas = _areas(told[listed].items[:before_aside]) or (Area.OVERALL,)
    grade, annual = _grade(item)
    return Claim(
        areas=areas,
        grade=grade,
        annual=annual,
        authorities=(),
        together=False,
        place=max(graded, listed),
        at=item.span,
        span=told[listed].sentence.span,
        earlier=earlier,
        explicit="o" in told[listed].letters,
        rule=rule,
        kept_out="",
    )
