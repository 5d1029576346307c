"""`extract`: shows what would be read from raw articles, and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from site_builder import files, frontmatter, plain_yaml
from site_builder.extraction import Extraction, extract
from site_builder.model import Problem, Problems

FORMATS = ("json", "yaml", "explain")


def run(root: Path, given: Sequence[str], form: str) -> Iterator[str]:
    """What is read from each file, as text in one of `FORMATS`; raises Problems at the end, after all good files.

    `json` gives one object a line: `input` (the path as given), the front matter's keys, `body` (Markdown).
    """
    lexicon = files.read_lexicon(files.read_register(root))
    problems: list[Problem] = []
    for path in given:
        try:
            raw = files.read_raw(root, Path(path)).article
        except Problems as found:
            problems += found.problems
            continue
        yield _SHOWN[form](path, extract(raw, lexicon))
    if problems:
        raise Problems(problems)


def _json(path: str, found: Extraction) -> str:
    return json.dumps({"input": path, **frontmatter.as_plain(found.metadata), "body": found.body}, ensure_ascii=False)


def _yaml(path: str, found: Extraction) -> str:
    facts = frontmatter.as_plain(found.metadata)
    return f"# {path}\n---\n{plain_yaml.dump(facts) if facts else ''}---\n\n{found.body}\n"


def _explained(path: str, found: Extraction) -> str:
    """Each fact, its words, its line and its rule; those kept out with the reason."""
    lines = [path]
    for fact in found.facts:
        lines.append(f"  {fact.name}: {fact.value}")
        lines += [f"    “{' '.join(words.split())}”" for words in fact.words]
        lines.append(f"    line {fact.line}, read by {fact.rule}")
        if fact.kept_out:
            lines.append(f"    kept out: {fact.kept_out}")
    return "\n".join(lines) + "\n"


_SHOWN = {"json": _json, "yaml": _yaml, "explain": _explained}
