"""The files of search of a whole site at once, where a build makes them in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.site import index
from site_builder.site.entries import Site
from site_builder.site.search import (
    Block,
    article_share,
    block,
    inspection_share,
    name_pieces,
    names,
    plain_text,
    small_files,
    text_file,
)

BLOCK = 500
"""Documents whose postings are made together."""


def search_files(site: Site) -> dict[str, bytes]:
    """The files of search by their place in the output folder."""
    articles, inspections = site.articles[::-1], site.inspections[::-1]
    texts = [plain_text(each.article.body) for each in articles]
    shelves = (
        [article_share(site.labels, each, text) for each, text in zip(articles, texts, strict=True)],
        [inspection_share(site.labels, each) for each in inspections],
    )
    blocks = [
        block(shelf, shares[at : at + BLOCK])
        for shelf, shares in enumerate(shelves)
        for at in range(0, len(shares), BLOCK)
    ]
    pages = names(site.register, site.labels)
    beginnings = [index.beginning(*each) for each in pieces_by_beginning(blocks, name_pieces(pages))]
    files = dict(text_file(each.slug, text) for each, text in zip(articles, texts, strict=True))
    return files | small_files(site.register, site.labels, pages, blocks, beginnings)


def pieces_by_beginning(
    blocks: Iterable[Block], named: Mapping[str, bytes]
) -> Iterator[tuple[str, list[tuple[int, bytes]]]]:
    """Every beginning of words in order, with what `index.beginning` needs for it."""
    found: dict[str, list[tuple[int, bytes]]] = {begins: [(0, piece)] for begins, piece in named.items()}
    before = [0, 0]
    for each in blocks:
        for begins, piece in each.pieces.items():
            found.setdefault(begins, []).append((before[each.shelf], piece))
        before[each.shelf] += len(each.cards)
    for begins in sorted(found, key=index.as_sorted):
        yield begins, found[begins]
