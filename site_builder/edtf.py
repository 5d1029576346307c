"""The date type: the part of EDTF (ISO 8601-2) that articles need, as partial as the words it was read from."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FORM = re.compile(r"(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?(~)?", re.ASCII)
_LEAP_YEAR = 2000  # a year that has every day, for dates whose own year is not known


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year; the year may be unknown and the whole approximate."""

    year: int | None
    """None where the text gives a day or month but nothing settles the year (written `XXXX`)."""
    month: int | None = None
    """1 to 12, or None where only a year is known."""
    day: int | None = None
    """1 to 31, or None where only a year or month is known."""
    approximate: bool = False
    """True where the text says "about" or "early in" (written `~` at the end)."""

    @staticmethod
    @lru_cache(maxsize=10_000)  # the same days recur in articles
    def parse(text: str) -> Date:
        """The date that `text` writes: `2018-07-06`, `2018-07`, `2018`, `XXXX-09-26`, `XXXX-05`, `2018~`.

        Raises ValueError with a sentence an editor understands where it is no such date.
        Rule: https://www.loc.gov/standards/datetime/ (level 0 dates, level 1 `~`, level 2 `X` for the year).
        """
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(f'"{text}" is not a date; write 2018-07-06, 2018-07, 2018, or XXXX-07-06 without a year')
        year, month, day = (int(part) if part and part != "XXXX" else None for part in found.group(1, 2, 3))
        made = Date(year, month, day, bool(found.group(4)))
        if year is None and month is None:
            raise ValueError(f'"{text}" names neither a year nor a month; leave the date out')
        if year == 0 or (month is not None and not 1 <= month <= 12):
            raise ValueError(f'"{text}" is not a date; its month must be 01 to 12')
        if day is not None and not 1 <= day <= made._days_in_month():
            raise ValueError(f'"{text}" is not a date; that month has {made._days_in_month()} days')
        return made

    def __str__(self) -> str:
        """The date as EDTF; `Date.parse` reads it back."""
        parts = ["XXXX" if self.year is None else f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + "~" * self.approximate

    @property
    def earliest(self) -> date | None:
        """The first day it can mean, or None without a year."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date | None:
        """The last day it can mean, or None without a year."""
        if self.year is None:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def agrees_with(self, other: Date) -> bool:
        """True where both can mean the same day: each part is equal or unknown on one side."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)

    def with_year(self, year: int) -> Date:
        """The same date in `year`."""
        return Date(year, self.month, self.day, self.approximate)

    def _days_in_month(self) -> int:
        return calendar.monthrange(self.year or _LEAP_YEAR, self.month or 1)[1]
