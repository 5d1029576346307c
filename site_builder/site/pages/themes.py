"""The themes, and the page of each: what is found on it over all councils."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from site_builder.lexicon.labels import Labels
from site_builder.model import Polarity, Theme
from site_builder.site import urls
from site_builder.site.entries import FindingEntry, InspectionEntry, ListedArticle, Site, of_polarity
from site_builder.site.gather import finding_order, in_brief, inspection_order
from site_builder.site.letters import Pile, piled, topmost
from site_builder.site.pages.articles import article_order
from site_builder.site.pages.page import Crumb, Group, Page, grouped, year_of
from site_builder.site.wording import counted

MOST_OF_A_THEME = 50
"""Findings of one kind, and articles, on a theme's page; the data files have all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesIndex(Page):
    """All themes."""

    template: ClassVar[str] = "pages/themes.html"
    section: ClassVar[str] = urls.THEMES
    counts: tuple[ThemeCount, ...]


def themes_index(counts: Iterable[ThemeCount]) -> ThemesIndex:
    """The list of themes, each with how much there is of it."""
    return ThemesIndex(
        url=urls.THEMES,
        heading="Themes",
        title="Themes of inspections",
        description="What inspectors found on early help, the front door, children in care, care leavers and more.",
        counts=tuple(counts),
    )


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How much there is of one theme."""

    theme: Theme
    articles_held: int
    findings_held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePage(Page):
    """One theme over all councils."""

    template: ClassVar[str] = "pages/theme.html"
    section: ClassVar[str] = urls.THEMES
    articles_held: int
    findings_held: int
    articles: tuple[ListedArticle, ...]
    inspections: tuple[InspectionEntry, ...]
    strengths: tuple[Group[FindingEntry], ...]
    weaknesses: tuple[Group[FindingEntry], ...]

    @property
    def shown(self) -> int:
        """How many of the theme's findings stand here."""
        return sum(len(group.members) for group in (*self.strengths, *self.weaknesses))


def theme_page(theme: Theme, shares: Sequence[ThemeShare], labels: Labels) -> ThemePage:
    """One theme over all councils, from what is held of it in each."""
    label = labels.themes[theme]
    articles_held = sum(each.articles_held for each in shares)
    findings_held = sum(each.findings_held for each in shares)
    return ThemePage(
        url=urls.theme(theme),
        heading=label.name,
        title=f"{label.name}: what inspectors found",
        description=f"{label.name} in inspections of children’s services: "
        f"{counted(findings_held, 'finding')} in {counted(articles_held, 'article')}, by year.",
        crumbs=(Crumb("Themes", urls.THEMES),),
        feeds=True,
        articles_held=articles_held,
        findings_held=findings_held,
        articles=topmost([each.articles for each in shares], MOST_OF_A_THEME),
        inspections=topmost([each.inspections for each in shares], MOST_OF_A_THEME),
        strengths=grouped(topmost([each.strengths for each in shares], MOST_OF_A_THEME), _finding_year),
        weaknesses=grouped(topmost([each.weaknesses for each in shares], MOST_OF_A_THEME), _finding_year),
    )


def _finding_year(entry: FindingEntry) -> str:
    return year_of(entry.when)


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """What some articles and inspections hold of one theme: so many of the newest as its page shows."""

    articles_held: int
    findings_held: int
    articles: Pile[ListedArticle]
    strengths: Pile[FindingEntry]
    weaknesses: Pile[FindingEntry]
    inspections: Pile[InspectionEntry]


def theme_shares(site: Site, articles: Mapping[str, ListedArticle]) -> dict[Theme, ThemeShare]:
    """What one council's part of the site holds of each theme; `articles` are its own, by slug."""
    shares = {}
    own = {entry.slug for entry in site.own_articles}
    inspected = {each.id for authority in site.authorities for each in authority.inspections}
    for entry in site.themes:
        about = [each for each in entry.articles if each.slug in own]
        found = [each for each in entry.findings if each.article in own]
        looked = [each for each in entry.inspections if each.id in inspected]
        if about or found or looked:
            shares[entry.theme] = ThemeShare(
                articles_held=len(about),
                findings_held=len(found),
                articles=piled((articles[each.slug] for each in about), article_order, MOST_OF_A_THEME),
                strengths=piled(of_polarity(found, Polarity.STRENGTH), finding_order, MOST_OF_A_THEME),
                weaknesses=piled(of_polarity(found, Polarity.WEAKNESS), finding_order, MOST_OF_A_THEME),
                inspections=piled(map(in_brief, looked), inspection_order, MOST_OF_A_THEME),
            )
    return shares
