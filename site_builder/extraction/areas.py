"""What a grade is said of: the areas before it and behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_builder.extraction.shapes import GRADES, Item, Shape
from site_builder.model import Area

REACH = 48
"""How many words to either side of a grade a rule looks, so that a text without a full stop stays linear."""

LISTED = "d{0,2}[dxuSLUj]{0,5}[Ao](?:[iu]d?[LSp])?(?:[c&]{1,3}[fiutd]{0,2}[dxuSLj]{0,6}[Ao](?:[iu]d?[LSp])?)*"
"""Areas that share one grade: “A, B and the council’s work with C”, “A, for B and for C”."""
_GENERIC = re.compile("[SLOeNQM]|px?d?$|^Uu[dx#U]*C|^[db&hc]*$")
"""A subject that is the service as a whole, or none but "both"."""


def led_by(told: Shape, subject: tuple[int, int]) -> tuple[Area, ...]:
    """“On leadership, the council was judged”: the area stands before the comma."""
    lead = _LEAD.match(told.letters, told.letters.rfind("s", 0, subject[0]) + 1)
    return areas_among(told.items[lead.start() : lead.end()]) if lead and lead.end() <= subject[0] else ()


_LEAD = re.compile(
    f"[fi][dx]{{0,2}}A(?:c?&?[fi]d?A)*(?:[^cVb]{{0,12}}c|(?=d?[LSp]))|[fi][dxUu]{{0,5}}w(?:[ck]{LISTED}[ck]|[k(]{LISTED}[k)]c?)"
)
"""“On leadership, the council was”, “in the other two areas, leadership and adoption, it”."""


def of_the_service(told: Shape, at: int, subject: str) -> bool:
    """True where a grade without an area is of the service as a whole."""
    return _GENERIC.search(subject) is not None or _SO_GRADED.match(told.letters, at + 1) is not None


_SO_GRADED = re.compile("[oO]{0,2}N|[oO]?[fi]?e|c?[tf]d?[LS]")
"""“Good in every area”, “its lowest grade, inadequate, to the council's services”."""
NEAR = 16
"""How many words before a grade by its rank the council stands."""


def meant_by_it(told: Shape, subject: tuple[int, int]) -> tuple[Area, ...]:
    """“Fostering was the first to be mended, and it has risen from …”: the area that the sentence began with."""
    letters = told.letters[subject[0] : subject[1]]
    for_whom = re.search("A(?:[c&]{1,2}d?x?A)*cf?q(?:d?[SOLx]{1,2}N?|d?N|p)?$", told.letters[: subject[1]])
    if for_whom:  # “The exception was care leavers, for whom the service is good”
        return areas_among(told.items[for_whom.start() : for_whom.end()])
    there = re.search("AcT(?:[dxc]{0,6}|d?S)$", told.letters[: subject[1]])
    if there and re.fullmatch("[dxc]*|d?S", letters):  # “… apart from care leavers, where the new grade is good”
        return areas_among(told.items[there.start() : there.start() + 1])
    given = re.search("d?Ac?&?g$", told.letters[: subject[0]]) if letters == "p" else None
    if given:  # “Inspectors praised the adoption service, giving it an outstanding”
        return areas_among(told.items[given.start() : given.end()])
    star = re.match("d?x?A[^GREVSLcs]{0,12}(?=cjd?$)", told.letters[: subject[1]])
    if star:  # “Adoption was the star of the report, with a grade of outstanding”
        return areas_among(told.items[: star.end()])
    best = re.search("(?<=c)d?Ab[^GREVSLcs]{1,12}(?=j?d?$)", told.letters[: subject[1]])
    if best:  # “…, adoption being the best of them with a grade of good”
        return areas_among(told.items[best.start() : best.end()])
    first = not re.search(f"[{GRADES}B]", told.letters[: subject[0]])
    both = first and re.fullmatch(
        "[dx]{0,5}cd?", letters
    )  # “Adoption and care leavers were the bright spots, both judged good”
    if re.sub("^[ij]x?Dc?", "", letters).strip("&cd") != "p" and not both:
        return ()
    where = re.search("AcT(?:pb?V)?$", told.letters[: subject[0]])
    if where:  # “All but adoption, where it was told that it requires improvement”
        return areas_among(told.items[where.start() : where.start() + 1])
    head = re.match("[Ldx]{0,2}(?:Sf)?A(?:&d?A)?S?(?:[hb]|x{1,3}k$)|x?Uwk[^k.]{1,16}k", told.letters[: subject[0]])
    return areas_among(told.items[: head.end()]) if head else ()


def areas_among(items: Sequence[Item]) -> tuple[Area, ...]:
    """The areas that `items` name, each once, in reading order; overall is none of them."""
    return tuple(dict.fromkeys(item.value for item in items if isinstance(item.value, Area) and item.letter == "A"))


_LISTED = re.compile(rf"[^{GRADES}.s]{{0,60}}")
_LISTED_BELOW = re.compile(rf"[^{GRADES}.]{{0,80}}")
"""After a colon a list goes on over semicolons."""
_LEADS_TO_AREAS = re.compile(
    r"(?:(?:[fi]d?)?o(?:c?&|c(?=[fi])))?(?:(?:c(?![fi]d?[dxSLu]{0,4}A[c&fdxSLuA]{0,12}[GR]))?d?(?=[fi]d?[dxSLuo]{0,6}A))?[oNQM]{0,2}[hbVg]{0,3}(?:j[OLSD]{0,3})?(?:[fiu]|k(?:d?oc)?|(?<=[Ng])t|c?h?mt|(?<=g[GR])t|(?<=gd[GR])t|[fi][dU#uw]{1,6}[kc(])(?P<between>(?:[dxSLuwfie&U#p]|o(?=ud?A)){0,9})A"
)
_ALL_AREAS_LIST = re.compile(r"(?:oc?&)?[fi]?[iu]?e[xpOi]{0,4}k")
_OBJECT = re.compile(f"(?<=V[GRE])(?={LISTED}[dxSL]{{0,4}}(?:[.cs]|$))(?P<between>[dxSLuj]{{0,6}})A")
"""“Judged inadequate both the council’s work with A and the way B”: the verb's object behind its grade."""
_VERB = re.compile(r"[bhVgmTBH]|j(?!(?<=xj)d?A(?:[.cs&]|$))")
_RELATIVE = re.compile(r"T[xdpS]{1,3}(?=[c&.s]|$)")
"""“The support that children receive, …”: a list of areas goes on behind it."""


def its_object(told: Shape, at: int) -> bool:
    """True where the verb before the grade has areas behind it: “judged inadequate both adoption and leadership”."""
    return _OBJECT.match(told.letters, at + 1) is not None


def areas_behind(told: Shape, at: int) -> tuple[tuple[Area, ...], int]:
    """The areas that a preposition or a colon ties to the grade before them, and where they end."""
    letters = told.letters
    colon = _ALL_AREAS_LIST.match(letters, at + 1)
    if colon:  # “in each of the key areas: A; the way that B are looked after; and C.”
        stop = next((n for n in range(colon.end(), len(letters)) if letters[n] in GRADES + "."), len(letters))
        named = areas_among(told.items[colon.end() : stop])
        return ((Area.OVERALL, *named) if "o" in letters[at:stop] else named), stop
    lead = _LEADS_TO_AREAS.match(letters, at + 1) or _OBJECT.match(letters, at + 1)
    if not lead:
        return (), at + 1
    listed = (_LISTED_BELOW if "k" in lead.group() else _LISTED).match(letters, lead.end() - 1)
    stop = listed.end() if listed else lead.end()
    verb = next((v for v in _VERB.finditer(letters, lead.end(), stop) if not _RELATIVE.match(letters, v.start())), None)
    if verb:  # “good for leadership, and adoption was inadequate”: what follows the comma has its own verb
        cut = max(letters.rfind(mark, lead.end(), verb.start()) for mark in "c&k")
        stop = cut if cut > 0 and verb.group() != "j" else verb.start()
    last = max((n for n in range(lead.end() - 1, stop) if letters[n] == "A"), default=lead.end() - 1)
    if re.match(rf"[xd]?[{GRADES}]", letters[last + 1 : last + 3]) and last > lead.end():
        last -= 1  # the next grade's own area: “good for leadership and adoption outstanding”
    areas = areas_among(told.items[lead.end() - 1 : last + 1])
    whole = re.match("(?:fx)?c?&d?o", letters[last + 1 : last + 7])  # “… and overall effectiveness”
    if whole and (told.items[last + whole.end()].value is Area.OVERALL or last + 1 + whole.end() >= len(letters) - 1):
        return (Area.OVERALL, *areas), last + 1 + whole.end()
    return areas, last + 1


_BOUNDARY = re.compile(rf"[.skTV()ymbhBX{GRADES}]|(?<!&dx)(?<!&x)j|j(?!d?A)|H(?=x+c[LS])|g(?!t)")
ASIDE = re.compile("c(?:[qTV][^.sk]{1,40}|[Oj][^.skc]{1,20})c[hbd]*$")
"""“A and B, which share a director with C, were rated”."""
_A_SERVICE_THAT = re.compile("(?<=[Axc])[hbVt]{0,4}[gh]d?x?ST[hb]{0,2}$")
"""“Children in care get a service that requires improvement”: said of them."""
_EMPTY = re.compile(r"[&cdhDotqnaF]*")
"""Words without a noun of their own: the subject stands further back."""
_A_TIME = re.compile(r"[&cdhDotqnaF]*Ux")
"""“Which four years earlier had been judged”."""
_ONLY_AREA = re.compile(r"[dxU]*w[dx]*")


def subject_before(told: Shape, end: int) -> tuple[int, int]:
    """First and after the last item of what stands before a licence as its subject.

    Back to the verb or mark before it; further back where there is no noun (“was inspected too, and came out as”),
    and over the commas of a list.
    """
    letters = told.letters
    floor = max(0, end - REACH)
    aside = ASIDE.search(letters, floor, end) or _A_SERVICE_THAT.search(letters, floor, end)
    if aside:
        end = aside.start()
    start = stop = end
    for _ in range(5):
        bounds = [found.end() for found in _BOUNDARY.finditer(letters, floor, stop)]
        start = bounds[-1] if bounds else floor
        stretch = letters[start:stop]
        if stretch.endswith("o") and letters[stop : stop + 1] == "N":  # “…, the overall verdict was”
            break
        said_again = stretch == "p" and letters[start - 3 : start] == "bVT"  # “the board was told that it requires”
        handed_over = letters[start - 1 : start] == "g" and re.fullmatch("[dxo=]*", stretch)
        among = stretch.endswith("t") and letters[start - 1 : start] == "b"  # “the first in the region to be rated”
        empty = _EMPTY.fullmatch(stretch) or _ONLY_AREA.fullmatch(stretch)
        passed_over = empty or said_again or handed_over or among
        coordinated = re.fullmatch("[^SLAZCK]*&", stretch)  # “were inspected in January and are rated”
        if start <= floor or not (passed_over or (coordinated and start < stop and letters[start - 1] in "bhVg")):
            break
        stop = start - 1
    chunks = letters[start:stop].split("c")
    first = start
    if len(chunks) > 1:
        kept = len(chunks) - 1
        while kept > 0 and (_is_empty(told, "".join(chunks[kept:]), stop) or _continues(chunks, kept)):
            kept -= 1
        first = start + sum(len(chunk) + 1 for chunk in chunks[:kept])
    return first, max(first, stop)


def _is_empty(told: Shape, stretch: str, stop: int) -> bool:
    a_time = told.letters[stop : stop + 1] == "j" and _A_TIME.fullmatch(stretch)
    return bool(a_time or _EMPTY.fullmatch(stretch))


def _continues(chunks: Sequence[str], kept: int) -> bool:
    """True where the chunk before is of one list with those kept."""
    later = "".join(chunks[kept:])
    if any(chunk.endswith("&") and "A" in chunk for chunk in chunks[max(0, kept - 2) : kept]):
        return True  # “leadership, help and protection and, as a consequence, the service as a whole”
    if "o" in chunks[kept - 1] and _JOINED_AREAS.search(later):
        return True  # “The overall grade, leadership and adoption”
    return any(letter in chunks[kept - 1] and letter in later for letter in "AL")


_JOINED_AREAS = re.compile("A.{0,6}&.{0,6}A")
