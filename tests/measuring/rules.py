"""How often each rule of extraction fired, was right and was overruled on the evaluation cases.

python -m tests.measuring.rules            the table
python -m tests.measuring.rules --details  and where a rule was wrong or overruled
python -m tests.measuring.rules --write    and keeps the figures, those of each field too, in content/measured.yaml
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from site_builder import files, frontmatter, measured, plain_yaml
from site_builder.extraction import Explained, extract
from site_builder.measured import Rule
from tests.measuring.cases import CASES, PROJECT, scorer

PROMISED = ("boilerplate", "text kept", "evidence")
"""Beginnings of the names of fields that count no fact of an article."""


@dataclass
class Fired:
    """What became of the facts that one rule read for one key."""

    facts: int = 0
    kept_out: int = 0
    judged: int = 0
    """Facts of which the gold says whether they are so; some it leaves open."""
    right: int = 0
    notes: list[str] = field(default_factory=list)


def main() -> None:
    """Prints the table and, if asked to, keeps the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--details", action="store_true", help="say where a rule was wrong or overruled")
    parser.add_argument("--write", action="store_true", help="keep the figures in content/measured.yaml")
    chosen = parser.parse_args()
    score = scorer()
    fired: dict[tuple[str, str], Fired] = defaultdict(Fired)
    lexicon = files.read_lexicon(files.read_register(PROJECT))
    whole = []
    for path, text, gold in score.load(CASES):
        found = extract(files.read_raw(PROJECT, path).article, lexicon)
        said = {**frontmatter.as_plain(found.metadata), "body": found.body}
        whole.append((path.stem, text, gold, said))
        for fact, alone in _alone(found.facts, said):
            count = fired[fact.name, fact.rule]
            count.facts += 1
            if fact.kept_out:
                count.kept_out += 1
                count.notes.append(f"{path.stem}:{fact.line} {fact.value} kept out: {fact.kept_out}")
                continue
            right = _right(score.score([(path.stem, text, gold, alone)]), fact.name)
            if right is not None:
                count.judged += 1
                count.right += right
            if right is False:
                count.notes.append(f"{path.stem}:{fact.line} wrong: {fact.value} “{' … '.join(fact.words)[:90]}”")
    print(f"{'key':18}{'rule':32}{'fired':>6}{'kept out':>9}{'judged':>8}{'right':>7}{'precision':>11}{'smoothed':>10}")
    for (name, rule), count in sorted(fired.items(), key=lambda entry: (entry[0][0], -entry[1].facts)):
        precision = f"{count.right / count.judged:11.2f}" if count.judged else f"{'–':>11}"
        smoothed = f"{Rule(count.right, count.judged).confidence:10.2f}" if count.judged else ""
        print(
            f"{name:18}{rule:32}{count.facts:6}{count.kept_out:9}{count.judged:8}{count.right:7}{precision}{smoothed}"
        )
        if chosen.details:
            print(*(f"      {note}" for note in count.notes), sep="\n")
    if chosen.write:
        _write(score.score(whole), len(whole), fired)


def _alone(facts: tuple[Explained, ...], said: Mapping[str, Any]) -> Iterator[tuple[Explained, dict[str, Any]]]:
    """Each fact with front matter that says nothing else, for the scorer to judge it by."""
    place: Counter[str] = Counter()
    for fact in facts:
        if fact.kept_out:
            yield fact, {}
            continue
        number = place[fact.name]
        place[fact.name] += 1
        if fact.name in ("title", "published", "source", "report_url"):
            yield fact, {fact.name: said[fact.name]}
        elif fact.name == "summary":
            yield fact, {}  # nobody has said which sentences are the best
        elif fact.name in ("authorities", "themes"):
            yield fact, {fact.name: [fact.value]}
        elif fact.name in ("findings", "quotes", "inspector_quotes"):
            yield fact, {fact.name: [said[fact.name][number]]}
        elif fact.name == "inspections":
            bare = {
                key: value for key, value in said[fact.name][number].items() if key not in ("judgements", "tallies")
            }
            yield fact, {fact.name: [bare]}
        else:
            yield fact, {"inspections": [_with_one(fact, said["inspections"])]}


def _with_one(fact: Explained, inspections: list[dict[str, Any]]) -> dict[str, Any]:
    """The inspection that holds a judgement or a tally, with no other judgement or tally."""
    for inspection in inspections:
        for each in inspection.get(fact.name, ()):
            proofs = [each["evidence"]] if isinstance(each["evidence"], str) else each["evidence"]
            same = fact.name == "tallies" or fact.value.startswith(f"{each['area']}: {each['grade']}")
            if same and set(proofs) <= set(fact.words):
                return {key: value for key, value in inspection.items() if key not in ("judgements", "tallies")} | {
                    fact.name: [each]
                }
    raise LookupError(f"no inspection holds {fact}")


def _right(fields: Mapping[str, Any], name: str) -> bool | None:
    """Whether all that was said for a key is so; None where the gold leaves it open."""
    counted = [tally for key, tally in fields.items() if _of(key, name) and tally.predicted]
    return all(tally.right == tally.predicted for tally in counted) if counted else None


def _of(scored: str, name: str) -> bool:
    if name == "inspections":
        return scored.split(".")[0] in ("inspection", "framework", "dates", "ordinal")
    if name in ("judgements", "source"):
        return scored.split(".")[0] == name
    return scored == name


def _write(fields: Mapping[str, Any], cases: int, fired: Mapping[tuple[str, str], Fired]) -> None:
    rules: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for (name, rule), count in sorted(fired.items()):
        if count.judged:
            rules[name][rule] = {"right": count.right, "judged": count.judged}
    text = plain_yaml.dump(
        {
            "date": date.today().isoformat(),
            "cases": cases,
            "fields": {
                name: {"precision": f"{t.precision:.3f}", "recall": f"{t.recall:.3f}", "facts": t.gold}
                for name, t in sorted(fields.items())
                if t.gold and not name.startswith(PROMISED)
            },
            "rules": dict(rules),
        }
    )
    files.write_text(PROJECT, PROJECT / files.MEASURED, f"# Written by `make score-about`, never by hand.\n{text}")
    measured.parse(files.MEASURED.as_posix(), text)
    print(f"{files.MEASURED}: figures of {cases} cases")


if __name__ == "__main__":
    main()
