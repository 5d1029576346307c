"""Says dates as people write them, as partial as they are known."""

from __future__ import annotations

from functools import lru_cache

from site_builder.edtf import Date

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
UNKNOWN_YEAR = "year not stated"


@lru_cache(maxsize=10_000)  # pages say the same days again and again
def in_words(date: Date) -> str:
    """`14 May 2018`, `April 2018`, `2018`, `26 September, year not stated`, `about April 2018`."""
    said = " ".join(part for part in (_day(date), _month(date)) if part)
    said = f"{said}, {UNKNOWN_YEAR}" if date.year is None else f"{said} {date.year}".strip()
    return f"about {said}" if date.approximate else said


def span_in_words(start: Date | None, end: Date | None) -> str:
    """`4 to 15 December 2023`, `26 September to 20 October 2016`; empty where both are unknown."""
    if start is None or end is None or start == end:
        only = start or end
        return in_words(only) if only else ""
    if start.year != end.year or start.month is None or end.month is None:
        return f"{in_words(start)} to {in_words(end)}"
    if start.month != end.month:
        return f"{_day(start)} {_month(start)}".strip() + f" to {in_words(end)}"
    if start.day is None or end.day is None:
        return in_words(Date(start.year, start.month))
    return f"{start.day} to {in_words(end)}"


def month_in_words(date: Date) -> str:
    """`December 2023`, without the day."""
    return in_words(Date(date.year, date.month))


def short_month(date: Date) -> str:
    """`Dec 2023`, for the head of a narrow column."""
    month = _month(date)[:3]
    return f"{month} {date.year or ''}".strip()


def time_of_year(start: Date | None, end: Date | None) -> str:
    """`autumn 2016` where an inspection ran through two months of one season; else the months."""
    if not start or not end or (start.year, start.month) == (end.year, end.month):
        only = start or end
        return month_in_words(only) if only else ""
    if start.year and start.year == end.year and start.month and end.month:
        seasons = {_SEASONS[start.month], _SEASONS[end.month]}
        if len(seasons) == 1 and seasons != {"winter"}:  # December and January are a winter of two years
            return f"{seasons.pop()} {start.year}"
    return span_in_words(Date(start.year, start.month), Date(end.year, end.month))


_SEASONS = dict(enumerate(["winter"] * 2 + ["spring"] * 3 + ["summer"] * 3 + ["autumn"] * 3 + ["winter"], start=1))


def _day(date: Date) -> str:
    return str(date.day or "")


def _month(date: Date) -> str:
    return MONTHS[date.month - 1] if date.month else ""
