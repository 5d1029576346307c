"""Which facts one revision finds and another does not, on the evaluation cases.

python -m tests.measuring.changes OLD        from the revision OLD to the files as they are
python -m tests.measuring.changes OLD NEW    from OLD to NEW
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.measuring.cases import CASES, PROJECT, scorer


def main() -> None:
    """Prints facts gained and lost, and the fields whose F1 changed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("old", metavar="OLD", help="a revision, such as main or HEAD~3")
    parser.add_argument("new", metavar="NEW", nargs="?", help="another (default: the files as they are)")
    chosen = parser.parse_args()
    score = scorer()
    cases = score.load(CASES)
    before, after = (score.score(_read(cases, revision)) for revision in (chosen.old, chosen.new))
    gained = lost = 0
    for name in sorted({*before, *after}):
        old, new = before[name], after[name]
        went, came = Counter(old.notes) - Counter(new.notes), Counter(new.notes) - Counter(old.notes)
        gained, lost = gained + went.total(), lost + came.total()
        if went or came:
            print(f"{name}: F1 {old.f1:.3f} → {new.f1:.3f}")
            print(*(f"  gained  {note}" for note in went.elements()), sep="\n", end="\n" if went else "")
            print(*(f"  lost    {note}" for note in came.elements()), sep="\n", end="\n" if came else "")
    means = (sum(t.f1 for t in held) / len(held) for held in (_counted(before), _counted(after)))
    print("score {:.3f} → {:.3f}: {} faults gone, {} new".format(*means, gained, lost))


def _counted(fields: dict[str, Any]) -> list[Any]:
    return [tally for tally in fields.values() if tally.gold or tally.predicted]


def _read(cases: Sequence[tuple[Path, str, Any]], revision: str | None) -> list[tuple[str, str, Any, Any]]:
    """The cases with what a revision reads in them."""
    if revision is None:
        return _read_in(PROJECT, cases)
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree, revision], cwd=PROJECT, check=True)
        try:
            return _read_in(tree, cases)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=PROJECT, check=True)


def _read_in(tree: Path, cases: Sequence[tuple[Path, str, Any]]) -> list[tuple[str, str, Any, Any]]:
    command = [sys.executable, "-m", "site_builder", "extract", "--format", "json", *(path for path, _, _ in cases)]
    said = subprocess.run(command, cwd=tree, check=True, capture_output=True, text=True).stdout
    found = {Path(each["input"]).name: each for each in map(json.loads, said.splitlines())}
    return [(path.stem, text, gold, found[path.name]) for path, text, gold in cases]


if __name__ == "__main__":
    main()
