"""`build`: converts what is new, makes the whole site as a value, then puts it into output/ at once."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import jinja2

from site_builder import checks, files, settings
from site_builder.commands import convert
from site_builder.model import Article, Problem, Problems, Register
from site_builder.site import Ground, publish

OUTPUT = "output"


def run(root: Path, say: Callable[[str], None], base_url: str | None = None, canonical: str | None = None) -> None:
    """Builds the project at `root` into its output folder; `say` is told what is being done.

    Raises Problems, with the old site standing, where an article, a template or the disk is at fault.
    """
    site = pages(root, say, base_url, canonical)
    files.mirror(root / OUTPUT, site)
    say(f"{OUTPUT}/ holds {len(site)} files")


def pages(
    root: Path, say: Callable[[str], None], base_url: str | None = None, canonical: str | None = None
) -> dict[str, bytes]:
    """Every file of the site by its place in the output folder; nothing in that folder is touched.

    Raw articles that are new or have changed are converted first.
    Raises Problems where an article, a setting or a template is at fault.
    """
    register = files.read_register(root)
    articles = _articles(root, register, say)
    say(f"Rendering {len(articles)} articles and the record of {len(register.authorities)} authorities")
    return pages_of(root, articles, register, base_url, canonical)


def pages_of(
    root: Path,
    articles: Sequence[Article],
    register: Register,
    base_url: str | None = None,
    canonical: str | None = None,
) -> dict[str, bytes]:
    """The files of a site of these articles; raises Problems where a setting or a template is at fault."""
    publication = settings.publication(root)
    if base_url:
        publication = replace(publication, base_url=base_url.rstrip("/"))
    if canonical:
        publication = replace(publication, canonical=canonical.rstrip("/"))
    templates, assets = files.read_templates(root), files.read_assets(root)
    try:
        measured = files.read_measured(root)
        return publish(articles, Ground(register, files.read_labels(), publication, templates, assets, measured))
    except jinja2.TemplateError as error:
        raise Problems([_template_problem(error)]) from error


def _articles(root: Path, register: Register, say: Callable[[str], None]) -> tuple[Article, ...]:
    """All articles, with the new ones; raises the Problems of raw and edited files together."""
    problems: list[Problem] = []
    articles: tuple[Article, ...] = ()
    try:
        convert.run_new(root, say)
    except Problems as found:
        problems += found.problems
    try:
        articles = files.read_articles(root)
        problems += _of_unknown_authorities(root, articles, register)
    except Problems as found:
        problems += found.problems
    if problems:
        raise Problems(dict.fromkeys(problems))
    return articles


def _of_unknown_authorities(root: Path, articles: Iterable[Article], register: Register) -> Iterator[Problem]:
    """Such an article would belong to no page; which line is to blame is found only where there is one."""
    for article in articles:
        if not article.metadata.named <= register.by_slug.keys():
            yield from checks.known_authorities(files.read_written(root, article), register)


def _template_problem(error: jinja2.TemplateError) -> Problem:
    """What is wrong in a template, with the line that Jinja says or, for a mistake met while rendering, the deepest."""
    if isinstance(error, jinja2.TemplateNotFound):
        message = "this template is missing; fetch it from the project's history"
        return Problem(f"templates/{error.name}", 0, 0, "missing-file", message)
    if isinstance(error, jinja2.TemplateSyntaxError):
        name, line = error.filename or error.name or "", error.lineno
    else:
        frames = traceback.extract_tb(error.__traceback__)
        met = [frame for frame in frames if frame.filename.endswith((".html", ".xml", ".js", ".txt"))]
        name, line = (met[-1].filename, met[-1].lineno or 0) if met else ("", 0)
    where = name if name.startswith("templates/") else f"templates/{name}"
    return Problem(where, line, 0, "template", error.message or type(error).__name__)
