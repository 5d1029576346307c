"""Which way a sentence about a service points: the words that praise and blame, and the words that turn them round."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from site_builder.lexicon import Lexicon
from site_builder.lexicon.cues import FindingWords
from site_builder.model import Grade, Polarity

_WEAKNESS_WEIGHS = 1.25  # readers remember the bad news of a mixed sentence
_DENIAL_WEIGHS = 0.75  # “leaders do not check”: what is denied and in no list is mostly bad
_FALLS = 10  # words behind a burden in which it falls or rises
_BLAMED = 8  # words in which what is denied of anyone is named
_BEFORE, _AFTER = 6, 6  # words over which a reverser reaches
_ATTRIBUTIVE = (Grade.OUTSTANDING, Grade.GOOD)  # “good direct work”, but not “inadequate services”
_ENOUGH = frozenset({"enough"})
_LENGTHS = frozenset({"weeks", "months", "years"})
_WITHOUT = frozenset({"without"})
_HEAD = 4  # words at the head of a sentence
_ANY = frozenset({"any", "single"})
_PRAISES = frozenset({"praise", "thank", "say", "speak", "recommend"})
_NO = frozenset({"no"})
_THERE = (("there", "is"), ("there", "'s"), ("there", "was"), ("there", "are"), ("there", "were"))
_ONLY = frozenset({"only", "just", "barely", "scarcely", "merely"})
_SHARES = frozenset({"half", "third", "quarter", "fifth", "cent", "%", "fraction"})
_AGENCY = frozenset({"agency"})
_HIRED = frozenset({"worker", "workers", "staff", "social"})
_LACKING = (("without", "a"), ("without", "any"))
_QUANTIFIED = 8  # words over which “no child” and “none of the children” reach


@dataclass(frozen=True, slots=True)
class Balance:
    """How much a sentence praises and how much it blames."""

    good: float
    bad: float

    @property
    def polarity(self) -> Polarity | None:
        """The way it points; None where it says neither good nor bad."""
        if not self.good and not self.bad:
            return None
        return Polarity.STRENGTH if self.good > self.bad else Polarity.WEAKNESS


def balance(folds: tuple[str, ...], lexicon: Lexicon) -> Balance:
    """What the folded words of a sentence weigh, each turned round by the words beside it.

    A grade and the name of an area weigh nothing: “judged good for help and protection” only tells of a grade.
    """
    words = lexicon.findings
    if any(first < _HEAD for first, _, _ in words.headed.find(folds)):  # “Areas to improve are the clarity of plans …”
        return Balance(0, _WEAKNESS_WEIGHS)
    weights = _weights(folds, words)
    quiet = silent(folds, lexicon)
    good = bad = 0.0
    used = [False] * len(folds)
    for place in _places(folds, words.burdens):  # “caseloads have dropped”: the verb blames nothing
        if _direction(folds, place, words) is Polarity.STRENGTH:
            falls = [near for near in range(place, min(place + _FALLS, len(folds))) if folds[near] in words.falling]
            for near in (place, *falls[:1]):
                quiet[near] = True
            if falls and folds[falls[0] - 1] in lexicon.speech.be:  # “vacancies are rare”
                quiet[falls[0] - 1] = True
    for first, after, _ in words.harms.find(folds):  # “fewer children go missing”, “children run away less often”
        beside = [*range(max(0, first - _BEFORE), first), *range(after, min(after + _HEAD, len(folds)))]
        fewer = [place for place in beside if folds[place] in words.fewer]
        if fewer:
            good += weights[first]
        elif any(folds[place] in words.more for place in beside):
            bad += _WEAKNESS_WEIGHS * weights[first]
        for place in fewer:
            quiet[place : place + 2] = [True] * len(quiet[place : place + 2])
    for place in _places(folds, _AGENCY):  # “have not had an agency worker for years”
        hired = folds[place + 1 : place + 2] != () and folds[place + 1] in _HIRED
        no = next((n for n in range(place - 1, max(place - _BEFORE, -1), -1) if folds[n] in words.negators), None)
        if hired and no is not None and words.contrasts.isdisjoint(folds[no:place]):
            quiet[max(0, no - 1) : place + 2] = [True] * (place + 2 - max(0, no - 1))
            used[no] = True
            good += weights[place]
    for first, after, polarity in words.polarity.find(folds):
        if all(quiet[first:after]):
            continue
        if folds[after - 1] == "rare" and any(used[max(0, first - 2) : first]):  # “drift is rare”
            continue
        denies = folds[after - 1] in words.quantifiers or folds[first] in words.seldom or folds[first:after] in _LACKING
        if denies and _blames(folds, after, words):  # “has no weaknesses”, “are rarely placed in unsuitable homes”
            continue
        if polarity is Polarity.WEAKNESS and (_is_raised(folds, first, after) or _is_owned(folds, first)):
            continue
        if polarity is Polarity.WEAKNESS:
            turned = folds[first] not in words.wanted and _turned(folds, first, after, used, words)
        else:
            turned = not _denied(folds, first, used, words)
            if turned and (_wished(folds, first, words) or _lessened(folds, first, used, words)):
                continue
        used[first:after] = [True] * (after - first)
        if turned:
            good += weights[first]
        else:
            bad += _WEAKNESS_WEIGHS * weights[first]
    for first, after, grade in lexicon.grades.find(folds):  # “staff morale is good”
        ends = after == len(folds) or not folds[after].isalpha() or folds[after] in lexicon.speech.prepositions
        if not ends or grade not in _ATTRIBUTIVE or any(quiet[first:after]) or any(used[first:after]):
            continue
        if _denied(folds, first, used, words):
            bad += _WEAKNESS_WEIGHS * weights[first]
        elif not _wished(folds, first, words) and not _lessened(folds, first, used, words):
            good += weights[first]
    for place in _places(folds, words.burdens):
        way = _direction(folds, place, words)
        used[place] = way is not None
        good += weights[place] * (way is Polarity.STRENGTH)
        bad += _WEAKNESS_WEIGHS * weights[place] * (way is Polarity.WEAKNESS)
    for first, _, _ in words.hazards.find(folds):
        if _ruled_out(folds, first, used, words):
            good += 1.5 * weights[first]
        elif not words.exposed.isdisjoint(folds[max(0, first - 2) : first]):
            bad += weights[first]
    for place in _places(folds, _ENOUGH):
        if denial := next((n for n in range(max(0, place - 4), place) if folds[n] == "not"), None):
            if folds[denial + 1] in _PRAISES:  # “could not praise their managers enough”
                continue
            used[denial] = True  # “but not fast enough”
            bad += _WEAKNESS_WEIGHS * weights[place]
    for place in _places(folds, words.changed):
        if _churns(folds, place, lexicon):  # “had six social workers in a year”
            bad += _WEAKNESS_WEIGHS * weights[place]
    for place in _places(folds, words.loads):
        if _is_load(folds, place, words):
            bad += _WEAKNESS_WEIGHS * weights[place]
    for place in _places(folds, _WISHING):
        ahead = folds[max(0, place - _HEAD) : place]  # “They would, however, like more choice”
        if "would" in ahead and words.negators.isdisjoint(ahead) and not used[place]:
            bad += _WEAKNESS_WEIGHS * weights[place]
    for place in _places(folds, _NO):  # “there's no plan for when carers are away”
        weighed = any(used[place : place + _BEFORE]) or any(quiet[place : place + _HEAD])
        if folds[max(0, place - 2) : place] in _THERE and not weighed and not words.hazards.find(folds[place:]):
            used[place] = True
            bad += _DENIAL_WEIGHS * weights[place]
    for place in _places(folds, _ONLY):
        share = folds[place + 1 : place + _HEAD]
        ratio = share[1:2] == ("in",) and is_number(share[-1], lexicon)
        if (ratio or not _SHARES.isdisjoint(share)) and not used[place]:  # “just two in five”
            used[place] = True
            bad += _WEAKNESS_WEIGHS * weights[place]
    for place in _places(folds, _WITHOUT):
        following = folds[place + 1] if place + 1 < len(folds) else ""
        if following.endswith("ing") and following not in words.relieved and not used[place]:
            used[place] = True  # “sign off decisions without recording their reasons”
            bad += _WEAKNESS_WEIGHS * weights[place]
    for place in _places(folds, words.denials):
        a_little = folds[place] == "little" and folds[max(0, place - 1)] == "a"  # “fares a little better”
        if a_little or _sets_apart(folds, place, lexicon) or _only_tells_which(folds, place):
            continue
        if not (used[place] or quiet[place]) and folds[place + 1 : place + 2] != ("only",):
            bad += _DENIAL_WEIGHS * weights[place]
    return Balance(good, bad)


def _churns(folds: tuple[str, ...], place: int, lexicon: Lexicon) -> bool:
    """True where somebody has had many of what should be one: “six managers in 18 months”, “nine homes in a year”."""
    number = next(
        (n for n in range(place - 1, max(place - 4, -1), -1) if folds[n].isdigit() or folds[n] in lexicon.cardinals),
        None,
    )
    if number is None or number == 0:
        return False
    many = int(folds[number]) if folds[number].isdigit() else lexicon.cardinals[folds[number]]
    through = not _THROUGH.isdisjoint(folds[max(0, number - _BEFORE) : number])
    soon = folds[place + 1 : place + 2] != () and folds[place + 1] in _INSIDE
    since = folds[place + 1 : place + 2] == ("since",)
    return (
        _FEW < many < _CROWD
        and through
        and soon
        and (since or not _PERIODS.isdisjoint(folds[place + 2 : place + _BEFORE]))
    )


def _is_raised(folds: tuple[str, ...], first: int, after: int) -> bool:
    """True for trouble of which only the coming is told: “on the day that a concern is raised”, “if it arises”."""
    opens = not _OPENS.isdisjoint(folds[max(0, first - _HEAD) : first])
    return opens and any(fold in _RAISED for fold in folds[after : after + 3])


def _is_owned(folds: tuple[str, ...], first: int) -> bool:
    """True for trouble for whose handling somebody is praised: “praised for facing up to poor practice”."""
    near = folds[max(0, first - _QUANTIFIED) : first]
    return any(pair in _PRAISED_FOR for pair in pairwise(near)) and "but" not in near


_OPENS = frozenset({"when", "if", "whenever", "once", "that", "day", "hour", "moment", "soon", "time", "wherever"})
_RAISED = frozenset(
    {"raised", "arises", "arise", "arose", "reported", "emerges", "emerge", "emerged", "surfaces", "surface"}
)
_PRAISED_FOR = frozenset(
    (verb, "for") for verb in ("praised", "praise", "credit", "credited", "commended", "applauded")
)


def _only_tells_which(folds: tuple[str, ...], place: int) -> bool:
    """True where a denial only says which children or why: “whose first language is not English”."""
    near = folds[max(0, place - _HEAD) : place]
    whose = "whose" in near and not _MAIN.isdisjoint(folds[place + 1 :])
    return "," not in near and (whose or "why" in near)


def is_number(fold: str, lexicon: Lexicon) -> bool:
    """True for a number in figures or in words."""
    return fold.isdigit() or fold in lexicon.cardinals


def _is_load(folds: tuple[str, ...], place: int, words: FindingWords) -> bool:
    """True where a number tells of too many cases: “one was carrying 31 cases”, “35 children on their books”."""
    number = next((n for n in range(place - 1, max(place - 3, -1), -1) if folds[n].isdigit()), None)
    if number is None or not _HEAVY <= int(folds[number]) < _NO_LOAD:
        return False
    held = not words.carrying.isdisjoint(folds[max(0, number - _BEFORE) : number])
    return held or not _BOOKS.isdisjoint(folds[place : place + _HEAD + 1])


_WISHING = frozenset({"like", "welcome", "prefer"})
_HEAVY, _NO_LOAD = 20, 80  # cases that are too many for one, and figures that are not one's
_BOOKS = frozenset({"books", "each", "apiece"})
_FEW, _CROWD = 2, 20
_THROUGH = frozenset({"who'd", "'d", "had", "has", "have", "given", "through", "seen", "met", "with", "in", "lived"})
_INSIDE = frozenset({"in", "within", "over", "inside", "since", "during", "before"})
_PERIODS = frozenset({"year", "years", "months", "month", "weeks"})


def _sets_apart(folds: tuple[str, ...], place: int, lexicon: Lexicon) -> bool:
    """“Plans are written with the young person and not about them”, “for life, not as a favour”: no blame."""
    before, after = folds[max(0, place - 1) : place], folds[place + 1 : place + 2]
    apart = before in (("and",), (",",), ("but",)) and folds[place] == "not"
    return apart and bool(after) and after[0] in _APART | lexicon.speech.prepositions


_APART = frozenset({"as", "by", "a", "an", "the", "every", "just", "merely", "simply", "because", "their", "its"})


def _places(folds: tuple[str, ...], words: frozenset[str]) -> list[int]:
    """Where one of `words` stands; most sentences have none."""
    return [] if words.isdisjoint(folds) else [place for place, fold in enumerate(folds) if fold in words]


def silent(folds: tuple[str, ...], lexicon: Lexicon) -> list[bool]:
    """True for the words of grades and areas, but not for a grade before its noun: “good direct work”."""
    quiet = [False] * len(folds)
    for first, after in grades(folds, lexicon):
        quiet[first:after] = [True] * (after - first)
    for first, after, _ in lexicon.areas.find(folds):
        if after - first > 1:
            quiet[first:after] = [True] * (after - first)
    for first, after, _ in lexicon.findings.names.find(folds):
        quiet[first:after] = [True] * (after - first)
    if folds[:2] == ("well", ","):
        quiet[0] = True
    return quiet


def grades(folds: tuple[str, ...], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where a sentence names grades: the place of the first word and the place after the last."""
    named = lexicon.grades.find(folds)
    if not named:
        return []
    praised = lexicon.findings.judged_things.isdisjoint(folds) and not lexicon.areas.find(folds)
    speech = lexicon.speech
    found = []
    for first, after, grade in named:
        following = folds[after] if after < len(folds) else ""
        small = following in speech.small or following in speech.prepositions or following in speech.clauses
        attributive = following.isalpha() and not small and not following.endswith("ing")
        judged = not lexicon.findings.judging.isdisjoint(folds[max(0, first - 4) : first])
        if judged or grade not in _ATTRIBUTIVE or not (attributive or praised):
            found.append((first, after))
    return found


def _blames(folds: tuple[str, ...], place: int, words: FindingWords) -> bool:
    """True where the next words say something bad."""
    following = folds[place : place + _BLAMED]
    found = (way for _, _, way in words.polarity.find(following))
    return Polarity.WEAKNESS in found or bool(words.hazards.find(following))


def _weights(folds: tuple[str, ...], words: FindingWords) -> list[float]:
    """How much each word counts: more after “but”, less in an aside, up to its comma."""
    if words.contrasts.isdisjoint(folds) and words.asides.isdisjoint(folds):
        return [1.0] * len(folds)
    weights, main, now, since = [], 1.0, 1.0, 0
    for place, fold in enumerate(folds):
        since += 1
        if fold in words.contrasts:
            main = now = 1.3
        elif fold in words.asides:
            now, since = 0.6, 0
        elif fold in _MAIN and folds[place - since] in _WHO and since > 1:
            now = main  # “Mentors who grew up here are trusted”
        elif fold in (",", ";", ":", "-"):
            now = main
        weights.append(now)
    return weights


_MAIN = frozenset({"is", "are", "was", "were", "has", "have", "had", "go", "goes", "went", "remain", "remains", "get"})
_WHO = frozenset({"who", "which", "whose"})
_ENDS = frozenset({"end", "ended", "ending"})
_ENDINGS = frozenset({"without", "up", "in", "before", "with", "too", "late", "early"})
_BESIDE = 2  # words over which “not” reaches “too”
_EMBEDDED = frozenset({"how", "what", "whether", "why"})


def _turned(folds: tuple[str, ...], first: int, after: int, used: list[bool], words: FindingWords) -> bool:
    """True where the words beside a weakness say that it is not there, or no longer."""
    if folds[first] in _LENGTHS:  # “are not visited for months on end”
        return False
    whole = any(fold in words.quantifiers and (place < 2 or folds[place - 1] == "that") for place, fold in _head(folds))
    # “Nobody who rings the front door after five is left without an answer”
    for place in range(first - 1, -1 if whole else max(0, first - _QUANTIFIED) - 1, -1):
        fold = folds[place]
        if fold in words.contrasts or (whole and fold in (",", ";")):
            break
        if fold in words.quantifiers:
            used[place] = True
            return True
        far = folds[first] == "too" and first - place > _BESIDE  # “are not in place for too many children”
        if fold in words.denials and (far or not _EMBEDDED.isdisjoint(folds[place:first])):
            continue  # “have not grasped how bad it is”
        if fold == "free" and folds[place + 1] in ("of", "from"):  # “free of jargon”
            return True
        if fold == "less" and first - place > _BESIDE:  # “the less urgent ones drift”
            continue
        if fold in _ENDS and folds[place + 1] in _ENDINGS:  # “meetings end without anyone being given a task”
            continue
        if fold in words.denials and _resumes(folds, place, first):
            continue
        if fold == "few" and place and folds[place - 1] == "a":
            continue
        if first - place <= _BEFORE and (fold in words.reversers or fold in words.seldom) and not used[place]:
            if any(before in words.negators or before == "yet" for before in folds[max(0, place - 2) : place]):
                return False
            used[place] = True
            return True
    if _is_bygone(folds, first):
        return True
    if any(fold in words.denials for fold in folds[first:after]):  # “are not always identified”
        return False
    for place in range(after, min(after + _AFTER, len(folds))):
        clause = folds[place] in (",", ";") and folds[place + 1 : place + 2] != ("which",)
        if folds[place] in words.contrasts or clause:
            return False
        if folds[place] in words.after_reversers:
            if place == after and folds[first].endswith("ly"):  # “poorly understood”
                return False
            return not any(fold in words.negators for fold in folds[after:place])
        if folds[place] == "down" and folds[place - 1] in _COME:  # “unsuitable homes have come down”
            return True
    return False


def _resumes(folds: tuple[str, ...], place: int, first: int) -> bool:
    """True where a denial stands in a clause that is over: “young people whose parents do not drive go unseen”."""
    clause = any(fold in _WHO for fold in folds[max(0, place - _BEFORE) : place])
    return clause and first - place > 1 and folds[first - 1] in _MAIN


_COME = frozenset({"come", "came", "comes", "coming", "gone", "going", "went", "brought"})


def _is_bygone(folds: tuple[str, ...], first: int) -> bool:
    """True for what used to be: “officers who used to be passive”, “who would once have been split up”."""
    near = folds[max(0, first - _BEFORE) : first]
    once = next((place for place, pair in enumerate(pairwise(near)) if pair in _ONCE), None)
    return once is not None and not any(fold in ("but", "now", ",", ";") for fold in near[once:])


_ONCE = frozenset({("used", "to"), ("would", "once"), ("might", "once"), ("would", "previously"), ("had", "once")})


def _head(folds: tuple[str, ...]) -> list[tuple[int, str]]:
    return list(enumerate(folds[:_QUANTIFIED]))


def _denied(folds: tuple[str, ...], first: int, used: list[bool], words: FindingWords) -> bool:
    """True where the words before a strength deny it: “not always recorded well”."""
    for place in range(first - 1, max(0, first - 4) - 1, -1):
        if folds[place] in words.contrasts or folds[place] in (",", ";"):
            return False
        some = (
            folds[place] in ("few", "little") and place > 0 and folds[place - 1] == "a"
        )  # “a few things were praised”
        if (
            folds[place] in words.negators
            and not some
            and folds[place + 1 : place + 2] != ("only",)
            and not used[place]
        ):
            used[place] = True
            return True
    few = next(
        (place for place in range(first - 1, max(0, first - _QUANTIFIED) - 1, -1) if folds[place] == "few"), None
    )
    if few is not None and folds[max(0, few - 1)] != "a" and not used[few]:  # “few disabled children have a clear plan”
        used[few] = True
        return True
    return False


def _lessened(folds: tuple[str, ...], first: int, used: list[bool], words: FindingWords) -> bool:
    """True where the word before a strength is blame already: “insufficient management grip”."""
    return any(used[place] and folds[place] in words.negators for place in range(max(0, first - _BEFORE + 1), first))


def _wished(folds: tuple[str, ...], first: int, words: FindingWords) -> bool:
    """True where a strength is only wished for: “should be able to get help easily”, “too soon to see progress”."""
    for place in range(first - 1, max(0, first - _QUANTIFIED) - 1, -1):
        if folds[place] in words.contrasts or folds[place] in (",", ";", ":"):
            return False
        if folds[place] in words.modals or (folds[place] in ("need", "needs") and folds[place + 1] == "to"):
            return True
        if folds[place] == "too" and "to" in folds[place:first]:
            return True
    return False


def _direction(folds: tuple[str, ...], place: int, words: FindingWords) -> Polarity | None:
    """Which way a burden at `place` moves: “caseloads are falling”, “high turnover”."""
    for near in (*range(place - 1, max(0, place - 2) - 1, -1), *range(place + 1, min(place + _FALLS, len(folds)))):
        if folds[near] in (",", ";", ":") or folds[near] in words.contrasts or folds[near] in words.asides:
            break
        if folds[near] in words.falling:
            return Polarity.STRENGTH
        if folds[near] in words.rising and folds[near - 1] not in ("make", "makes", "made", "making"):
            return Polarity.WEAKNESS
    return None


def _ruled_out(folds: tuple[str, ...], first: int, used: list[bool], words: FindingWords) -> bool:
    """True where a hazard is denied of everyone: “no child was at risk”, “did not find any child in danger”."""
    before = range(max(0, first - 2 * _BEFORE), first)
    for place in before:
        whole = folds[place] in words.quantifiers
        if whole or (folds[place] in words.denials and not _ANY.isdisjoint(folds[place:first])):
            used[place] = True
            return True
    return False
