"""`convert`: raw articles become files that people edit, and stay theirs when they are converted again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder import files, frontmatter, plain_yaml
from site_builder.extraction import extract
from site_builder.files import Conversion, Raw
from site_builder.model import Article, Metadata, Problem, Problems
from site_builder.slugs import slug_for

Say = Callable[[str], None]


def run(root: Path, given: Sequence[str], pasted: bytes | None, dry_run: bool, say: Say) -> None:
    """Converts the raw articles at the paths `given` and the text `pasted`, or all in seeds/ where there are neither.

    What lies outside seeds/ is copied there, under its own name or, if pasted, its article's. What is done, and what
    extraction would say where people have said otherwise, is told to `say`; with `dry_run` nothing is written.
    Raises Problems at the end, after everything that can be converted has been.
    """
    paths = [Path(path).absolute() for path in given]
    if not given and pasted is None:
        paths = files.seed_paths(root)
    with files.alone(root):
        raws, problems = _read(root, paths, say)
        if pasted is not None:
            raws += _pasted(root, pasted, problems)
        if not dry_run:
            for raw in raws:
                files.keep_raw(root, raw)
        _convert(root, raws, problems, dry_run, say)
    if dry_run:
        say("dry run: nothing was written")


def run_new(root: Path, say: Say) -> None:
    """Converts the raw articles in seeds/ that are new or have changed since they were last converted.

    Raises Problems at the end, as `run` does.
    """
    with files.alone(root):
        known = files.read_conversions(root)
        raws, problems = _read(root, files.seed_paths(root), say)
        fresh = [raw for raw in raws if raw.digest != getattr(known.get(raw.article.name), "digest", "")]
        _convert(root, fresh, problems, False, say)


def _read(root: Path, paths: Iterable[Path], say: Say) -> tuple[list[Raw], list[Problem]]:
    raws: list[Raw] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            raw = files.read_raw(root, path)
            if files.is_another_seed(root, raw):
                message = f"seeds/{raw.article.name} is another text already; give this file another name"
                raise Problems([Problem(files.shown(root, path), 0, 0, "name", message)])
            raws.append(raw)
        except Problems as found:
            problems += found.problems
            continue
        if raw.note:
            say(raw.note)
    return raws, problems


def _pasted(root: Path, data: bytes, problems: list[Problem]) -> Iterator[Raw]:
    """The text with a file name for seeds/ made of what it says."""
    try:
        raw = files.raw_from_bytes("pasted.txt", "standard input", data)
    except Problems as found:
        problems += found.problems
        return
    said = extract(raw.article, files.read_lexicon(files.read_register(root)))
    taken = {path.stem for path in files.seed_paths(root)}
    name = f"{slug_for(said.metadata, said.body, taken)}.txt"
    yield replace(raw, article=replace(raw.article, name=name))


def _convert(root: Path, raws: Sequence[Raw], problems: list[Problem], dry_run: bool, say: Say) -> None:
    known = dict(files.read_conversions(root))
    lexicon = files.read_lexicon(files.read_register(root)) if raws else None
    slugs = _slugs(root, raws, known)
    taken = {path.stem for path in files.article_paths(root)} | {each.slug for each in known.values()}
    counts = {"new": 0, "updated": 0, "as before": 0}
    try:
        for raw in raws:
            assert lexicon
            name = raw.article.name
            if name in known and name not in slugs:
                where = f"{files.ARTICLES}/{known[name].slug}.md"
                say(f"{where}: was deleted by hand; delete the line of {name} in {files.CONVERSIONS} to have it again")
                continue
            found = extract(raw.article, lexicon)
            slug = slugs.get(name) or slug_for(found.metadata, found.body, taken)
            taken.add(slug)
            fresh = Article(slug, found.metadata, found.body.strip("\n"))
            base = files.read_machine(root, known[name].slug) if name in known else None
            try:
                text, done = _brought_up_to_date(root, fresh, base, say, new=name not in slugs)
            except Problems as met:
                problems += met.problems
                continue
            counts[done] += 1
            if not dry_run:
                if text is not None:
                    files.write_text(root, root / files.ARTICLES / f"{slug}.md", text)
                files.write_machine(root, fresh, known[name].slug if name in known else slug)
                known[name] = Conversion(slug, raw.digest)
    finally:
        if not dry_run:
            files.write_conversions(root, known)
    if raws:
        say(f"raw articles: {', '.join(f'{number} {what}' for what, number in counts.items() if number)}")
    if problems:
        raise Problems(problems)


def _slugs(root: Path, raws: Iterable[Raw], known: Mapping[str, Conversion]) -> dict[str, str]:
    """The slug of the article that each raw article was converted to, by the raw one's file name."""
    names = {raw.article.name for raw in raws}
    standing = {path.stem for path in files.article_paths(root)}
    slugs = {name: known[name].slug for name in names if name in known and known[name].slug in standing}
    if len(slugs) < len(names) and standing:  # new, or its article was renamed or deleted
        for article in files.read_articles(root):
            if article.metadata.raw in names:
                slugs.setdefault(article.metadata.raw, article.slug)
    return slugs


def _brought_up_to_date(
    root: Path, fresh: Article, base: Article | None, say: Say, new: bool
) -> tuple[str | None, str]:
    """The text to write, if any, and what was done in a word; raises Problems where the standing file is broken."""
    path = root / files.ARTICLES / f"{fresh.slug}.md"
    where = files.shown(root, path)
    if new:
        say(f"{where}: new, from {files.SEEDS}/{fresh.metadata.raw}")
        return frontmatter.dump(fresh), "new"
    text = files.read_article_text(root, path)
    ours = frontmatter.parse(where, text)
    merge = merged(base or Article(fresh.slug, Metadata(), ""), ours, fresh)
    if merge.updated:
        say(f"{where}: updated {', '.join(merge.updated)}")
    for key in merge.kept:
        say(_kept(where, key, ours, fresh))
    changed = frontmatter.change(where, text, merge.article)
    return (changed, "updated") if changed != text else (None, "as before")


# The three-way merge: what the machine last said, what the file says now, what the machine says now.


@dataclass(frozen=True, slots=True)
class Merge:
    """An article brought up to date."""

    article: Article
    updated: tuple[str, ...]
    """The keys (and `body`) that now say what extraction says."""
    kept: tuple[str, ...]
    """The keys that people changed or deleted, and of which extraction would say something else."""


def merged(base: Article, ours: Article, fresh: Article) -> Merge:
    """`ours` with what nobody has touched since `base` replaced by what `fresh` says, key by key."""
    updated, kept = [], []
    metadata, body = ours.metadata, ours.body
    for key in frontmatter.KEYS:
        last, stands, says = (getattr(each.metadata, key) for each in (base, ours, fresh))
        if stands == says or key in frontmatter.SAID_BY_PEOPLE:
            continue
        if stands == last:
            metadata = replace(metadata, **{key: says})
            updated.append(key)
        else:
            kept.append(key)
    if ours.body != fresh.body:
        if ours.body == base.body:
            body = fresh.body
            updated.append("body")
        else:
            kept.append("body")
    return Merge(Article(ours.slug, metadata, body), tuple(updated), tuple(kept))


def _kept(where: str, key: str, ours: Article, fresh: Article) -> str:
    if key == "body":
        return f"{where}: kept the body as edited; extraction now gives another"
    deleted = key not in frontmatter.as_plain(ours.metadata)
    says = frontmatter.as_plain(fresh.metadata).get(key)
    told = plain_yaml.dump({key: says}).rstrip("\n").replace("\n", "\n    ") if says else f"no {key}"
    stays = f"{key} stays deleted" if deleted else f"kept {key} as edited"
    return f"{where}: {stays}; extraction now says\n    {told}"
