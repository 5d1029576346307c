"""Which words make a grade word a grade given: small rules over the shapes of sentences, most trustworthy first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from site_builder.extraction.areas import (
    ASIDE,
    LISTED,
    REACH,
    areas_behind,
    its_object,
)
from site_builder.extraction.shapes import GRADES, QUOTES, Shape
from site_builder.lexicon.parts import Part
from site_builder.model import Grade


@dataclass(frozen=True, slots=True)
class Licence:
    """Words that make a grade word a grade given."""

    start: int
    """The first of them: what stands before is the subject."""
    object: tuple[int, int] | None = None
    """First and after the last item of what was graded, where it stands between verb and grade."""
    earlier: bool = False


def _left(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")


_RATED = _left(r"V(?:[jOSL]{1,3}|[ifa]?D|o|[atd]|b|&b|cx{0,2}c|#c)*")
_AND_THEN = _left(r"V[^.sGR]{0,4}(?:[GR][ij]x?D[c&]{1,2}){1,4}")
_RATED_AT = _left(r"V[dxjc]{1,5}i")
_RATED_IT = _left(r"(?:V|N(?=[dp]))(?P<object>[dSLpAxuifcO&#UZCwDotKke]{1,24}?)(?P<link>tb|ta|ab|a|b)?[do]*")
_NOUN_IS = _left(r"[NQP]#?(?:c[^.ck]{1,8}c)?(?:[uif][dSLpAxw]{1,8}|[jO]{1,2}|[ij]?D)?(?:hb|tb|b|u|a|k|ub|c|\()[do]*")
_MOVED_TO = _left(
    rf"m(?:[jdc]|[uif][dSLpNAx]{{1,5}}|F[dx]{{0,3}}[{GRADES}P]?[NScjx]{{0,3}}|[dLSNp]{{1,4}}|[ij]?D|U?[xM]c?)*(?:t|a)d?"
)
_FROM_TO = _left(rf"(?:m[uUMxd]{{0,5}})?Fd?[{GRADES}][NSj]?(?:c?[ij]D)?c?td?")
_FROM = _left(r"Fd?(?:V|xa)?")
_IS = _left(r"(?:^|(?<=[^tH]))h?b(?:b|a)?[do]*")
_HAS = _left(r"[hbx]*")
_SHARED = _left(
    rf"[{GRADES}][^.bVT]{{0,14}}[&csjB][udxSf]{{0,4}}[AL](?:[fiuxdcS&]{{0,4}}[AL]){{0,3}}[dxoaS]{{0,2}}(?:tb?d?|c)?"
)
_FOR_AREA = re.compile(
    r"i[dU#uw]{1,6}[kc(]d?A|c?d?[fi]d?(?:[xSd]{0,3}[fuid]{1,2}|[xdpS]{0,4})d?(?:A(?!T)|o(?=[.csk&]|$))"
)
_PAIR = _left(r"[Ao](?:[xdSuiL]{0,5}[k(]|bd?[xUiO]{1,4}[k(c])")
_STANDS = re.compile(r"$|#[.]?(?:$|[dxSuifO&]{0,6}A)|[.ckjBsuifDNQMOo()FtTVpbhe]|&|d?D|[LS]?$|r")
_ROW = re.compile(rf"[#x.L]{{0,3}}[dxSuifO&]{{0,6}}[Ao][^VbhTHn{GRADES}.]{{0,14}}(?P<grade>[GR])\)?\.?(?:#\.?)?")
_NUMBERED_ROW = _left(r"(?:^|#[.]?)[dxSuifO&]{0,6}A[dxSuifO&A]{0,10}")
"""“1. Children who need help and protection Good 2. Children looked after …”, scraped into one line."""
_HEADLINE = re.compile(rf"[dLSAiu&]{{0,8}}[SLA][{GRADES}][ck].?")
_JOINED = re.compile(r"&[xHm]")


def row(told: Shape, at: int) -> Licence | None:
    """“Leadership, management and governance Inadequate”: a line that is an area and its grade."""
    if at in (2, 3) and re.fullmatch(r"L[k(][GR]o?\)?(?:[(c].{0,16})?[.]?", told.letters):  # “Oldham: good overall (…)”
        return Licence(at, (0, 1))
    if re.fullmatch(r"Dk[GR](?:\([^)]{1,12}\))?[.]?", told.letters):  # “April 2016 – Requires improvement”
        return Licence(at)
    if re.fullmatch("[dL]{0,2}Sk[GR][.]?", told.letters):  # “Children’s services – inadequate”
        return Licence(at)
    if not told.items[at].marked:
        return None
    if at == 2 and re.fullmatch("xk[GR][.]?", told.letters):  # “Leaders: Good”
        return Licence(at, (0, 1))
    if re.fullmatch("[GR]o[.]?", told.letters):  # “Requires improvement overall”
        return Licence(at)
    found = _ROW.fullmatch(told.letters)
    if found and found.start("grade") == at:
        return Licence(at)
    numbered = _NUMBERED_ROW.search(told.letters, max(0, at - REACH), at)
    return Licence(at) if numbered and re.match("#|[.]|$", told.letters[at + 1 : at + 2]) else None


def headline(told: Shape, at: int) -> Licence | None:
    """“Cumbria children’s services still inadequate, Ofsted rules”: a headline leaves its verb out.

    So does “‘Inadequate’: Ofsted’s verdict on Cumbria’s services”.
    """
    if at == 0 and re.match("[fi]e[.ck]|o[ck]?B|o[ck]", told.letters[1:4] + "."):  # “Outstanding in all four areas: …”
        return Licence(at)
    if at == 0 and told.items[at].marked and re.match("[kc][xOTpbd]{0,5}N(?:[fu]d?[LS]|[.u])", told.letters[1:12]):
        return Licence(at)
    if told.items[at].marked and re.fullmatch("Ok[dL]{0,2}S[GR]", told.letters):  # “Ofsted: Oldham's services ‘good’”
        return Licence(at)
    return Licence(at) if _HEADLINE.fullmatch(told.letters[: at + 3]) and "O" in told.letters[at:] else None


def rated(told: Shape, at: int) -> Licence | None:
    """“The service was rated good”, “judged to be inadequate”, “rated in June 2016 as outstanding”."""
    found = _RATED.search(told.letters, max(0, at - REACH), at)
    if not found and re.match("[.cs]|$", told.letters[at + 1 : at + 2]):  # “judged a notch lower, at good”
        found = _RATED_AT.search(told.letters, max(0, at - 8), at)
    return Licence(found.start()) if found else None


def rated_it(told: Shape, at: int) -> Licence | None:
    """“Ofsted rated the council’s services good”, “found leadership to be inadequate”."""
    found = _RATED_IT.search(told.letters, max(0, at - REACH), at)
    if not found:
        return None
    if re.search("Z[dx]{0,2}$", told.letters[: found.start()]):  # “The coroner called the council’s care inadequate”
        return None
    graded = found.span("object")
    letters = told.letters[graded[0] : graded[1]]
    plain = told.items[at].value in (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT)
    sure = bool(found["link"]) or told.items[at].marked or plain or letters[-1] in "SLpAwKke"
    return Licence(found.start(), graded) if sure and re.search("[SLpAwZCKe]", letters) else None


def rated_then_and_then(told: Shape, at: int) -> Licence | None:
    """“Rated inadequate in 2013 and requires improvement in 2014”."""
    found = _AND_THEN.search(told.letters, max(0, at - REACH), at)
    return Licence(found.start()) if found and re.match("[ij]x?D", told.letters[at + 1 : at + 4]) else None


def judgement_is(told: Shape, at: int) -> Licence | None:
    """“The overall judgement is inadequate”, “a rating of good”, “the verdict: good”."""
    found = _NOUN_IS.search(told.letters, max(0, at - REACH), at)
    if (
        found
        and told.letters[at - 1] == "c"
        and not (told.items[at].marked or told.letters[at - 2] == "P" or told.letters[at + 1 : at + 2] in ("c", "."))
    ):
        return None
    if found and re.fullmatch("P[hb]b?[do]*", found.group()):
        return None  # “The top grade is outstanding”
    judged = re.match("[NQ][uif](?P<object>[dSLpAx]{1,8})[hb]", found.group()) if found else None
    if found and judged and "A" in judged["object"]:  # “The grade for adoption was good”
        first = found.start() + judged.start("object")
        return Licence(found.start(), (first, first + len(judged["object"])))
    return Licence(found.start()) if found else None


def handed(told: Shape, at: int) -> Licence | None:
    """“Given a ‘requires improvement’ grade”, “retained its good rating”, “‘Adequate’ verdict on child protection”."""
    behind = told.letters[at + 1 : at + 4]
    if told.letters[at + 1 : at + 2] == "M" and (
        areas_behind(told, at)[0] or re.search("bgd?$", told.letters[:at][-3:])
    ):
        return Licence(at)
    placed = re.search("id$", told.letters[max(0, at - 2) : at])  # “put in the inadequate category”
    if re.match(
        "[oOL]{0,2}N(?:[uij]x?D|bg[fu]|bfd?A)", told.letters[at + 1 : at + 7]
    ):  # “The inadequate verdict of 2016”
        return Licence(at)
    if not re.match("[oOL]{0,2}[NQ]", behind) or ("Q" in behind and not (told.items[at].marked or placed)):
        return None
    whose = re.match("[oOL]{0,2}N[qT](?P<object>d?[LSp]{1,3})[hgbx]", told.letters[at + 1 :])
    if whose:  # “The ‘good’ rating which the council has had since 2019”
        return Licence(at, (at + 1 + whose.start("object"), at + 1 + whose.end("object")))
    before = told.letters[max(0, at - 12) : at]
    return Licence(at) if told.items[at].marked or re.search("[gVbhmN]|jd?$|id$", before) else None


def given_a(told: Shape, at: int) -> Licence | None:
    """“Were given a ‘good’ by Ofsted”, “the report gives a ‘good’ to adoption”, “a ‘good’ was given to adoption”."""
    named = told.items[at].marked or _after_article(told, at)
    if named and re.match("h?b{1,2}g[tf]d?A", told.letters[at + 1 : at + 8]):
        return Licence(at)
    found = re.search("gd?$|jd?$", told.letters[max(0, at - 2) : at])
    kept = at > 0 and told.items[at - 1].value is Part.KEPT  # “Only adoption held on to good”
    plain = told.letters[at] == "R" and told.letters[at - 1 : at] == "g"  # “The board got requires improvement”
    if (kept or plain) and re.match("[.cs&j]|$", told.letters[at + 1 : at + 2]):
        return Licence(at - 1)
    noun = (
        (told.items[at].marked and found and "g" in found.group())
        or (_after_article(told, at) and re.match("[.c]|$|[fi]d?A|[jF]O|&d?[xS]{0,2}A", told.letters[at + 1 :]))
        or (
            # “Among the best, with outstanding in every area”
            found and re.match("o?[fi]e", told.letters[at + 1 :])
        )
    )
    if not found and _after_article(told, at) and re.match("[jF]O", told.letters[at + 1 :]):
        return Licence(at - 1)  # “It is a good from Ofsted”
    return Licence(at - len(found.group())) if found and noun else None


def gave_it(told: Shape, at: int) -> Licence | None:
    """“The inspection gave Oldham outstanding for the impact of leaders”."""
    article = _after_article(told, at) and re.match("[.c&o]|$|[fi]d?[Ao]", told.letters[at + 1 :])
    if article:  # “They give the council’s services a ‘good’”
        found = re.search("g(?P<object>[dSLpA&]{1,6})$", told.letters[max(0, at - 8) : at - 1])
        return Licence(at - 2 - len(found["object"]), (at - 1 - len(found["object"]), at - 1)) if found else None
    found = re.search("g(?P<object>[dSLp]{1,4})$", told.letters[max(0, at - 5) : at])
    named = re.match("[fi]d?[oA]", told.letters[at + 1 : at + 4])
    plain = told.letters[at] == "R" or told.items[at].marked
    if found and plain and re.match("[.c&]|$", told.letters[at + 1 : at + 2]):  # “The 2015 report gave it ‘good’”
        return Licence(found.start(), (at - len(found["object"]), at))
    return Licence(at - len(found["object"]) - 1, (at - len(found["object"]), at)) if found and named else None


def report_says(told: Shape, at: int) -> Licence | None:
    """“On Monday the report landed: requires improvement”, “the verdict could not have been worse: inadequate”."""
    found = re.search(f"(?:O[bx]{{0,3}}|[NVD][^{GRADES}Ak.s]{{0,12}})k$", told.letters[max(0, at - 16) : at])
    sure = told.items[at].marked or told.letters[at] == "R" or told.items[at].value is Grade.INADEQUATE
    return (
        Licence(at - len(found.group()) * (found.group()[0] in "NVD"))
        if found and sure and re.match("[.cBsiof]|$", told.letters[at + 1 : at + 2])
        else None
    )


_PUT_AT = _left("(?:O[&dxO]{0,5}|p)h?x(?P<object>d?A(?:[&c]d?A)*(?:[iu]d?[SL]{1,2})?)i")
_BEST_AT = _left("A(?P<best>b[dxup]{1,7}c?[ij]d?)|(?:^|[cs&.B])[dx]?S?[LSA]S?(?P<verb>[hbx]{1,4}[if])")


def put_at(told: Shape, at: int) -> Licence | None:
    """“Ofsted had put adoption at good”, “leadership was the best of them, at good”, “it stays at good”."""
    if not re.match("[.cs&]|$", told.letters[at + 1 : at + 2]):
        return None
    best = _BEST_AT.search(told.letters, max(0, at - 14), at)
    found = _PUT_AT.search(told.letters, max(0, at - REACH), at)
    if best:
        return Licence(best.start("best" if best["best"] else "verb"))
    return Licence(found.start(), found.span("object")) if found else None


def is_verdict(told: Shape, at: int) -> Licence | None:
    """“‘Good’ was the verdict of inspectors”."""
    found = told.items[at].marked and re.match("bd?[xO]{0,2}N[^x]", told.letters[at + 1 :] + ".")
    return Licence(at) if found else None


def of_its_service(told: Shape, at: int) -> Licence | None:
    """“Ofsted slams ‘inadequate’ children’s services”: in quotation marks, and it is said whose or who says so."""
    quoted = re.match("L?S", told.letters[at + 1 :]) is not None and is_quoted(told, at)
    return Licence(at) if quoted and re.search("[OL]", told.letters) else None


def says_plainly(told: Shape, at: int) -> Licence | None:
    """“Children’s services in Oldham are outstanding.”: a sentence that says no more."""
    found = _PLAIN.fullmatch(told.letters, 0, at)
    ends = re.fullmatch("(?:[fi]d?x{1,2})?[.]?", told.letters[at + 1 :])
    named = found and re.match("(?:LS|SiL)b", told.letters) and re.match("[.c&s]", told.letters[at + 1 :])
    return Licence(found.start("verb")) if found and (ends or named) else None


def escaped_with(told: Shape, at: int) -> Licence | None:
    """“Only leadership and governance escaped, with adequate”."""
    found = re.search("A[xn]{0,2}c?j$", told.letters[max(0, at - 6) : at])
    plain = (
        told.items[at].marked or told.letters[at] == "R" or told.items[at].value in (Grade.ADEQUATE, Grade.INADEQUATE)
    )
    ends = re.match("[.s]|$", told.letters[at + 1 :])
    return Licence(at - len(found.group()) + 1) if found and plain and ends else None


_PLAIN = re.compile(
    "(?:.*s(?=D?c?p)|[dpxo]{1,4}k)?D?c?(?:[dxo]?c)?(?:(?<=[sDc])p|d?L?S(?:[fi]d?[xL]{1,3})?(?:iL)?|L|d{0,2}A)(?P<verb>h?b{1,2}d?)"
)


def alone(told: Shape, at: int) -> Licence | None:
    """“Previously requires improvement.”, “Still good, as in 2017.”: a grade with an adverb before it and no verb."""
    led = told.items[at].span.start > told.sentence.span.start and told.sentence.tokens[0].text[0].isalpha()
    return Licence(at) if led and re.fullmatch("[GR](?:c?a[ij]D)?[.]", told.letters) else None


def with_its_area(told: Shape, at: int) -> Licence | None:
    """“Has kept its rating, with leadership now outstanding”."""
    found = re.search("j[dx]?A$", told.letters[max(0, at - 3) : at])
    ends = re.match("[.sc]|$", told.letters[at + 1 : at + 2])
    return Licence(at) if found and ends and re.search("[VgN]", told.letters[:at][-REACH:]) else None


def moved_to(told: Shape, at: int) -> Licence | None:
    """“Gone up from inadequate to requires improvement”, “dropped to adequate”."""
    found = _MOVED_TO.search(told.letters, max(0, at - REACH), at) or _FROM_TO.search(told.letters, max(0, at - 14), at)
    return Licence(found.start()) if found else None


_MOVED = re.compile("(?:m[^.]{0,10}|j)$")


def moved_from(told: Shape, at: int) -> Licence | None:
    """“From inadequate to requires improvement”: the grade before, of an earlier inspection."""
    found = _FROM.search(told.letters, max(0, at - 8), at)
    to_another = re.match(rf"[NSjc]?(?:[ij]D)?t[do]*[{GRADES}]", told.letters[at + 1 : at + 9])
    moved = found and _MOVED.search(told.letters, max(0, at - 14), found.start())
    if not found or not (to_another or moved):
        return None
    plain = moved and not re.search("[LSAp]", moved.group())
    return Licence(moved.start() if moved and plain else found.start(), earlier=True)


def fronted(told: Shape, at: int) -> Licence | None:
    """“Inadequate in the summer of 2018, they are good now”: the grade before, with its date."""
    found = re.match("[ij][dxu]{0,3}Dc(?P<object>[dLSp]{1,4})[bhm]", told.letters[at + 1 :]) if at == 0 else None
    return Licence(at, (at + 1 + found.start("object"), at + 1 + found.end("object")), earlier=True) if found else None


def lost(told: Shape, at: int) -> Licence | None:
    """“Has lost its ‘outstanding’ crown”, “was lifted out of inadequate”: the grade before."""
    found = re.search("X[doSLp]{0,3}$", told.letters[max(0, at - 4) : at])
    return Licence(at - len(found.group()), earlier=True) if found else None


def requires(told: Shape, at: int) -> Licence | None:
    """“Bolton and Hounslow require improvement”: a grade that is its own verb."""
    if told.letters[at] != "R" or _after_article(told, at):
        return None
    found = _HAS.search(told.letters, max(0, at - 4), at)
    start = found.start() if found else at
    aside = ASIDE.search(told.letters, max(0, start - REACH), start)
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
        or (told.items[at].value is Grade.INADEQUATE and not _ITS_OWN.search(told.letters, 0, found.start()))
        or (told.items[at].value is Grade.ADEQUATE and re.search("[LSA]h?b$", told.letters[max(0, at - 3) : at]))
        or re.search(r"[VNQOM+]|[GR].*[GR]|bAcfqd?[Sx]b|xbd?A(?:[&c]{1,2}d?A){0,2}cqb", told.letters) is not None
        or (found.start() == 1 and _DATED.match(told.letters, 0) is not None)
        or (
            _AREAS.search(told.letters[: found.start()])
            and "Z" not in told.letters[:at]
            and re.match("[.csk]|&d?[xS]{0,2}A|$", told.letters[at + 1 :])
        )
    )
    return Licence(found.start()) if certain else None


_AREAS = re.compile(
    f"[fi]d?[xU]?wc{LISTED}c[dLSp]{{1,3}}$|(?:^|[.skB]|OjT|OVT|^c?[ij]d?x{{0,2}}L?x{{0,2}}S?c?)(?:(?=[^c&]*[c&].*A){LISTED}|[dSL]{{0,3}}A(?:[iu]d?[LSp])?)(?:c[^.GREW]{{1,16}}c)?$"
)
"""“Adoption, leadership and care leavers are each good”: areas and nothing else."""
_DATED = re.compile("[LS][hb]{1,2}G(?:[ij]x?D|o)[.cs]")
"""“Oldham was good in 2012.”, “Oldham is good overall.”"""
_ITS_OWN = re.compile("(?:[SL]x|xud?[SL])$")
"""“The council’s response was inadequate”: something of the council's, which nobody grades."""


def heads_areas(told: Shape, at: int) -> Licence | None:
    """“Good: adoption, care leavers”, “Good, too, are adoption and leadership”: the grade first, its areas behind."""
    inverted = re.match(r"c{0,2}b(?P<object>[dxuS]{0,3}A(?:[c&]{1,2}[fu]?[dxuS]{0,3}A)*)", told.letters[1:])
    if at == 0 and inverted:
        return Licence(at, (1 + inverted.start("object"), 1 + inverted.end("object")))
    return Licence(at) if at == 0 and re.match("kd?A", told.letters[1:4]) else None


def has_services(told: Shape, at: int) -> Licence | None:
    """“Named as having ‘outstanding’ children’s services”: quoted, or it would be praise."""
    found = re.match("hd?$", told.letters[max(0, at - 1) : at])
    return Licence(at - 1) if found and told.items[at].marked and told.letters[at + 1 : at + 2] == "S" else None


_BESIDE = re.compile(f"[{GRADES}]o?c?jd?$")


def _is_beside(told: Shape, at: int) -> bool:
    """“Rated good, with outstanding leadership”."""
    return (
        _BESIDE.search(told.letters[max(0, at - 5) : at]) is not None
        and "Z" not in told.letters[:at]
        and re.match("A(?:[.cs&]|$)", told.letters[at + 1 : at + 3]) is not None
    )


_IN_FIGURES = re.compile("[U#](?:u|X[U#])c?(?:j|qb|r|k)d?$")


def in_figures(told: Shape, at: int) -> Licence | None:
    """“Three out of four, which means good”, “2 out of 4, which is adequate”."""
    found = _IN_FIGURES.search(told.letters[max(0, at - 8) : at])
    start = re.search("[gV][^.ksGR]{0,8}$", told.letters[: at - len(found.group())]) if found else None
    return Licence(start.start()) if start else None


def graded_area(told: Shape, at: int) -> Licence | None:
    """“Rated ‘good’ overall with ‘outstanding’ leadership”: quoted, beside another grade."""
    beside = re.search(rf"V.*[{GRADES}]", told.letters[max(0, at - REACH) : at])
    if _is_beside(told, at):  # “adequate with good capacity to improve”
        return Licence(at)
    return Licence(at) if beside and told.items[at].marked and told.letters[at + 1 : at + 2] == "A" else None


def is_now_too(told: Shape, at: int) -> Licence | None:
    """“Leadership was good.”, right after a sentence that gives grades."""
    found = _IS.search(told.letters, max(0, at - 8), at)
    ends = re.match("(?:[ij]x?D)?(?:[.sc]|$)", told.letters[at + 1 :])
    subject = told.letters[: found.start()] if found else ""
    return Licence(found.start()) if found and ends and ("A" in subject or subject == "p") else None


def ranked(told: Shape, at: int) -> Licence | None:
    """“The council has been given the highest rating there is”."""
    behind = re.match("[uck]?[GRE]", told.letters[at + 1 : at + 3])  # “its top grade of ‘outstanding’” says it itself
    if re.search("cd?w[^c.]{0,4}$", told.letters[:at]):  # “…, the only area to get the top grade”
        return None
    left = re.search("Xd?$", told.letters[max(0, at - 2) : at])
    if at == 0 and re.match("fd?L?[SA]", told.letters[1:5]):  # “Top marks for Oldham's children's services”
        return Licence(at)
    given = left or re.search("g[dxLSp]{0,3}$|[bVgmxS]i[dO]{1,2}$", told.letters[max(0, at - 4) : at])
    return Licence(at, earlier=bool(left)) if given and not behind else None


def performs(told: Shape, at: int) -> Licence | None:
    """“The council performs adequately”: the annual ratings' own verb."""
    if at and told.letters[at - 1] == "y" and told.letters[at - 2 : at - 1] != "T":
        return Licence(at - 1, earlier=told.letters[at - 2 : at - 1] == "F")
    return None


def good_for_area(told: Shape, at: int) -> Licence | None:
    """“…, and ‘outstanding’ for adoption performance”: a grade with its area behind it, beside another."""
    before = told.letters[max(0, at - REACH) : at]
    beside = told.items[at].marked or re.search(rf"[{GRADES}]|[NMP=][^.s]{{0,8}}[ck(]$", before)
    if re.search("[c&]$", before) and beside and re.match("o(?:[.cs]|$)", told.letters[at + 1 :]):
        return Licence(at, (at, at))  # “Good for leadership, good for adoption and good overall”
    noun = _after_article(told, at) or before.endswith(("g", "U"))  # “We have a good for leadership and for adoption”
    if noun and _FOR_AREAS.match(told.letters, at + 1):
        return Licence(at)
    dashed = (
        told.letters[at - 1 : at] == told.letters[at + 1 : at + 2] == "k"
    )  # “better still – outstanding – for adoption”
    return Licence(at) if beside and _FOR_AREA.match(told.letters, at + 1 + dashed) else None


_FOR_AREAS = re.compile(f"^[dL]{{0,2}}(?:Sf)?Ax{{0,4}}[kc]p$|c?[fi]{LISTED}(?=[.csk)]|$|&f?[de])")


def shared_verb(told: Shape, at: int) -> Licence | None:
    """“Leadership was rated good and adoption inadequate”."""
    found = _SHARED.search(told.letters, max(0, at - 24), at)
    return Licence(at) if found else None


def beside_its_area(told: Shape, at: int) -> Licence | None:
    """“Leadership – inadequate; adoption (good)”, “care leavers are the odd one out: good”."""
    found = _PAIR.search(told.letters, max(0, at - 12), at)
    if not re.match("$|[.cs)k&B]", told.letters[at + 1 : at + 2]):
        return None
    if not found:
        return None
    said_what = "b" in found.group()  # “Care leavers are the odd one out: requires improvement”
    return Licence(found.end() - 1, (found.start(), found.start() + 1) if said_what else None)


RULES: tuple[Callable[[Shape, int], Licence | None], ...] = (
    row,
    performs,
    fronted,
    lost,
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
    in_figures,
    heads_areas,
    has_services,
    graded_area,
    shared_verb,
    says_plainly,
    put_at,
    escaped_with,
    alone,
    report_says,
    is_verdict,
    of_its_service,
    with_its_area,
    headline,
)
IN_SPEECH = frozenset({performs, lost, rated, rated_it, handed, judgement_is, moved_to, moved_from})
"""The rules that also hold in a person's own words, where these tell of an inspection."""


def is_quoted(told: Shape, at: int) -> bool:
    """True where the grade stands in quotation marks of its own."""
    span = told.items[at].span
    marks = {token.span.end: token for token in told.sentence.tokens if token.text in QUOTES}
    opened = marks.get(span.start)
    return opened is not None and any(mark.span.start == span.end for mark in marks.values())


def stands_alone(told: Shape, at: int) -> bool:
    """False where the grade describes the word behind it: “good quality”, “outstanding features”."""
    letters = told.letters
    item = told.items[at]
    if item.letter == "W" or _is_beside(told, at) or (letters[at - 1 : at] == "V" and its_object(told, at)):
        return True
    if not _STANDS.match(letters, at + 1) and not (item.letter == "R" and letters[at + 1 : at + 2] in ("x", "A", "w")):
        behind = letters[at + 1 : at + 2]
        return item.marked and (
            behind in ("A", "S") or letters[at + 1 : at + 3] == "LS" or (letters[at - 1 : at] == "V" and behind == "x")
        )
    return item.marked or item.value is Grade.INADEQUATE or not _JOINED.match(letters, at + 1)
