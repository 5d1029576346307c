"""The site as a value: articles and the record in, every file of the published site out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from site_builder.model import Article
from site_builder.site.ground import Ground
from site_builder.site.publication import Publication

if TYPE_CHECKING:
    from site_builder.site.stages import Job

__all__ = ["Ground", "Publication", "publish"]


def publish(articles: Iterable[Article], ground: Ground) -> dict[str, bytes]:
    """Every file of the site by its place in the output folder, all stages one after the other.

    Raises Problems where an article names an unknown authority, jinja2.TemplateError where a template is wrong.
    """
    from site_builder.site import stages  # all that makes pages, which `check` mostly does without

    files: dict[str, bytes] = {}
    given = {article.slug: article for article in articles}
    named = {slug: stages.named_in(article.metadata) for slug, article in given.items()}
    needs = stages.Needs(named, ground.register)

    councils: list[Job[bytes]] = [stages.Job(f"council/{slug}", ()) for slug in stages.council_names(ground.register)]
    course = stages.Course(councils, stages.other_jobs(ground))
    ready = deque(course.first)
    while ready:
        job = ready.popleft()
        if job.name.startswith("council/"):
            made = stages.council(ground, job.which, [given[slug] for slug in needs.of(job.which)])
        else:
            made = stages.make(ground, job)
        files.update(made.files)
        ready += course.after(job.name, stages.Outcome(tuple(made.files), made.letters))
    return files
