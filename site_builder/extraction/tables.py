"""Grades of tables and lists: rows, cells one a line, areas listed under a grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from site_builder.extraction.areas import (
    areas_among,
)
from site_builder.extraction.claims import Claim, grade_of
from site_builder.extraction.shapes import GRADES, Shape
from site_builder.model import Area
from site_builder.text.document import BlockKind, Document


def rows_and_lists(document: Document, told: Sequence[Shape]) -> Iterator[Claim]:
    """Rows with an area and its grade, cells one a line, and lists under a heading that gives the grade."""
    place = 0
    heading: tuple[int, int] | None = None
    years: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    while place < len(told):
        each = told[place]
        listed = bool(heading) and _is_item(document, each)
        heads = [int(year) for year in _YEAR.findall(document.words(each.sentence.span))]
        columns = tuple(heads) if len(heads) > 1 and "V" not in each.letters else columns
        if is_piped(each):
            columns = columns if len(columns) > 1 else _column_years(document, each, 2)
            yield from _piped(told, place, columns)
            place += 1
            continue
        if _ROW_OF_CELLS.fullmatch(each.letters):
            columns = columns if len(columns) > 1 else _column_years(document, each, 2)
            yield from _cells_of_row(told, place, columns) if len(columns) > 1 else ()
        if _AREA_LINE.fullmatch(each.letters) and place + 1 < len(told) and not listed:
            cells = 0
            while place + 1 + cells < len(told) and _is_grade_cell(told[place + 1 + cells]):
                cells += 1
            if cells:
                years = _column_years(document, told[place], cells) or years
                newest = years.index(max(years)) if years else 0
                for cell in range(cells):
                    if told[place + 1 + cell].letters[0] in GRADES:
                        claim = _listed(told, place + 1 + cell, 0, place, "cell", earlier=cells > 1 and cell != newest)
                        yield replace(claim, year=years[cell] if cell < len(years) and cells > 1 else None)
                place += 1 + cells
                heading = None
                continue
            if heading:
                yield _listed(told, heading[0], heading[1], place, "listed_under")
        elif heading and _COUNCIL_LINE.match(each.letters):
            claim = _listed(told, heading[0], heading[1], place, "listed_under")
            yield replace(claim, authorities=(str(each.items[0].value),))
        elif heading and _is_item(document, each) and areas_among(each.items) and not re.search("[GR]", each.letters):
            yield _listed(told, heading[0], heading[1], place, "listed_under")
        head = _heading_grade(document, told, place)
        if head is not None:
            heading = (place, head)
        elif not (_is_item(document, each) or _AREA_LINE.fullmatch(each.letters) or _COUNCIL_LINE.match(each.letters)):
            heading = None
        place += 1


_PIPES = 2
"""So many bars make a line a row of a table."""


def is_piped(told: Shape) -> bool:
    """True for “Impact of leaders | Requires improvement | Good”."""
    return told.letters.count("k") >= _PIPES and sum(token.text == "|" for token in told.sentence.tokens) >= _PIPES


def _piped(told: Sequence[Shape], place: int, columns: Sequence[int]) -> Iterator[Claim]:
    """The grades of a row between bars, each under the year at the head of its column; one grade needs no years."""
    each = told[place]
    bars = [token.span.start for token in each.sentence.tokens if token.text == "|"]
    cell_of = [sum(bar < item.span.start for bar in bars) for item in each.items]
    graded = [n for n, item in enumerate(each.items) if item.letter in GRADES]
    first = cell_of[graded[0]] if graded else 0
    if not any(item.letter in "Ao" and cell_of[n] < first for n, item in enumerate(each.items)):
        return
    for n in graded:
        if len(graded) == 1 and not columns:
            yield _listed(told, place, n, place, "cell")
        elif 0 < cell_of[n] <= len(columns):
            year = columns[cell_of[n] - 1]
            yield replace(_listed(told, place, n, place, "cell", earlier=year != max(columns)), year=year)


_COUNCIL_LINE = re.compile("L[k(]|L$")
"""“Blackpool – inspected in December”, below a grade."""
_AREA_LINE = re.compile(r"[#x.]{0,3}[dxSuif&LO]{0,8}[Ao][dxSuifL&A]{0,8}(?:\([^)]{0,10}\))?\.?")
_GRADE_LINE = re.compile(r"[GR]\.?|[xd]{1,3}|xk?x|n|k")
_NO_GRADE_CELL = 4
"""The length of “N/A”, “none” or a dash."""


def _is_grade_cell(told: Shape) -> bool:
    """A line that is a grade, or says that there is none."""
    if not _GRADE_LINE.fullmatch(told.letters):
        return False
    return told.letters[0] in GRADES or told.sentence.span.end - told.sentence.span.start <= _NO_GRADE_CELL


def _is_item(document: Document, told: Shape) -> bool:
    return document.blocks[told.sentence.block].kind is BlockKind.ITEM


def _heading_grade(document: Document, told: Sequence[Shape], place: int) -> int | None:
    """Where the grade stands that a line gives to the list below it; None where it gives none."""
    each = told[place]
    found = re.search(rf"[GR](?=[^{GRADES}.A]{{0,10}}k$)|^[GR](?=k?$)", each.letters)
    if not found or place + 1 >= len(told) or not each.letters:
        return None
    below = told[place + 1]
    lists = _is_item(document, below) or _AREA_LINE.fullmatch(below.letters) or _COUNCIL_LINE.match(below.letters)
    return found.start() if lists else None


_ROW_OF_CELLS = re.compile(
    r"[#x.]{0,3}[dxSuifO&]{0,6}[Ao][dxuifSA&]{0,10}?(?P<cells>[GR]{2}|[GR][xd]{1,3}|[xd]{1,3}[GR])"
)


def _cells_of_row(told: Sequence[Shape], place: int, columns: Sequence[int]) -> Iterator[Claim]:
    """“Adoption performance   Good   n/a”, under the years of two inspections."""
    each = told[place]
    found = _ROW_OF_CELLS.fullmatch(each.letters)
    if not found:
        return
    graded = [n for n in range(found.start("cells"), len(each.letters)) if each.letters[n] in GRADES]
    for n in graded:
        column = 0 if n == found.start("cells") else 1
        year = columns[-2:][column]
        claim = _listed(told, place, n, place, "cell", earlier=year != max(columns[-2:]))
        yield replace(claim, year=year)


def _column_years(document: Document, first: Shape, cells: int) -> tuple[int, ...]:
    """The years at the head of the columns of a table with the first row `first`, whatever those lines look like."""
    above = document.blocks[max(0, first.sentence.block - 4) : first.sentence.block]
    years = [int(year) for block in above for year in _YEAR.findall(document.words(block.span))]
    return tuple(years[-cells:]) if len(years) >= cells > 1 else ()


_YEAR = re.compile(r"20(?<!\w20)[0-3]\d\b")


def _listed(told: Sequence[Shape], graded: int, at: int, listed: int, rule: str, *, earlier: bool = False) -> Claim:
    """A claim whose grade is item `at` of one sentence and whose area stands in another."""
    item = told[graded].items[at]
    before_aside = (told[listed].letters + "(").index("(")
    areas = areas_among(told[listed].items[:before_aside]) or (Area.OVERALL,)
    grade, annual = grade_of(item)
    return Claim(
        areas=areas,
        grade=grade,
        annual=annual,
        authorities=(),
        together=False,
        place=max(graded, listed),
        at=item.span,
        span=told[listed].sentence.span,
        earlier=earlier,
        explicit="o" in told[listed].letters,
        rule=rule,
        kept_out="",
    )
