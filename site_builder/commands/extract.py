"""`extract`: shows what would be read from raw articles, and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from site_builder import files, frontmatter
from site_builder.extraction import Explained, Extraction, extract
from site_builder.measured import Measured
from site_builder.model import Article, Problem, Problems

Say = Callable[[str], None]


def run(root: Path, given: Sequence[str], form: str, say: Say) -> Iterator[str]:
    """What is read from each file, as text; raises Problems at the end, after all good files.

    The form `json` gives one object a line: `input` (the path as given), the front matter's keys, `body` (Markdown);
    `yaml` gives the article as `convert` would write it, `explain` each fact with its words, line, rule and confidence.
    """
    lexicon = files.read_lexicon(files.read_register(root))
    measured = files.read_measured(root)
    problems: list[Problem] = []
    for path in given:
        try:
            raw = files.read_raw(root, Path(path))
        except Problems as found:
            problems += found.problems
            continue
        if raw.note:
            say(raw.note)
        extraction = extract(raw.article, lexicon)
        yield explained(path, extraction, measured) if form == "explain" else _SHOWN[form](path, extraction)
    if problems:
        raise Problems(problems)


def as_json(path: str, found: Extraction) -> str:
    """One line; in ASCII, since some programs take U+2028 and its like for line ends."""
    return json.dumps({"input": path, **frontmatter.as_plain(found.metadata), "body": found.body})


def as_yaml(path: str, found: Extraction) -> str:
    """The article below a comment with the path."""
    article = frontmatter.dump(Article("", found.metadata, found.body.strip("\n")))
    return f"# {path}\n{article}"


def explained(path: str, found: Extraction, measured: Measured | None) -> str:
    """Each fact, its words, its line, its rule and how far that can be trusted; those kept out with the reason."""
    lines = [path]
    for fact in found.facts:
        lines.append(f"  {fact.name}: {fact.value}")
        lines += [f"    “{' '.join(words.split())}”" for words in fact.words]
        place = f"line {fact.line}" if fact.line else "from the manner of the piece"
        lines.append(f"    {place}, read by {fact.rule}, {_confidence(fact, measured)}")
        if fact.kept_out:
            lines.append(f"    kept out: {fact.kept_out}")
    return "\n".join(lines) + "\n"


def _confidence(fact: Explained, measured: Measured | None) -> str:
    """As measured; nothing is made up where a rule has not been."""
    rule = measured.rules.get((fact.name, fact.rule)) if measured else None
    if not measured or not rule:
        return "not measured"
    return f"confidence {rule.confidence:.2f} ({rule.right} of {rule.judged} right on {measured.date})"


_SHOWN = {"json": as_json, "yaml": as_yaml}
