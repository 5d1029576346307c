"""The site made in stages: each job is a pure function of the ground and of the letters that earlier jobs sent to it.

A council's job comes first: it makes the pages of the council's articles and inspections, and tells in letters what
others need to know of them, each addressed to the job that makes a page (or file) of several councils. A letter is
small, and only those it is addressed to depend on it: what nobody wrote about need not be made again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, Protocol, TypeVar

from site_builder import merging
from site_builder.edtf import Date
from site_builder.model import Article, Metadata, Register, Rights, Theme
from site_builder.site import data, feeds, hosting, index, pages, search
from site_builder.site.entries import AuthorityEntry, Site
from site_builder.site.gather import gather, in_outline, inspection_order, latest_alone, nation
from site_builder.site.ground import Ground
from site_builder.site.letters import opened, sealed
from site_builder.site.render import asset_files, render
from site_builder.site.rights import shown

L = TypeVar("L")
"""How a letter is held: its text, or where that is kept."""


@dataclass(frozen=True, slots=True)
class Job(Generic[L]):
    """One job of the build."""

    name: str
    """Its kind, and after a slash which of that kind: `theme/early-help`."""
    letters: tuple[tuple[str, L], ...]
    """Who sent it, and the letter, in a fixed order."""
    told: tuple[str, ...] = ()
    """Which others of its kind there are; to the last job, the places of all files."""

    @property
    def which(self) -> str:
        """Which of its kind."""
        return self.name.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[L]):
    """What has come of a job."""

    places: tuple[str, ...]
    """Of the files that it made."""
    letters: tuple[tuple[str, L], ...]
    """To later jobs, by their names."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a job makes."""

    files: dict[str, bytes]
    """By their place in the output folder."""
    letters: tuple[tuple[str, bytes], ...] = ()


class Course(Generic[L]):
    """Says which jobs can be done: those of a kind when all are done of each kind that it hears from."""

    def __init__(self, councils: Sequence[Job[L]], others: Iterable[str]) -> None:
        """`others` are the jobs that there are in any case, beside those that letters are sent to."""
        self._letters: dict[str, dict[str, list[tuple[str, L]]]] = {kind: {} for kind in (COUNCIL, *STAGES)}
        self._letters[COUNCIL] = {job.name: [] for job in councils}
        for name in others:
            self._letters[kind_of(name)][name] = []
        self._undone = {COUNCIL: {job.name for job in councils}}
        self._outcomes: dict[str, Outcome[L]] = {}
        self.first = [*councils, *self._ready()]
        """The jobs that can be done at once."""

    def after(self, name: str, outcome: Outcome[L]) -> list[Job[L]]:
        """The jobs that can be done now that this one is; whoever was done first, their letters stand in one order."""
        self._outcomes[name] = outcome
        kind = kind_of(name)
        self._undone[kind].remove(name)
        if self._undone[kind]:
            return []
        for sender in self._letters[kind]:
            for to, letter in self._outcomes[sender].letters:
                if kind not in STAGES[kind_of(to)][1]:
                    raise ValueError(f"{sender} has written to {to}, which does not hear from its kind")
                self._letters[kind_of(to)].setdefault(to, []).append((sender, letter))
        return list(self._ready())

    def _ready(self) -> Iterator[Job[L]]:
        for kind, (_, hears_from) in STAGES.items():
            if kind in self._undone or any(self._undone.get(other, True) for other in hears_from):
                continue
            letters = self._letters[kind] = dict(sorted(self._letters[kind].items()))
            fellows = told = tuple(letters)
            if kind == LAST:
                told = tuple(sorted(place for outcome in self._outcomes.values() for place in outcome.places))
            self._undone[kind] = set(fellows)
            for name in fellows:
                sent = sorted(letters[name], key=lambda letter: hears_from.index(kind_of(letter[0])))
                yield Job(name, tuple(sent), told)


# Councils.


def council(ground: Ground, slug: str, articles: Iterable[Article]) -> Made:
    """The pages of one council's articles and inspections, its feeds and data; `articles` are all that name it."""
    site = gather(articles, ground, slug)
    base = ground.publication.base_url
    files = render(ground, pages.council_pages(site))
    listed = {entry.slug: pages.listed_article(site, entry) for entry in site.articles}
    own = [listed[entry.slug] for entry in site.own_articles]
    told = feeds.article_entries(site)
    letters: dict[str, Any] = {"front": (pages.articles_share(own), feeds.newest_articles(site, told))}
    for entry in site.authorities:
        files |= feeds.feed_files(ground, [feeds.council_feed(site, told)]) | data.council_files(base, entry)
        about = [listed[each.slug] for each in entry.articles]
        letters[f"authority/{slug}"] = pages.authority_facts(site, entry, about)
        letters["standing"] = in_outline(entry, ground.labels)
    by_year = defaultdict(list)
    for each in own:
        by_year[pages.year_of(each.published)].append(each)
    letters |= {f"year/{year}": held for year, held in by_year.items()}
    newest_on = feeds.newest_on_themes(site, told)
    for theme, share in pages.theme_shares(site, listed).items():
        letters[f"theme/{theme}"] = (share, newest_on[theme])
    rows = {}
    for table in data.tables(base, site):
        letters[f"table/{table.name}"] = (len(table.rows), data.rows_as_csv(table))
        rows[table.name] = sealed(table.rows)
    letters["database"] = rows
    held = hosting.contents(site)
    letters["data"] = ([data.authority_facts(base, entry) for entry in site.authorities], held.newest_article)
    letters["hosting"] = held
    files |= _for_search(site, letters)
    return Made(files, _sealed(letters))


def article_files(ground: Ground, slug: str, articles: Iterable[Article], wanted: str) -> dict[str, bytes]:
    """Of a council's pages that of the `wanted` article, which is about that council first, and its inspections'.

    The others' words, which take the longest, are left out where they tell of no inspection that it tells of.
    """
    given = sorted(articles, key=lambda article: article.slug)
    named = {name for each in given if each.slug == wanted for name in each.metadata.named}
    outcomes = [each for name in sorted(named) for each in ground.register.outcomes_of.get(name, ())]
    together = {wanted}
    for cluster in merging.collect(outcomes, given):
        tellers = {each.article.slug for each in cluster.told}
        together |= tellers if wanted in tellers else set()
    given = [each if each.slug in together else shown(each, Rights.LINK_ONLY) for each in given]
    return render(ground, pages.article_pages(gather(given, ground, slug), wanted))


def _for_search(site: Site, letters: dict[str, Any]) -> dict[str, bytes]:
    """Puts what search needs of the council's articles and inspections into `letters`, and gives the articles' texts.

    Documents of a shelf and a year make a block; each comes with what it is sorted by.
    """
    files: dict[str, bytes] = {}
    blocks: dict[str, list[tuple[tuple[int, str], search.Share]]] = defaultdict(list)
    for article in site.own_articles:
        text = search.plain_text(article.article.body)
        files |= [search.text_file(article.slug, text)]
        share = search.article_share(site.labels, article, text)
        blocks[_block_of(0, article.published)].append((pages.article_order(article), share))
    for inspection in (each for entry in site.authorities for each in entry.inspections):
        share = search.inspection_share(site.labels, inspection)
        blocks[_block_of(1, inspection.when)].append((inspection_order(inspection), share))
    letters |= blocks
    return files


def _block_of(shelf: int, when: Date | None) -> str:
    """Jobs are done in the order of their names, and so documents without a year come first."""
    return f"block/{shelf}-{when.year if when and when.year else 0:04}"


def _sealed(letters: Mapping[str, Any]) -> tuple[tuple[str, bytes], ...]:
    return tuple((to, sealed(value)) for to, value in letters.items())


def _opened(job: Job[bytes]) -> list[Any]:
    return [opened(text) for _, text in job.letters]


# What is made of the letters of several councils.


def standing(ground: Ground, job: Job[bytes]) -> Made:
    """The pages that need no article; every authority's page is told who stands where."""
    site = nation(_opened(job), ground)
    files = render(ground, pages.standing_pages(site)) | feeds.feed_files(ground, feeds.standing_feeds(site))
    latest = sealed(tuple(map(latest_alone, site.authorities)))
    sent = [(f"authority/{each.slug}", latest) for each in site.authorities]
    return Made(files, (*sent, *_sealed({"front": site.authorities})))


def authority(ground: Ground, job: Job[bytes]) -> Made:
    """The page of one authority, beside the others."""
    texts = dict(job.letters)
    site, england = _standing_of(ground, texts["standing"])
    facts = opened(texts[f"council/{job.which}"])
    return Made(render(ground, [pages.authority_page(facts, site, england)]))


@lru_cache(maxsize=1)
def _standing_of(ground: Ground, latest: bytes) -> tuple[Site, pages.TileMap]:
    """The same for all authorities, so opened once."""
    site = nation(opened(latest), ground)
    return site, pages.tile_map(site)


def year(ground: Ground, job: Job[bytes]) -> Made:
    """The pages of the articles of one year."""
    articles = [each for held in _opened(job) for each in held]
    return Made(
        render(ground, pages.articles_of_year(job.which, articles, (name.partition("/")[2] for name in job.told)))
    )


def theme(ground: Ground, job: Job[bytes]) -> Made:
    """The page of one theme."""
    held, name = _opened(job), Theme(job.which)
    page = pages.theme_page(name, [share for share, _ in held], ground.labels)
    feed = feeds.theme_feed(ground, name, [entries for _, entries in held])
    count = pages.ThemeCount(name, page.articles_held, page.findings_held)
    return Made(render(ground, [page]) | feeds.feed_files(ground, [feed]), _sealed({"front": count}))


def front(ground: Ground, job: Job[bytes]) -> Made:
    """The pages that lead to all others."""
    shares, entries, counts = [], [], {}
    authorities: Sequence[AuthorityEntry] = ()
    for (sender, _), value in zip(job.letters, _opened(job), strict=True):
        if sender == "standing":
            authorities = value
        elif isinstance(value, pages.ThemeCount):
            counts[value.theme] = value
        else:
            shares.append(value[0])
            entries.append(value[1])
    site = nation(authorities, ground)
    ordered = [counts[each] for each in ground.labels.themes]
    files = render(ground, pages.front_pages(site, shares, ordered))
    return Made(files | feeds.feed_files(ground, [feeds.home_feed(ground, entries)]))


def table(_: Ground, job: Job[bytes]) -> Made:
    """One table as CSV."""
    download, body = data.table_file(job.which, _opened(job))
    return Made({f"data/{download.name}": body}, _sealed({"data": download}))


def database(_: Ground, job: Job[bytes]) -> Made:
    """All tables as one SQLite file; of one table at a time, and of one council, rows are opened."""
    parts = _opened(job)
    download, body = data.database_file(lambda name: chain.from_iterable(opened(part[name]) for part in parts))
    return Made({f"data/{download.name}": body}, _sealed({"data": download}))


def downloads(ground: Ground, job: Job[bytes]) -> Made:
    """The page of the data, and the files that describe the others."""
    held = _opened(job)
    made = [each for each in held if isinstance(each, data.Download)]
    told_by_councils = [each for each in held if not isinstance(each, data.Download)]
    facts = [each for facts, _ in told_by_councils for each in facts]
    newest = max((day for _, day in told_by_councils if day and day.latest), key=lambda day: day.latest, default=None)
    listed, files = data.described_files(ground, made, facts)
    return Made(files | render(ground, [pages.data_page(listed, newest)]))


def assets(ground: Ground, _: Job[bytes]) -> Made:
    """Style, scripts and fonts."""
    return Made(asset_files(ground))


# Search. Its documents are numbered oldest first, so that what is new changes few files.


def block(_: Ground, job: Job[bytes]) -> Made:
    """The documents of one shelf and year: their postings, by how words begin, to the jobs of these beginnings."""
    shares = sorted((each for held in _opened(job) for each in held), key=lambda each: each[0], reverse=True)
    made = search.block(int(job.which[0]), [share for _, share in shares])
    sent = [(f"beginning/{begins}", piece) for begins, piece in made.pieces.items()]
    told = {"order": (made.shelf, len(made.cards), list(made.pieces)), "search": replace(made, pieces={})}
    return Made({}, (*sent, *_sealed(told)))


def order(ground: Ground, job: Job[bytes]) -> Made:
    """Tells every beginning of words how many documents stand before those of each block, and the words of names."""
    before, sizes = {}, [0, 0]
    named = search.name_pieces(search.names(ground.register, ground.labels))
    beginnings = dict.fromkeys(named)
    for (sender, _), (shelf, size, begun) in zip(job.letters, _opened(job), strict=True):
        before[sender] = sizes[shelf]
        sizes[shelf] += size
        beginnings |= dict.fromkeys(begun)
    return Made({}, _sealed({f"beginning/{begins}": (before, named.get(begins)) for begins in beginnings}))


def beginning(_: Ground, job: Job[bytes]) -> Made:
    """All terms that begin alike."""
    pieces = dict(job.letters)
    before, named = opened(pieces.pop("order"))
    held = [(0, named)] if named else []
    held += [(before[sender], piece) for sender, piece in pieces.items()]
    return Made({}, _sealed({"search": index.beginning(job.which, held)}))


def searched(ground: Ground, job: Job[bytes]) -> Made:
    """The files of search."""
    held = _opened(job)
    blocks = [each for each in held if isinstance(each, search.Block)]
    beginnings = {
        sender.partition("/")[2]: each
        for (sender, _), each in zip(job.letters, held, strict=True)
        if isinstance(each, index.Beginning)
    }
    ordered = [beginnings[begins] for begins in sorted(beginnings, key=index.as_sorted)]
    named = search.names(ground.register, ground.labels)
    return Made(search.small_files(ground.register, ground.labels, named, blocks, ordered))


def host(ground: Ground, job: Job[bytes]) -> Made:
    """What the host must know."""
    return Made(hosting.hosting_files(ground, _opened(job), job.told))


COUNCIL, LAST = "council", "hosting"
_OF_COUNCILS = (COUNCIL,)
STAGES: Mapping[str, tuple[Callable[[Ground, Job[bytes]], Made], Sequence[str]]] = {
    "database": (database, _OF_COUNCILS),
    "block": (block, _OF_COUNCILS),
    "order": (order, ("block",)),
    "beginning": (beginning, ("order", "block")),
    "search": (searched, ("block", "beginning")),
    "standing": (standing, _OF_COUNCILS),
    "authority": (authority, (COUNCIL, "standing")),
    "table": (table, _OF_COUNCILS),
    "theme": (theme, _OF_COUNCILS),
    "year": (year, _OF_COUNCILS),
    "front": (front, (COUNCIL, "theme", "standing")),
    "data": (downloads, (COUNCIL, "table", "database")),
    "assets": (assets, ()),
    LAST: (host, (COUNCIL, "search", "authority", "year", "front", "data", "assets")),
}
"""Kinds of jobs after the councils', each below those that it hears from: letters come from no others."""


LATER = frozenset({"database", "table", "data", "theme", LAST})
"""Kinds that nobody waits for who edits an article: dear ones, of downloads, of themes and for the host."""

_MANY = ("block", "table", "theme", "year", "authority", "beginning")
"""Kinds of which there are several jobs."""


def kind_of(name: str) -> str:
    """The kind of a job."""
    return name.partition("/")[0]


def make(ground: Ground, job: Job[bytes]) -> Made:
    """Does a job that is no council's."""
    stage, _ = STAGES[kind_of(job.name)]
    return stage(ground, job)


def other_jobs(ground: Ground) -> list[str]:
    """The jobs beside the councils' that there are whatever the articles say."""
    return [
        *(kind for kind in STAGES if kind not in _MANY),
        *(f"table/{name}" for name in data.empty_tables()),
        *(f"theme/{theme}" for theme in ground.labels.themes),
        *(f"authority/{each.slug}" for each in ground.register.authorities),
    ]


def council_names(register: Register) -> list[str]:
    """The councils by name, each of which has a job; "" for the articles about none."""
    return ["", *(each.slug for each in sorted(register.authorities, key=lambda each: each.name))]


class Named(Protocol):
    """What tells whose jobs need an article."""

    @property
    def councils(self) -> Iterable[str]:
        """Those that it names."""

    @property
    def unsettled(self) -> Iterable[str]:
        """Those of which it tells an inspection that is not in the record.

        Which inspection that is, and so where its page stands, depends on what all other articles tell of that council.
        """


@dataclass(frozen=True, slots=True)
class NamedIn:
    """The councils named in an article's facts."""

    councils: frozenset[str]
    unsettled: frozenset[str]


def named_in(metadata: Metadata) -> NamedIn:
    """What the facts name."""
    unsettled = (each.authority for each in metadata.inspections if each.record is None)
    return NamedIn(frozenset({first(metadata), *metadata.named}), frozenset(unsettled))


def first(metadata: Metadata) -> str:
    """The council that an article is about first, whose job makes the article's page; "" where there is none."""
    return metadata.authority or next(iter(metadata.authorities), "")


class Needs:
    """Which articles each council's job needs: all that name it, and all that could settle what these tell of others.

    One that names a council that there is not goes to "".
    """

    def __init__(self, named: Mapping[str, Named], register: Register) -> None:
        """`named` tells of each article by its name."""
        self._naming: dict[str, set[str]] = defaultdict(set)
        self._unsettled: dict[str, set[str]] = defaultdict(set)
        for article, each in named.items():
            for slug in each.councils:
                self._naming[slug if slug in register.by_slug else ""].add(article)
                self._unsettled[slug].update(each.unsettled)

    def of(self, council: str) -> list[str]:
        """The names of the articles, in order."""
        others = (self._naming.get(slug, ()) for slug in self._unsettled.get(council, ()))
        return sorted({*self._naming.get(council, ()), *chain.from_iterable(others)})
