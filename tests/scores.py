"""How much of what a careful reader found in an article extraction finds too, field by field.

A gold file has the front matter's keys. A list of values means that any of them is right; a judgement marked
`optional` may be said or left out; `starts` is how a passage begins; `boilerplate` must not be in the body, `keep`
must. Facts are counted over all articles together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """Facts of one field: wanted, said, wanted and said."""

    wanted: int
    said: int
    right: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.wanted + self.said) if self.wanted + self.said else 1.0


def measured(articles: Iterable[tuple[Case, Case, str]]) -> dict[str, float]:
    """F1 of each field over articles, each as gold facts, extracted facts (with `body`) and raw text."""
    wanted, said, right = Counter[str](), Counter[str](), Counter[str]()
    for gold, found, raw in articles:
        for name, count in _facts(gold, found, raw):
            wanted[name] += count.wanted
            said[name] += count.said
            right[name] += count.right
    counts = {name: Count(wanted[name], said[name], right[name]) for name in {*wanted, *said}}
    return {name: count.f1 for name, count in sorted(counts.items()) if count.wanted or count.said}


def _facts(gold: Case, found: Case, raw: str) -> Iterable[tuple[str, Count]]:
    for name in ("published", "report_url", "authority"):
        yield name, _value(gold.get(name), found.get(name))
    if gold.get("title"):  # an article without a headline gets one made from its facts
        yield "title", _value(gold["title"], found.get("title"))
    for name in ("name", "url", "kind"):
        part = gold.get("source", {}).get(name)
        if part or name != "kind":
            yield f"source.{name}", _value(part, found.get("source", {}).get(name), holds=name == "name")
    for name in ("authorities", "themes"):
        yield name, _sets(gold.get(name, ()), found.get(name, ()))
    for one, other in _pairs(gold.get("inspections", []), found.get("inspections", [])):
        yield from _inspection(one, other)
    yield from _passages(gold, found)
    body = _bare(found.get("body", ""))
    for words in gold.get("boilerplate", ()):
        yield "boilerplate removed", Count(1, 1, _bare(words) not in body)
    for words in gold.get("keep", ()):
        yield "text kept", Count(1, 1, _bare(words) in body)
    for inspection in found.get("inspections", ()):
        for fact in (inspection, *inspection.get("judgements", ()), *inspection.get("tallies", ())):
            stretches = _all(fact.get("evidence"))
            true = bool(stretches) and all(_bare(words) in _bare(raw) for words in stretches)
            yield "evidence verbatim", Count(1, 1, true)


def _inspection(gold: Case, found: Case) -> Iterable[tuple[str, Count]]:
    role = (gold or found)["role"]
    yield f"inspection.{role}", Count(bool(gold), bool(found), bool(gold and found))
    yield "framework", _value(gold.get("framework"), found.get("framework"))
    if role == "previous":  # one date is all that an earlier inspection needs
        dates = [day for key in ("started", "ended") for day in _all(gold.get(key))]
        when = [found[key] for key in ("started", "ended") if key in found]
        yield (
            "dates.previous",
            _value(dates or None, next((day for day in when if day in dates), next(iter(when), None))),
        )
    else:
        for key in ("started", "ended"):
            yield "dates.subject", _value(gold.get(key), found.get(key))
    yield f"dates.{role}", _value(gold.get("report_published"), found.get("report_published"))
    yield "ordinal", _value(gold.get("ordinal"), found.get("ordinal"))
    yield "focus", _sets(gold.get("focus", ()), found.get("focus", ()))
    may = {(each["area"], each["grade"]) for each in gold.get("judgements", ()) if each.get("optional")}
    must = {(each["area"], each["grade"]) for each in gold.get("judgements", ())} - may
    yield f"judgements.{role}", _sets(must, {(j["area"], j["grade"]) for j in found.get("judgements", ())} - may)
    yield "tallies", _sets(_counts(gold), _counts(found))


def _passages(gold: Case, found: Case) -> Iterable[tuple[str, Count]]:
    quotes = [quote for quote in found.get("quotes", ()) if quote.get("speaker")]
    pairs = _matched(gold.get("quotes", []), quotes, lambda one, other: other["speaker"] in _all(one["speaker"]))
    yield "quotes", _passage_count(gold.get("quotes", []), quotes, pairs)
    for one, other in pairs:
        yield "quotes.role", _value(one.get("role"), other.get("role"), holds=True)
        if one.get("organisation"):
            yield "quotes.organisation", _value(one["organisation"], other.get("organisation"), holds=True)
    words = [{"starts": starts} for starts in gold.get("inspector_quotes", ())]
    heard = [{"text": text} for text in found.get("inspector_quotes", ())]
    yield "inspector_quotes", _passage_count(words, heard, _matched(words, heard, _any))
    findings, told = gold.get("findings", []), found.get("findings", [])
    agree = _matched(findings, told, lambda one, other: other["polarity"] in _all(one["polarity"]))
    yield "findings", _passage_count(findings, told, agree)


def _passage_count(gold: Sequence[Case], found: Sequence[Case], pairs: Sequence[tuple[Case, Case]]) -> Count:
    """Counts a passage that holds two gold ones once on its own side, by the mean of both."""
    used = len({id(other) for _, other in pairs})
    return Count(len(gold), len(found), min(len(pairs), used))


def _matched(gold: Sequence[Case], found: Sequence[Case], agree: Any) -> list[tuple[Case, Case]]:
    pairs = []
    for one in gold:
        starts = [_bare(words) for words in _all(one["starts"])]
        texts = ((other, _bare(other["text"])) for other in found if agree(one, other))
        other = next((other for other, text in texts if any(words in text for words in starts)), None)
        if other is not None:
            pairs.append((one, other))
    return pairs


def _pairs(gold: list[Case], found: list[Case]) -> list[tuple[Case, Case]]:
    """Inspections of one authority and role, the likeliest together; what is left stands alone."""
    left, rest = list(gold), list(found)
    pairs = []
    while left and rest:
        likely = max(((_likeness(one, other), one, other) for one in left for other in rest), key=lambda each: each[0])
        if likely[0] == 0:
            break
        pairs.append(likely[1:])
        left.remove(likely[1])
        rest.remove(likely[2])
    return pairs + [(one, {}) for one in left] + [({}, other) for other in rest]


def _likeness(one: Case, other: Case) -> float:
    if (one["authority"], one["role"]) != (other["authority"], other["role"]):
        return 0
    keys = ("framework", "started", "ended", "report_published", "ordinal")
    same = sum(key in one and key in other and str(other[key]) in map(str, _all(one[key])) for key in keys)
    grades = {(j["area"], j["grade"]) for j in one.get("judgements", ())}
    return 0.1 + same + len(grades & {(j["area"], j["grade"]) for j in other.get("judgements", ())})


def _counts(inspection: Case) -> set[tuple[str, str, int]]:
    return {(t["area"], g, int(n)) for t in inspection.get("tallies", ()) for g, n in t["counts"].items()}


def _value(gold: Any, found: Any, *, holds: bool = False) -> Count:
    if gold is None or found is None:
        return Count(gold is not None, found is not None, 0)
    return Count(1, 1, any(_same(one, found, holds) for one in _all(gold)))


def _same(one: Any, other: Any, holds: bool) -> bool:
    if _bare(one) == _bare(other):
        return True
    first, second = (
        set(re.findall(r"[a-z]+", _bare(text))) - {"the", "of", "for", "and", "council"} for text in (one, other)
    )
    return holds and bool(first and second) and (first <= second or second <= first)


def _sets(gold: Iterable[Any], found: Iterable[Any]) -> Count:
    wanted, said = set(gold), set(found)
    return Count(len(wanted), len(said), len(wanted & said))


def _any(_one: Case, _other: Case) -> bool:
    return True


def _all(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _bare(text: Any) -> str:
    """Words without quote marks, Markdown's marks, case and typography."""
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", str(text))
    plain = plain.translate(str.maketrans({"–": "-", "—": "-", "\xa0": " "} | dict.fromkeys("“”„‘’‚`´\"'", "")))
    return " ".join(re.sub(r"[*_>#|]+", " ", plain.removeprefix("https://")).split()).casefold().strip(" .,;:")
