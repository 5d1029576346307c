"""The dates that a text names, as partial as it names them, and what its own dates settle of the rest."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from site_builder.edtf import Date
from site_builder.text.document import Block, Document, Mention, Span, Token


@dataclass(frozen=True, slots=True)
class Days:
    """A day, or the first and last of several ("from September 26 to October 20")."""

    first: Date
    last: Date


def mentioned(document: Document) -> tuple[Mention[Days], ...]:
    """Every date in the whole text, furniture included, in reading order; a year that is not beside it is unknown.

    A season is left to its year: the contract's dates have none.
    """
    return tuple(mention for block in document.blocks for mention in _absolute(block))


_LEAP = 2000
"""A year that has every day."""


def settled(document: Document, dates: tuple[Mention[Days], ...], published: Date | None) -> tuple[Mention[Days], ...]:
    """`dates` with the years that the day of publication settles, and with the relative dates it explains.

    Without that day "in April" stays without its year and "last week" is no date: no clock is read.
    """
    if published and published.year is None and published.day:
        day = published.with_year(_LEAP)
        known = [mention.span for mention in dates]
        told = (each for each in settled(document, dates, day) if not any(each.span.meets(span) for span in known))
        near = ((each.span, each.value.first) for each in told if each.value.first == each.value.last)
        fresh = [
            Mention(Days(same, same), span)
            for span, told_of in near
            if told_of.day and told_of.year == _LEAP
            for same in [Date(None, told_of.month, told_of.day)]
        ]
        return tuple(sorted((*dates, *fresh), key=lambda mention: mention.span))
    today = published.latest if published and published.year else None
    if published is None or today is None:
        return dates
    exact = published.month is not None
    filled = [replace(mention, value=_filled(mention.value, today)) for mention in dates] if exact else [*dates]
    places = {mention.span.start: place for place, mention in enumerate(filled)}
    for block in document.blocks:
        tokens, shape = _shape(block)
        for match in _RELATIVE.finditer(shape):
            relation = str(match.lastgroup)
            days = _related(relation, tokens[match.start() : match.end()], today)
            if days is None or not (exact or relation in _YEARS):
                continue
            span = Span(tokens[match.start()].span.start, tokens[match.end() - 1].span.end)
            same = next((places[start] for start in range(span.start, span.end) if start in places), None)
            if same is None:
                filled.append(Mention(days, span))
            else:
                filled[same] = Mention(days, span)
    return tuple(sorted(filled, key=lambda mention: mention.span))


# The grammar is written over kinds of word: one letter a token, so that a form reads as a date does.
#
#   M month  W weekday  D number from 1 to 31  O the same with its ending (29th)  Y year  N other two digits
#   F 06.04.16  # any other number  - dash  / slash  , comma  ' apostrophe  a and  t to  B between  P in, since, during
#   o of  h the  l last  i this  y year  k month  w week  g ago  n number word  T today  S yesterday  z on  e season
#   c Act  v inspection  r morning
#   . anything else

_MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
_WEEKDAYS = {
    name: number
    for number in range(7)
    for name in (calendar.day_name[number].lower(), calendar.day_abbr[number].lower())
} | {"tues": 1, "thur": 3, "thurs": 3}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The month in which each begins."""
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1} | {word: number for number, word in enumerate(_NUMBER_WORDS, start=1)}
_LETTERS = {
    "-": "-",
    "/": "/",
    ",": ",",
    "'": "'",
    "and": "a",
    "&": "a",
    "to": "t",
    "until": "t",
    "till": "t",
    "between": "B",
    "in": "P",
    "during": "P",
    "since": "P",
    "by": "P",
    "from": "P",
    "for": "P",
    "early": "P",
    "late": "P",
    "over": "P",
    "throughout": "P",
    "mid": "P",
    "of": "o",
    "the": "h",
    "last": "l",
    "this": "i",
    "year": "y",
    "years": "y",
    "month": "k",
    "months": "k",
    "week": "w",
    "weeks": "w",
    "ago": "g",
    "inspection": "v",
    "visit": "v",
    "morning": "r",
    "afternoon": "r",
    "act": "c",
    "regulations": "c",
    "today": "T",
    "yesterday": "S",
    "on": "z",
    "spring": "e",
    "summer": "e",
    "autumn": "e",
    "winter": "e",
} | dict.fromkeys(_NUMBERS, "n")

_DAY = "(?:W,?h?)?[DO]"  # Thursday the 29th
_YEAR = "(?:,?Y)?"
_FORMS = {
    "no_date": "cY|Yc|Y/[DN#]|Y-[DN](?!-)|[#N]Y|Y[-/]Y",  # Act 2006, 2017/18, 2009-10, 0161 342 2018, 2014-2017
    "iso": "Y-D-D|Y/D/D",
    "numeric": "F|D/D/[YDN]|D-D-[YDN]",
    "two_months": f"{_DAY}o?M{_YEAR}[-t]h?{_DAY}o?M{_YEAR}",  # Monday 25 June to Friday 6 July 2018
    "two_months_between": f"Bh?{_DAY}o?M{_YEAR}ah?{_DAY}o?M{_YEAR}",  # between 26 September and 20 October
    "over_month_end": f"{_DAY}o?Ma{_DAY}o?M{_YEAR}",  # 30 April and 1 May
    "months_first": f"M[DO][-ta]M[DO]{_YEAR}",  # from September 26 to October 20
    "two_stretches": f"[DO][-t][DO][a,]P?[DO][-t][DO]o?M{_YEAR}",  # 5-9 and 12-16 November 2018
    "one_month": f"{_DAY}(?:,{_DAY})*,?[-ta]h?{_DAY}o?M{_YEAR}",  # 11 – 15 December 2023, 26 and 27 May
    "month_first": f"M[DO][-ta][DO](?!M){_YEAR}",  # December 11-15, 2023
    "short_year": f"(?:W,?h?[DO]|O)o?M[DN](?=[^.DMOYN#]|$)|Do?M[DN]$|{_DAY}o?M'[DN]",  # Thursday 29th September 11
    "day": f"{_DAY}o?M{_YEAR}|D-M-Y",  # 09-Aug-2010
    "american": f"(?:W,?)?Mh?(?:O|D(?![-/]|M)){_YEAR}",  # September 26, Dec 20, 2019
    "months": "M[-/ta]M,?Y|M,?Y[-t]M,?Y",  # between June and September 2009, April/May 2017
    "months_alone": "(?<=[PB])M[-/ta]M(?!,?Y)",  # in June and July
    "month": "M,?[oP]?Y",  # January 2015, May of 2012
    "short_month": "M'[DN]",  # April '16
    "month_alone": "(?<=[Poli])M|(?<=P-)M|M(?=[li]y|v)",  # in April, June last year, its April inspection
    "year": "Y",
}
_ABSOLUTE = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()))
_RELATIONS = {
    "month_of_year": "Mo?[li]y",  # in December last year, back in January this year
    "last_month_named": "lM",  # since last December
    "month": "[li]k",  # last month, at the start of this month
    "year": "[li]y",
    "years_ago": "nyg",  # two years ago
    "months_ago": "nkg",
    "day": f"[TS](?!\\.?{_DAY}o?M)|ir",  # this morning; but not “today (Friday, 19 February)”
    "weekday": "[lz]W(?!,?h?[DO])",  # last Friday, on Monday
    "season": "[li]e",  # this summer, last autumn
}
_YEARS = frozenset({"year", "years_ago"})
"""The relations that the year of publication alone settles."""
_RELATIVE = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _RELATIONS.items()))
_ABSOLUTE_LETTERS = re.compile("[MYF]|D[-/]D")
_NUMERIC = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4}|\d\d)")
_ORDINAL = re.compile(r"(\d\d?)(?:st|nd|rd|th)")
_BARE_MONTHS = frozenset({"jan", "mar", "may", "march"})
"""Names and verbs too: a month only with a capital and more of a date around it."""


def _shape(block: Block) -> tuple[list[Token], str]:
    tokens = [token for sentence in block.sentences for token in sentence.tokens]
    return tokens, "".join([_letter(token.text) for token in tokens])


@lru_cache(maxsize=4096)
def _letter(text: str) -> str:
    fold = text.lower()
    known = _LETTERS.get(fold)
    if known:
        return known
    if text[0].isdecimal():
        return _number_letter(fold)
    if text[0].isupper():
        if fold in _MONTHS:
            return "M"
        if fold in _WEEKDAYS:
            return "W"
    return "."


def _number_letter(word: str) -> str:
    if word.isdecimal():
        size = len(word)
        if size <= 2:
            return "D" if 1 <= int(word) <= 31 else "N"
        return "Y" if size == 4 and 1980 <= int(word) < 2100 else "#"
    if _ORDINAL.fullmatch(word):
        return "O"
    return "F" if _NUMERIC.fullmatch(word) else "#"


def _absolute(block: Block) -> Iterator[Mention[Days]]:
    tokens, shape = _shape(block)
    if not _ABSOLUTE_LETTERS.search(shape):
        return
    for match in _ABSOLUTE.finditer(shape):
        form, first, last = str(match.lastgroup), match.start(), match.end()
        parts, letters = tokens[first:last], shape[first:last]
        if form == "no_date":
            continue
        if letters[0] == "B":
            parts, letters = parts[1:], letters[1:]
        days = _numeric(parts) if form in ("iso", "numeric") else _worded(parts, letters)
        if days and form == "over_month_end" and not _next_to_each_other(days):  # “on 3 June and 4 July”
            cut = letters.index("a")
            earlier = _worded(parts[:cut], letters[:cut])
            if earlier:
                yield Mention(earlier, Span(parts[0].span.start, parts[cut - 1].span.end))
            parts, letters = parts[cut + 1 :], letters[cut + 1 :]
            days = _worded(parts, letters)
        if days:
            yield Mention(days, Span(parts[0].span.start, parts[-1].span.end))


_FEW_DAYS = 5


def _next_to_each_other(days: Days) -> bool:
    """True where no more than a few days lie between the end of one month and the start of the next."""
    leap = 2000
    first, last = (
        days.first.with_year(days.first.year or leap).latest,
        days.last.with_year(days.last.year or leap).latest,
    )
    return first is not None and last is not None and 0 < (last - first).days <= _FEW_DAYS


def _numeric(parts: Sequence[Token]) -> Days | None:
    """2018-07-06, 06.04.16, 14/05/2018: no spaces between, the day before the month."""
    if parts[-1].span.end - parts[0].span.start != sum(len(part.text) for part in parts):
        return None
    numbers = [int(number) for number in re.findall(r"\d+", "".join(part.text for part in parts))]
    if numbers[0] < 100:
        numbers.reverse()
    year, month, day = numbers
    return _days((_century(year), month, day), (_century(year), month, day))


def _worded(parts: Sequence[Token], letters: str) -> Days | None:
    """Every form with a month's name or a year alone: what is named once holds for the first and the last day."""
    if letters == "M" and parts[0].fold in _BARE_MONTHS - {"may", "march"}:
        return None
    days: list[int] = []
    months: list[int] = []
    years: list[int] = []
    for part, letter in zip(parts, letters, strict=True):
        if letter == "M":
            months.append(_MONTHS[part.fold])
        elif letter == "Y":
            years.append(int(part.text))
        elif letter in "DON":
            number = int(part.fold[:2].rstrip("snrt"))
            # "29th September 11": the number after the month and the day before it is the year
            if months and days and letters[-1] in "DN" and part is parts[-1] and "-" not in letters[-2]:
                short = not any(link in letters for link in "ta-")
                (years if short else days).append(_century(number) if short else number)
            elif months and "'" in letters:
                years.append(_century(number))
            else:
                days.append(number)
    year = years[-1] if years else None
    first_year = years[0] if years else None
    if len(years) == 1 and len(months) == 2 and months[0] > months[1] and year:
        first_year = year - 1  # 12 December to 8 January 2016
    month, first_month = (months[-1], months[0]) if months else (None, None)
    day, first_day = (days[-1], days[0]) if days else (None, None)
    if day and first_day and len(months) == 1 and first_day > day:
        first_day = day  # “bulletin no. 24 – 21 July 2017” is no range
    return _days((first_year, first_month, first_day), (year, month, day))


def _days(
    first: tuple[int | None, int | None, int | None], last: tuple[int | None, int | None, int | None]
) -> Days | None:
    """The days, if the calendar has them."""
    try:
        return Days(Date.parse(str(Date(*first))), Date.parse(str(Date(*last))))
    except ValueError:
        return None


def _century(year: int) -> int:
    return year if year > 99 else 2000 + year


def _filled(days: Days, today: date) -> Days:
    """`days` in the latest year that does not put them after `today`."""
    if days.last.year is not None or days.last.month is None:
        return days
    year = today.year
    last = days.last.with_year(year)
    if last.earliest is None or last.earliest > today:
        year -= 1
    first_year = year - (days.first.month is not None and days.first.month > days.last.month)
    first, last = days.first, days.last
    return _days((first_year, first.month, first.day), (year, last.month, last.day)) or days


def _related(relation: str, parts: Sequence[Token], today: date) -> Days | None:
    """What a relative date means in an article of the day `today`; a week is none, it has no form of its own."""
    words = [part.fold for part in parts]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    back = 1 if "last" in words else 0
    if relation == "month_of_year":
        return _month(today.year - back, months[0])
    if relation == "last_month_named":
        return _month(today.year - (months[0] >= today.month), months[0])
    if relation == "month":
        return _months_before(today, back)
    if relation == "months_ago":
        return _months_before(today, _NUMBERS[words[0]])
    if relation in ("year", "years_ago"):
        gap = back if relation == "year" else _NUMBERS[words[0]]
        return _days((today.year - gap, None, None), (today.year - gap, None, None))
    if relation == "season":
        begun = _SEASONS[words[-1]] < today.month
        year = today.year - (bool(back) and not begun)
        return _days((year, None, None), (year, None, None))
    if relation == "day":
        day = today - timedelta(days=words[-1] == "yesterday")
    else:
        gap = (today.weekday() - _WEEKDAYS[words[-1]]) % 7
        day = today - timedelta(days=gap or (7 if back else 0))
    return _days((day.year, day.month, day.day), (day.year, day.month, day.day))


def _month(year: int, month: int) -> Days | None:
    return _days((year, month, None), (year, month, None))


def _months_before(today: date, gap: int) -> Days | None:
    place = today.year * 12 + today.month - 1 - gap
    return _month(place // 12, place % 12 + 1)
