"""Articles of every shape, for properties that hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from site_builder.edtf import Date
from site_builder.model import (
    Area,
    Article,
    Finding,
    Framework,
    Grade,
    Inspection,
    Judgement,
    Metadata,
    Polarity,
    Quote,
    Rights,
    Role,
    Source,
    SourceKind,
    Tally,
    Theme,
)

PIECES = [
    *(
        "no",
        "2018-05-14",
        "2018",
        "12:30",
        "0x1f",
        "~",
        "null",
        "word",
        "a: b",
        "x #y",
        "it's",
        "---",
        '"q"',
        "<<",
        "-",
    ),
    *("“Good”", "- item", "*", "&a", "!t", "[a]", "{b}", "%", "@", "`", "\\", ":", "", "😀", "\n", "\n\n", "\t", "\r"),
    *("\u2028", "\x85", "\ufeff", "\xa0", "longer words that fill a line until it has to be folded somewhere"),
]
AWKWARD = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join)
TEXT = (st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | AWKWARD).filter(bool)
SLUG = st.from_regex("[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
URL = st.from_regex(r"https?://[a-z]{1,9}\.uk(/[!-~é]{0,20})?", fullmatch=True)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def several(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=3).map(tuple)


def dates() -> st.SearchStrategy[Date]:
    days = st.dates().map(lambda day: Date(day.year, day.month, day.day))
    partial = st.builds(Date, st.integers(1, 9999), maybe(st.integers(1, 12)), st.none(), st.booleans())
    yearless = st.builds(Date, st.none(), st.integers(1, 12), maybe(st.integers(1, 28)))
    return days | partial | yearless


EVIDENCE = several(TEXT)
THEMES = several(st.sampled_from(Theme))
JUDGEMENTS = st.builds(Judgement, st.sampled_from(Area), st.sampled_from(Grade), EVIDENCE)
COUNTS = st.dictionaries(st.sampled_from(Grade), st.integers(0, 99), min_size=1).map(
    lambda counts: tuple((grade, counts[grade]) for grade in Grade if grade in counts)
)
INSPECTIONS = st.builds(
    Inspection,
    SLUG,
    st.sampled_from(Role),
    maybe(st.sampled_from(Framework)),
    maybe(dates()),
    maybe(dates()),
    maybe(dates()),
    maybe(st.integers(1, 99)),
    THEMES,
    several(JUDGEMENTS),
    several(st.builds(Tally, st.sampled_from(Area), COUNTS, EVIDENCE)),
    EVIDENCE,
    maybe(TEXT),
)
SOURCES = st.builds(
    Source, maybe(TEXT), maybe(URL), maybe(st.sampled_from(SourceKind)), maybe(URL), maybe(dates())
).filter(lambda s: s != Source())
METADATA = st.builds(
    Metadata,
    maybe(TEXT),
    maybe(dates()),
    maybe(SOURCES),
    maybe(st.sampled_from(Rights)),
    maybe(dates()),
    maybe(URL),
    maybe(TEXT),
    maybe(SLUG),
    several(SLUG),
    THEMES,
    several(INSPECTIONS),
    several(st.builds(Finding, TEXT, st.sampled_from(Polarity), THEMES)),
    several(st.builds(Quote, TEXT, TEXT, maybe(TEXT), maybe(TEXT))),
    several(TEXT),
    maybe(TEXT),
)
BODIES = st.text(st.characters(exclude_categories=["Cs"])) | AWKWARD
ARTICLES = st.builds(Article, SLUG, METADATA, BODIES)
