"""Whether a grade is claimed of the authority, or only hoped for, denied, listed, or said of somewhere else."""

from __future__ import annotations

import re

from site_builder.extraction.shapes import GRADES, Shape
from site_builder.lexicon.parts import Part

AT_LARGE = "said of councils at large"
LEFT_BEHIND = "left behind"
_CHUNK = re.compile(r"[.sckTjB(]")
"""Marks and words at which a hope or a denial ends: “and will, it says, be judged”."""
_SCALE = re.compile("[GR][c&r]{1,2}[GR][c&r]{1,2}[GR]")
_NONE = re.compile("[xd]?n[UCwxSdL]")
"""“Not one of the six councils has been”, “no areas were”."""
_COUNT_OF_COUNCILS = re.compile("[dxc]{0,2}[U#][xud]{0,2}(?:C|Sw)")
"""“Nine local authorities have services that are”."""
_BY_OTHERS = re.compile("jd?Z(?![&c]{1,2}d?O)")
"""“Found inadequate by auditors”, but not “by the Care Quality Commission and Ofsted”."""
_ITS_PLACE = re.compile("Z(?:x?j|c?[iu])d?[LS]c?$|^Z[id]{0,2}[SL]?c[^.Vbs]{0,8}$")
"""“The nursery, in Oldham, was rated”, “the children’s home run by the council was rated”."""
_IN_BRACKETS = re.compile(r"Z[^.s(]{0,8}\([^)]{0,24}$")
"""“Our children’s home in Oldham (Ofsted: good)”."""
_LEFT = re.compile(f"X[^{GRADES}]*$")
"""“Has shed its inadequate rating”, but not “has shed its inadequate rating and is now good”."""
_OF_ITS_OWN = re.compile("[SL]p?x{1,3}(?:[fut]d?x{1,3})?$")
"""“The council’s answer”, “Oldham’s computer system”."""
_ANYBODY = re.compile("(?:^|[.csk])[dx]*x$")
_TOLD_INSPECTORS = re.compile("[xA]Vd?OT[^.sc]*$")
"""“Managers told inspectors that services were good”."""
_HELD_BY = re.compile("bxj[xU#d]{0,3}C")
"""“A rating of outstanding is held by eight councils”."""
_UNREAL = re.compile("[hb][dOSLpAx]{1,5}b?V")
"""“Had the council been judged inadequate”, “Was it rated good?”."""
_PLACE_LAST = re.compile("Z[^SLA.s]{0,12}$")
"""“The hospital was told it requires improvement.”"""
_REACH = 40
"""How many words back a hope, a denial or an owner is looked for."""


def kept_out(told: Shape, at: int, subject: tuple[int, int]) -> str:
    """Why the grade at item `at`, said of the items `subject`, is no claim; empty where it is one."""
    chunk = _before(told, at)
    if "n" in chunk or _NONE.match(_clause(told, at)) or _of_none(told, at, len(chunk)):
        return "denied"
    if "H" in chunk:
        return "hoped for"
    if _LEFT.search(chunk):
        return LEFT_BEHIND
    if is_scale(told):
        return "a list of the grades there are"
    if _is_choice(told, at):
        return "one grade or another"
    owner = told.letters[max(0, subject[0]) : subject[1]]
    if _OF_ITS_OWN.search(owner) and told.letters[subject[1] : subject[1] + 1] in "VbhtaGR":
        return "said of something of the council's"
    if _is_opinion(told, at) or _TOLD_INSPECTORS.search(told.letters[:at]):
        return "somebody's opinion"
    if _HELD_BY.match(told.letters, at + 1):
        return AT_LARGE
    if _UNREAL.match(_clause(told, at)) and told.sentence.tokens[0].fold in ("had", "were", "has", "is", "was", "are"):
        return "hoped for"
    if owner == "p" and _PLACE_LAST.search(told.letters[: subject[0]]):
        return "said of another place"
    if (
        "Z" in owner
        or _BY_OTHERS.match(told.letters, at + 1)
        or told.letters[at + 1 : at + 3] == "iZ"
        or _IN_BRACKETS.search(told.letters[:at])
        or _ITS_PLACE.search(told.letters[: subject[1]])
    ):
        return "said of another place"
    one_of_them = re.search("[LSp]h?bU?", told.letters[: subject[0]])  # “Oldham is one of the few councils to be rated”
    if "L" not in owner and (("C" in owner and not one_of_them) or _COUNT_OF_COUNCILS.match(_clause(told, at))):
        return AT_LARGE
    return ""


def _of_none(told: Shape, at: int, reach: int) -> bool:
    """“None of the 93 has resulted in an outstanding grade”, where “none” counts among the numbers."""
    first, last = told.items[at - reach].span.start, told.items[at].span.start
    return any(token.fold == "none" and first <= token.span.start < last for token in told.sentence.tokens)


def _is_opinion(told: Shape, at: int) -> bool:
    """“Campaigners called the service inadequate”, “was described by one mother as inadequate”."""
    called = [n for n in range(max(0, at - _REACH), at) if told.items[n].value is Part.CALLED]
    if not called or "s" in told.letters[called[-1] : at]:
        return False
    passive = told.letters[called[-1] - 1 : called[-1]] in ("b", "h")
    if not passive:
        return _ANYBODY.search(told.letters[: called[-1]]) is not None
    folds = told.sentence.folds
    by = next(
        (
            n
            for n, fold in enumerate(folds)
            if fold == "by" and told.sentence.tokens[n].span.start > told.items[called[-1]].span.start
        ),
        None,
    )
    if by is None:
        return False
    doer = next((n for n, item in enumerate(told.items) if item.span.start > told.sentence.tokens[by].span.start), None)
    return doer is not None and re.match("[dU]?x{1,4}(?![xOuS])", told.letters[doer:]) is not None


def is_scale(told: Shape) -> bool:
    """True where a sentence lists grades without saying of what: “Ofsted can give four ratings, which are …”."""
    ranges = re.search("[MN][^.]{0,8}F", told.letters) is not None and "possible" in told.sentence.folds
    return ranges or (_SCALE.search(told.letters) is not None and "A" not in told.letters)


def _is_choice(told: Shape, at: int) -> bool:
    """“Good or outstanding”, “between adequate and good”."""
    letters = told.letters
    behind = letters[at + 1 : at + 3]
    before = letters[max(0, at - 2) : at]
    return (behind[:1] == "r" and behind[1:] in GRADES and behind[1:] != "") or (
        before[1:] == "r" and before[0] in GRADES
    )


def _clause(told: Shape, at: int) -> str:
    window = told.letters[max(0, at - _REACH) : at]
    return window[max(*(window.rfind(mark) for mark in ".sk"), window.rfind("c&")) + 1 :]


def _before(told: Shape, at: int) -> str:
    """The letters of the chunk that leads up to item `at`."""
    window = told.letters[max(0, at - _REACH) : at]
    starts = [found.end() for found in _CHUNK.finditer(window)]
    return window[starts[-1] :] if starts else window
