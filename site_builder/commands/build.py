"""`build`: converts what is new, makes the site, then puts it into output/ at once; what has not changed is kept."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder import checks, files, frontmatter, memo, tree
from site_builder.files import State
from site_builder.memo import Done, Kept, Known, Memo
from site_builder.model import Article, Problem, Problems, Register

if TYPE_CHECKING:  # all that makes pages is imported where a page is made
    from concurrent.futures import Executor, Future

    from site_builder.site import Ground, stages

OUTPUT = "output"
MEMO = ".cache/build"
WORTH_PROCESSES = 5_000_000
"""Bytes to be read by jobs beside the dearest; below that, starting other processes takes longer than they save."""
JUST_CHANGED = 50_000_000
"""Nanoseconds; the clock of files may be this coarse, so what was written that lately may be written again unseen."""

Say = Callable[[str], None]


def run(
    root: Path, say: Say, base_url: str | None = None, canonical: str | None = None, workers: int | None = None
) -> None:
    """Builds the project at `root` into its output folder; `say` is told what is being done.

    Raises Problems, with the old site standing, where an article, a template or the disk is at fault.
    """
    place = Place(str(root), base_url or "", canonical or "")
    before = memo.load(root / MEMO)
    with ExitStack() as stack:
        made = make(place, root / OUTPUT, root / MEMO, before, say, lambda: stack.enter_context(processes(workers)))
    number = sum(len(done.places) for done in made.jobs.values())
    say(f"{OUTPUT}/ holds {number} files" + (", as before" if made is before else ""))


@dataclass(frozen=True, slots=True)
class Place:
    """Which project's site is made, and for where."""

    root: str
    base_url: str = ""
    """Where it will stand, if not at the site's own address."""
    canonical: str = ""
    """Where the published site stands, if this is a preview of it."""


def processes(workers: int | None) -> Executor:
    """So many processes, or one for each core that we may use."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A copy of a process with threads may hang on what one of them held; then one without makes the copies.
    how = get_context("fork" if threading.active_count() == 1 else "forkserver")
    how.set_forkserver_preload([__name__, "site_builder.site.stages"])
    return ProcessPoolExecutor(workers or len(os.sched_getaffinity(0)), how, _end_with_the_build)


def _end_with_the_build() -> None:
    """Ends this process when the one that started it is gone, killed perhaps; it would keep the project locked."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if build := parent_process():
        threading.Thread(target=lambda: wait([build.sentinel]) and os._exit(1), daemon=True).start()


def make(
    place: Place,
    output: Path,
    folder: Path,
    before: Memo,
    say: Say,
    executor: Callable[[], Executor],
    later: AbstractSet[str] = frozenset(),
) -> Memo:
    """Makes `output` hold the site, each job done again only if what it is made of has changed.

    `before` is what was kept in `folder` of the build before, and what is returned is kept there now: the same where
    nothing has changed. `executor` gives what does many jobs side by side; it is asked once, and not for few. Jobs
    that `later` names, or their kinds, may stay as they were done before, for the next build to do again, and to keep
    what is known.
    Raises Problems, with the old site standing, where a file is at fault.
    """
    root = Path(place.root)
    problems: list[Problem] = []
    seeds = _convert_new(root, before, say, problems)
    with files.alone(root):  # from here on no other build changes what is known
        standing = tree.identity(output)
        if before.tree != standing:
            before = memo.load(folder)
        known = before if before.tree == standing else Memo()
        ground = files.states(root, files.ground_paths(root))
        articles = files.article_states(root)
        inputs = memo.digest(repr((place, ground, articles)).encode())
        if inputs == known.inputs and not problems:
            return before
        staged = tree.staging(output)
        try:
            now = staged.stat().st_mtime_ns
            read = _read(root, articles, known.articles, problems)
            work = _Work(place, _ground_digest(place, ground), known.jobs, output, staged, folder, later)
            jobs, changed = work.done(read, cache(executor), problems)
            behind = _swap(output, staged, known, jobs, changed)
        except BaseException:
            tree.abandon(output)
            raise
        settled = now - JUST_CHANGED
        if later or any(when > settled for _, _, when in (*ground, *articles)):
            inputs = ""
        read = {name: each if each.changed < settled else replace(each, changed=0) for name, each in read.items()}
        made = Memo(tree.identity(output), work.ground, inputs, seeds, behind, jobs, read)
        if not later:
            memo.save(folder, made)
    return made


def ready(place: Place, output: Path, folder: Path, known: Memo) -> Memo:
    """Does now what the first change after a whole build would wait for; `known` is as `make` gave it.

    Raises Problems where the disk is at fault.
    """
    from site_builder.site.render import compile_templates

    compile_templates(ground_of(place, known.ground))
    with files.alone(Path(place.root)):
        if known.behind is not None or known.tree != tree.identity(output):
            return known
        tree.prepare(output, (at for done in known.jobs.values() for at in done.places))
        made = replace(known, behind=[])
        memo.save(folder, made)
    return made


@dataclass(frozen=True, slots=True)
class Ahead:
    """What can be shown before all else."""

    pages: Mapping[str, bytes] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    """The jobs of the other councils, whose pages may follow when these can be found."""


def ahead(place: Place, known: Memo, changed: Collection[Path]) -> Ahead:
    """The pages of the articles `changed` since a build, and of their own councils' inspections.

    No pages where something else was changed too, or where a file is at fault, which the build will tell.
    """
    from site_builder.site import stages

    root = Path(place.root)
    folder = root / files.ARTICLES
    names = [files.shown(root, path) for path in changed if path.parent == folder and path.suffix == ".md"]
    if not known.ground or not names or len(names) < len(changed):
        return Ahead()
    try:
        problems: list[Problem] = []
        read = known.articles | _read(root, files.states(root, changed), {}, problems)
        if problems:
            return Ahead()
        ground = ground_of(place, known.ground)
        needs = stages.Needs(read, ground.register)
        made: dict[str, bytes] = {}
        own: set[str] = set()
        for name in names:
            article = _article(root, name)
            council = stages.first(article.metadata)
            told = [_article(root, each) for each in needs.of(council)]
            made |= stages.article_files(ground, council, told, article.slug)
            before = known.articles.get(name)
            as_before = before and before.councils == read[name].councils
            own.update({council} if as_before else stages.council_names(ground.register))
    except Problems:
        return Ahead()
    except Exception as error:
        if _template_problem(error):
            return Ahead()
        raise
    if not made:
        return Ahead()
    others = (slug for slug in stages.council_names(ground.register) if slug not in own)
    return Ahead(made, frozenset(f"council/{slug}" for slug in others))


def _article(root: Path, name: str) -> Article:
    return _parsed(name, files.read_article_text(root, root / name))


_parsed = lru_cache(maxsize=256)(frontmatter.parse)
"""In a preview, the articles of the council that somebody is at work on are read again and again."""


def _swap(
    output: Path, staged: Path, known: Memo, jobs: Mapping[str, Done], changed: Sequence[str]
) -> list[str] | None:
    """Puts what was made in its place; gives the places at which the site before it differs."""
    if not known.jobs:
        tree.swap_whole(output, staged)
        return None
    before = {place for done in known.jobs.values() for place in done.places}
    gone = sorted(before - {place for done in jobs.values() for place in done.places})
    if not changed and not gone:
        tree.abandon(output)
        return known.behind
    tree.swap_changes(output, staged, changed, gone, sorted(before), known.behind)
    return [*changed, *gone]


def _convert_new(root: Path, known: Memo, say: Say, problems: list[Problem]) -> str:
    """Converts the raw articles that are new; gives how they stand, "" where something is wrong with them."""
    paths = [*files.seed_paths(root), root / files.CONVERSIONS]
    seeds = memo.digest(repr(files.states(root, paths)).encode())
    if seeds == known.seeds:
        return seeds
    from site_builder.commands import convert  # brings everything that reads articles

    try:
        convert.run_new(root, say)
    except Problems as found:
        problems += found.problems
        return ""
    return memo.digest(repr(files.states(root, paths)).encode())


def _ground_digest(place: Place, ground: Iterable[State]) -> str:
    """Of all that every job is made of: the bytes of these files, where the site will stand, and the Python we run."""
    root = Path(place.root)
    held = [(name, memo.digest((root / name).read_bytes())) for name, _, _ in ground]
    return memo.digest(repr((sys.version, place.base_url, place.canonical, held)).encode())


def _read(
    root: Path, articles: Iterable[State], known: Mapping[str, Known], problems: list[Problem]
) -> dict[str, Known]:
    """What must be known of each article before anything is made of it; read again only if it has changed."""
    read = {}
    for name, size, changed in articles:
        before = known.get(name)
        if before and (before.size, before.changed) == (size, changed):
            read[name] = before
            continue
        try:
            text = files.read_article_text(root, root / name)
            read[name] = Known(size, changed, memo.digest(text.encode()), *_needing(name, text))
        except Problems as found:
            problems += found.problems
    return read


def _needing(name: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which councils' jobs need the article, and of whom it tells an inspection that the record does not have."""
    if only := frontmatter.only_authority(text):
        return (only,), ()
    from site_builder.site.stages import named_in

    named = named_in(frontmatter.parse(name, text).metadata)
    return tuple(sorted(named.councils)), tuple(sorted(named.unsettled))


@dataclass(frozen=True, slots=True)
class _Work:
    """The jobs of one build."""

    place: Place
    ground: str
    """The digest of all that every job is made of."""
    before: Mapping[str, Done]
    """The jobs of the build before."""
    standing: Path
    """What they made."""
    staged: Path
    folder: Path
    later: AbstractSet[str]
    """Jobs and kinds of jobs that may stay as they were."""

    def done(
        self, articles: Mapping[str, Known], executor: Callable[[], Executor], problems: list[Problem]
    ) -> tuple[dict[str, Done], list[str]]:
        """Every job of the site, done now or before, and the places of the files that are new or differ.

        Raises Problems with those of all articles, and with `problems`.
        """
        from queue import SimpleQueue

        from site_builder.site import stages

        known = ground_of(self.place, self.ground)
        needs = stages.Needs(articles, known.register)
        letters = {name: (name, Kept(name, each.digest, 0, each.size)) for name, each in articles.items()}
        councils = [
            stages.Job(f"council/{slug}", tuple(letters[name] for name in needs.of(slug)))
            for slug in stages.council_names(known.register)
        ]
        course = stages.Course(councils, stages.other_jobs(known))
        jobs: dict[str, Done] = {}
        changed: list[str] = []
        finished: SimpleQueue[Future[_Found]] = SimpleQueue()
        ready: Sequence[stages.Job[Kept]] = course.first
        running = 0
        while ready or running:
            for future in self._begun(ready, executor):
                future.add_done_callback(finished.put)
            running += len(ready)
            found = _result(finished.get())
            running -= 1
            jobs[found.name] = found.done
            changed.extend(found.changed)
            problems.extend(found.problems)
            ready = course.after(found.name, stages.Outcome(found.done.places, found.done.letters))
            if problems and ready:
                break
        if problems:
            raise Problems(set(problems))
        return jobs, changed

    def _begun(self, jobs: Iterable[stages.Job[Kept]], executor: Callable[[], Executor]) -> Iterator[Future[_Found]]:
        """What will come of each job; of one that need not be done again, what has."""
        from site_builder.site import stages

        tasks = []
        for job in jobs:
            told = [(sender, letter.digest) for sender, letter in job.letters]
            key = memo.digest(repr((self.ground, job.name, told, job.told)).encode())
            before = self.before.get(job.name)
            if before and (before.key == key or {job.name, stages.kind_of(job.name)} & self.later):
                yield _come(_Found(job.name, before, (), ()))
            else:
                standing = str(self.standing) if self.before else None
                tasks.append(_Task(self.place, self.ground, key, job, standing, str(self.staged), str(self.folder)))
        tasks.sort(key=lambda task: -task.weight)
        if sum(task.weight for task in tasks[1:]) < WORTH_PROCESSES:
            yield from (_come(do(task)) for task in tasks)
        else:
            others = executor()
            yield from (others.submit(do, task) for task in tasks)


def _come(found: _Found) -> Future[_Found]:
    from concurrent.futures import Future

    future: Future[_Found] = Future()
    future.set_result(found)
    return future


def _result(future: Future[_Found]) -> _Found:
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor:
        message = "a process was ended from outside, for want of memory perhaps; try again with --jobs 1"
        raise Problems([Problem("build", 0, 0, "process", message)]) from None


@dataclass(frozen=True, slots=True)
class _Task:
    """A job with all that it takes to do it, wherever that is."""

    place: Place
    ground: str
    key: str
    job: stages.Job[Kept]
    standing: str | None
    """Where the last site stands, if there is one."""
    staged: str
    folder: str

    @property
    def weight(self) -> int:
        """How many bytes there are to be read."""
        return sum(letter.length for _, letter in self.job.letters)


@dataclass(frozen=True, slots=True)
class _Found:
    """What has come of a job."""

    name: str
    done: Done
    changed: tuple[str, ...]
    """The places of the files that are new or differ."""
    problems: tuple[Problem, ...]


def do(task: _Task) -> _Found:
    """Does a job: its files go into the staging folder, its letters are kept."""
    from site_builder.site import stages

    ground = ground_of(task.place, task.ground)
    try:
        if task.job.name.startswith("council/"):
            made = stages.council(ground, task.job.which, _articles(task, ground.register))
        else:
            letters = tuple((sender, letter.read()) for sender, letter in task.job.letters)
            made = stages.make(ground, stages.Job(task.job.name, letters, task.job.told))
    except Problems as found:
        return _Found(task.job.name, Done(task.key, (), ()), (), found.problems)
    except Exception as error:
        if problem := _template_problem(error):
            return _Found(task.job.name, Done(task.key, (), ()), (), (problem,))
        raise
    staged, standing = Path(task.staged), Path(task.standing) if task.standing else None
    changed = tuple(place for place, body in made.files.items() if tree.put(staged, place, body, standing))
    kept = memo.keep(Path(task.folder), task.key, made.letters)
    return _Found(task.job.name, Done(task.key, tuple(made.files), kept), changed, ())


def _articles(task: _Task, register: Register) -> list[Article]:
    """The articles that a council's job needs; raises Problems with those of all."""
    root = Path(task.place.root)
    articles: list[Article] = []
    problems: list[Problem] = []
    for name, letter in task.job.letters:
        try:
            text = files.read_article_text(root, root / name)
            if memo.digest(text.encode()) != letter.digest:
                message = "the file was changed while the site was made; build again"
                raise Problems([Problem(name, 0, 0, "changed", message)])
            article = _parsed(name, text)
            if not article.metadata.named <= register.by_slug.keys():
                raise Problems(checks.known_authorities(files.read_written(root, article), register))
            articles.append(article)
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return articles


@lru_cache(maxsize=1)
def ground_of(place: Place, _: str) -> Ground:
    """What the site stands on, read again when its digest has changed; raises Problems where a file is at fault."""
    from site_builder import settings
    from site_builder.site import Ground

    root = Path(place.root)
    publication = settings.publication(root)
    if place.base_url:
        publication = replace(publication, base_url=place.base_url.rstrip("/"))
    if place.canonical:
        publication = replace(publication, canonical=place.canonical.rstrip("/"))
    return Ground(
        files.read_register(root),
        files.read_labels(),
        publication,
        files.read_templates(root),
        files.read_assets(root),
        files.read_measured(root),
    )


def site_of(root: Path, articles: Iterable[Article]) -> dict[str, bytes]:
    """Every file of a site of these articles, written nowhere; raises Problems where a template is at fault."""
    from site_builder.site import publish

    try:
        return publish(articles, ground_of(Place(str(root)), ""))
    except Exception as error:
        if problem := _template_problem(error):
            raise Problems([problem]) from error
        raise


def problems_of_ground(root: Path) -> list[Problem]:
    """What is wrong in settings and templates, as far as can be told without making a page."""
    import jinja2

    try:
        ground = ground_of(Place(str(root)), "")
    except Problems as found:
        return list(found.problems)
    problems = []
    for name, text in ground.templates.items():
        try:
            jinja2.Environment().parse(text, filename=f"templates/{name}")
        except jinja2.TemplateSyntaxError as error:
            problems.append(_template_problem(error))
    return [problem for problem in problems if problem]


def _template_problem(error: Exception) -> Problem | None:
    """What is wrong in a template, with the line that Jinja says or, for a mistake met while rendering, the deepest."""
    import jinja2

    if not isinstance(error, jinja2.TemplateError):
        return None
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
