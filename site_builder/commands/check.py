"""`check`: every problem of every file, and of what the site makes of them; writes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from site_builder import checks, files, frontmatter
from site_builder.commands import build
from site_builder.model import Article, Problem, Problems


def run(root: Path) -> list[Problem]:
    """All problems, sorted by file and line.

    The site is made only where an article leads into it, and no article stands in its way.
    """
    articles, problems = _read(root)
    register = files.read_register(root)
    for article in articles:
        try:
            written = files.read_written(root, article)
        except Problems as found:
            problems += found.problems
            continue
        problems += [problem for each in checks.ARTICLE_CHECKS for problem in each(written, register)]
    problems += build.problems_of_ground(root)
    linked = [article for article in articles if checks.leads_into_the_site(article)]
    if linked and not any(problem.code in ("authority", *_UNREADABLE) for problem in problems):
        problems += _of_links(root, articles, linked)
    return sorted(set(problems))


_UNREADABLE = ("front-matter", "yaml")


def shown(problems: Sequence[Problem], form: str) -> str:
    """Problems as text for people, as JSON (a list of objects), or as annotations on GitHub."""
    if form == "json":
        return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)
    if form == "github":
        return "\n".join(map(_annotation, problems))
    return "\n".join(map(str, problems)) if problems else "no problems"


def _annotation(problem: Problem) -> str:
    """A workflow command; https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    place = f"file={_escaped(problem.where, ',:')}"
    if problem.line:
        place += f",line={problem.line}"
    if problem.column:
        place += f",col={problem.column}"
    return f"::{problem.severity} {place},title={problem.severity}[{problem.code}]::{_escaped(problem.message, '')}"


def _escaped(text: str, also: str) -> str:
    return re.sub(f"[%\r\n{also}]", lambda found: f"%{ord(found.group()):02X}", text)


def _read(root: Path) -> tuple[list[Article], list[Problem]]:
    """The articles that can be read, and the problems of the others and of raw articles."""
    articles: list[Article] = []
    problems: list[Problem] = []
    for path in files.article_paths(root):
        try:
            articles.append(frontmatter.parse(files.shown(root, path), files.read_article_text(root, path)))
        except Problems as found:
            problems += found.problems
    for path in files.seed_paths(root):
        try:
            files.read_raw(root, path)
        except Problems as found:
            problems += found.problems
    return articles, problems


def _of_links(root: Path, articles: Sequence[Article], linked: Sequence[Article]) -> Iterator[Problem]:
    try:
        pages = build.site_of(root, articles)
    except Problems as found:
        yield from found.problems
        return
    for place, link in checks.links_lead_somewhere(
        pages, [f"articles/{article.slug}/index.html" for article in linked]
    ):
        yield _link_problem(root, linked, place, link)


def _link_problem(root: Path, articles: Iterable[Article], place: str, link: str) -> Problem:
    """At the line of the article that holds the link, if an article does; else at the page."""
    message = f'the link to "{link}" leads nowhere'
    for article in articles:
        if place == f"articles/{article.slug}/index.html" and link in article.body:
            path = root / files.ARTICLES / f"{article.slug}.md"
            text = files.read_article_text(root, path)
            above = text[: text.rindex(link)]
            return Problem(files.shown(root, path), above.count("\n") + 1, 0, "link", message)
    return Problem(f"{build.OUTPUT}/{place}", 0, 0, "link", message)
