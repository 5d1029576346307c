"""Holds what a build makes after edits to what it makes from nothing: `PYTHONPATH=.:tests python -m bench.edits 500`.

A small project is changed at random, in the ways in which people change one, and built after each change.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from house.building import INPUTS, PROJECT, command
from projects import ARTICLE, FEW, small_project

from bench import corpus
from site_builder import files, frontmatter
from site_builder.edtf import Date
from site_builder.model import Article, Grade, Inspection, Rights, Role

ARTICLES = 12
"""That the project begins with; as many more are held back and come in."""
Build = Callable[[Path], bool]
"""Builds a project; False where a file in it is wrong."""
Tree = dict[str, tuple[int, bytes]]
"""Mode and bytes of each file."""


def made_up() -> list[Article]:
    """Articles that name none but the councils of the small project."""
    fit = (each for each in map(corpus.article, count()) if each.metadata.named <= set(FEW))
    return list(islice(fit, 2 * ARTICLES))


def project(root: Path) -> Path:
    """A small project with some articles in it, and the others beside it in `more/`."""
    small_project(root)
    (root / "node_modules").symlink_to(PROJECT / "node_modules")
    for number, each in enumerate(made_up()):
        folder = root / (files.ARTICLES if number < ARTICLES else "more")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{each.slug}.md").write_text(frontmatter.dump(each), "utf-8")
    return root


def tree(output: Path) -> Tree:
    """What a reader of the folder sees."""
    paths = (path for path in output.rglob("*") if path.is_file())
    return {str(path.relative_to(output)): (path.stat().st_mode, path.read_bytes()) for path in paths}


def differing(one: Tree, other: Tree) -> list[str]:
    """The places at which the two are not equal."""
    return sorted(place for place in one.keys() | other.keys() if one.get(place) != other.get(place))


def from_nothing(root: Path, elsewhere: Path, build: Build) -> Tree:
    """What a build makes of the same inputs where there has been no other build."""
    shutil.rmtree(elsewhere, ignore_errors=True)
    elsewhere.mkdir()
    for name in INPUTS:
        source = root / name
        shutil.copytree(source, elsewhere / name) if source.is_dir() else shutil.copy2(source, elsewhere / name)
    (elsewhere / "node_modules").symlink_to(PROJECT / "node_modules")
    assert build(elsewhere)
    return tree(elsewhere / "output")


# The ways in which a project changes. Each says what it did.


def _one(chance: random.Random, root: Path) -> Path:
    return chance.choice(sorted((root / files.ARTICLES).glob("*.md")))


def _rewritten(path: Path, article: Article) -> str:
    path.write_text(frontmatter.dump(article), "utf-8")
    return path.stem


def _read(path: Path) -> Article:
    return frontmatter.parse(path.name, path.read_text("utf-8"))


def more_text(chance: random.Random, root: Path) -> str:
    """A paragraph is added to an article."""
    path = _one(chance, root)
    article = _read(path)
    return _rewritten(path, replace(article, body=f"{article.body}\n\n{corpus.known().words.sentence(chance)}"))


def other_title(chance: random.Random, root: Path) -> str:
    """An article is called something else."""
    path = _one(chance, root)
    article = _read(path)
    title = corpus.known().words.text(chance, 5)
    return _rewritten(path, replace(article, metadata=replace(article.metadata, title=title)))


def other_day(chance: random.Random, root: Path) -> str:
    """An article was published on another day, so that it moves in every list."""
    path = _one(chance, root)
    article = _read(path)
    day = Date(chance.randint(2009, 2026), chance.randint(1, 12), chance.randint(1, 28))
    return _rewritten(path, replace(article, metadata=replace(article.metadata, published=day)))


def other_rights(chance: random.Random, root: Path) -> str:
    """More or less of an article may be shown."""
    path = _one(chance, root)
    article = _read(path)
    rights = chance.choice([*Rights, None])
    return _rewritten(path, replace(article, metadata=replace(article.metadata, rights=rights)))


def _with_inspection(path: Path, change: Callable[[Inspection], Inspection]) -> str:
    article = _read(path)
    first, *others = article.metadata.inspections or (Inspection(FEW[0], Role.SUBJECT),)
    inspections = (change(first), *others)
    return _rewritten(path, replace(article, metadata=replace(article.metadata, inspections=inspections)))


def other_grade(chance: random.Random, root: Path) -> str:
    """An article's first grade is another one."""

    def change(inspection: Inspection) -> Inspection:
        judged = inspection.judgements[:1]
        return replace(inspection, judgements=tuple(replace(each, grade=chance.choice(list(Grade))) for each in judged))

    return _with_inspection(_one(chance, root), change)


def other_inspection(chance: random.Random, root: Path) -> str:
    """An article tells of an inspection that the record does not have, on a day of its own."""
    day = Date(2023, chance.randint(1, 12), chance.randint(1, 28))

    def change(inspection: Inspection) -> Inspection:
        return replace(inspection, record=None, started=day, ended=None, report_published=None)

    return _with_inspection(_one(chance, root), change)


def one_more_council(chance: random.Random, root: Path) -> str:
    """An article tells of another council too."""
    path = _one(chance, root)
    article = _read(path)
    slug = chance.choice(FEW)
    told = Inspection(slug, Role.SUBJECT, started=Date(2024, chance.randint(1, 12)))
    metadata = article.metadata
    named = tuple(dict.fromkeys((*metadata.authorities, slug)))
    metadata = replace(metadata, authorities=named, inspections=(*metadata.inspections, told))
    return _rewritten(path, replace(article, metadata=metadata))


def new_article(chance: random.Random, root: Path) -> str:
    """An article that was held back comes in."""
    held_back = sorted((root / "more").iterdir())
    if not held_back:
        return "none is held back"
    path = chance.choice(held_back)
    path.rename(root / files.ARTICLES / path.name)
    return path.stem


def deleted_article(chance: random.Random, root: Path) -> str:
    """An article is held back."""
    path = _one(chance, root)
    if len(list(path.parent.glob("*.md"))) > 2:
        path.rename(root / "more" / path.name)
    return path.stem


def renamed_article(chance: random.Random, root: Path) -> str:
    """An article's file, and so its page, has another name."""
    path = _one(chance, root)
    name = re.sub("-again-[0-9]+$", "", path.stem)
    path.rename(path.with_name(f"{name}-again-{chance.randint(1, 10**9)}.md"))
    return path.stem


def raw_article(chance: random.Random, root: Path) -> str:
    """A raw article comes in, which the build reads first."""
    name = f"praise-{chance.randint(1, 10**9)}"
    (root / f"seeds/{name}.txt").write_text(ARTICLE.replace("families.", f"families. {name}."), "utf-8")
    return name


def other_template(chance: random.Random, root: Path) -> str:
    """A template, of a page or of a part, says something more."""
    path = chance.choice(sorted((root / "templates").rglob("*.html")))
    text = path.read_text("utf-8")
    path.write_text(text.replace("</p>", f" {chance.randint(1, 10**9)}</p>", 1), "utf-8")
    return path.name


def other_asset(chance: random.Random, root: Path) -> str:
    """A style sheet or a script is another, and so is its name on every page."""
    path = chance.choice(sorted((root / "templates/assets").glob("*.[cj]s*")))
    path.write_text(path.read_text("utf-8") + f"/* {chance.random()} */\n", "utf-8")
    return path.name


def other_record(chance: random.Random, root: Path) -> str:
    """A row of the record is gone."""
    path = root / "content/record" / chance.choice(("ilacs_outcomes.csv", "sif_outcomes.csv", "visits.csv"))
    head, *rows = path.read_text("utf-8").splitlines(keepends=True)
    if len(rows) > 1:
        rows.pop(chance.randrange(len(rows)))
    path.write_text("".join([head, *rows]), "utf-8")
    return path.name


def other_settings(chance: random.Random, root: Path) -> str:
    """The site is called something else."""
    path = root / "pyproject.toml"
    name = f'name = "The Digest {chance.randint(1, 10**9)}"'
    path.write_text(re.sub('(?<=site_builder]\n)name = ".*"', name, path.read_text("utf-8"), count=1), "utf-8")
    return path.name


def saved_as_it_was(chance: random.Random, root: Path) -> str:
    """A file is saved without a change."""
    path = _one(chance, root)
    path.write_bytes(path.read_bytes())
    return path.stem


CHANGES = (
    *3 * (more_text, new_article, deleted_article, other_day),
    other_title, other_rights, other_grade, other_inspection, one_more_council, renamed_article, raw_article,
    other_template, other_asset, other_record, other_settings, saved_as_it_was,
)  # fmt: skip


def mistake(chance: random.Random, root: Path, build: Build) -> str:
    """An article is wrong for a while: it is told, and the site that stood before still stands."""
    path = _one(chance, root)
    right, before = path.read_bytes(), tree(root / "output")
    path.write_text("---\nthemes: [sea]\n---\n", "utf-8")
    assert not build(root)
    assert differing(before, tree(root / "output")) == []
    path.write_bytes(right)
    return path.stem


def history(root: Path, seed: int, build: Build) -> Iterator[str]:
    """Makes the project, builds it, and then changes and builds it for ever; says after each build what was changed."""
    chance = random.Random(seed)
    project(root)
    assert build(root)
    yield "the first"
    while True:
        what = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            change = chance.choice(CHANGES)
            what.append(f"{change.__name__} ({change(chance, root)})")
        if chance.random() < 0.1:
            what.append(f"mistake ({mistake(chance, root, build)})")
        assert build(root), what
        yield ", ".join(what)


def main() -> int:
    """Prints each change with what came of it; 1 where a build after edits is not what a build from nothing is."""
    asked = argparse.ArgumentParser(prog="bench.edits", description=__doc__)
    asked.add_argument("number", nargs="?", type=int, default=500, help="how many times it is changed and built")
    asked.add_argument("--every", type=int, default=10, help="after how many it is held against one from nothing")
    asked.add_argument("--seed", type=int, default=1, help="of the chance by which it is changed")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root, elsewhere = Path(place, "edited"), Path(place, "from-nothing")
        for number, what in enumerate(islice(history(root, given.seed, by_command), given.number + 1)):
            print(number, what, flush=True)
            if number % given.every == 0 or number == given.number:
                if wrong := differing(tree(root / "output"), from_nothing(root, elsewhere, by_command)):
                    print(f"DIFFERS at {wrong[:9]}")
                    return 1
                print("the same as a build from nothing", flush=True)
    return 0


def by_command(root: Path) -> bool:
    """Builds as a person would."""
    built = command(root, "build")
    assert "Traceback" not in built.stderr, built.stderr
    return built.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
