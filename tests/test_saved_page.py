"""Saved web pages: the article is read, the page around it is not, and no character is garbled."""

from __future__ import annotations

import pytest

from site_builder.edtf import Date
from site_builder.files import raw_from_bytes
from site_builder.model import Problems
from site_builder.text.saved_page import is_page

PAGE = """<!doctype html><html lang="en"><head><meta charset="{declared}">
<title>Services at Anyborough rated good - Anyborough Post</title>
<meta property="og:site_name" content="Anyborough Post">
<meta property="og:title" content="Services at Anyborough rated good">
<meta property="article:published_time" content="2019-05-14T10:00:00+01:00">
<link rel="canonical" href="https://post.example/news/rated-good"></head>
<body><nav><a href="/">Home</a> <a href="/jobs">Outstanding jobs</a></nav>
<main><article><h1>Services at Anyborough rated good</h1>
<p>Ofsted rated the council’s children’s services “good” after an inspection in March 2019, its report says.</p>
<h2>What inspectors found</h2>
<p>Social workers know their children well, and their caseloads – once too high – are manageable now.</p>
<ul><li>Leadership: good</li><li>Care leavers: requires improvement</li></ul>
<table><tr><th>Area</th><th>Grade</th></tr><tr><td>Overall</td><td>Good</td></tr></table>
</article></main><aside><a href="/x">Read more: inadequate school closed</a></aside>
<footer>© Anyborough Post</footer></body></html>"""


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "cp1252"),  # the declaration is wrong
        ("iso-8859-1", "utf-8"),  # and so it is here
        ("iso-8859-1", "cp1252"),  # browsers read this declaration as Windows-1252 too
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
    ],
)
def test_the_article_is_read_whatever_the_encoding(declared: str, encoding: str) -> None:
    raw = raw_from_bytes("saved.html", "seeds/saved.html", PAGE.format(declared=declared).encode(encoding)).article
    assert "the council’s children’s services “good” after" in raw.text
    assert "caseloads – once too high – are" in raw.text
    assert "Leadership: good" in raw.text
    assert "Overall Good" in raw.text
    assert "|" not in raw.text
    assert "Outstanding jobs" not in raw.text
    assert "inadequate school" not in raw.text


def test_the_page_tells_its_title_day_and_source() -> None:
    told = raw_from_bytes("saved.html", "seeds/saved.html", PAGE.format(declared="utf-8").encode()).article.told
    assert told.title == "Services at Anyborough rated good"
    assert told.published == Date(2019, 5, 14)
    assert told.source
    assert (told.source.name, told.source.url) == ("Anyborough Post", "https://post.example/news/rated-good")


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(Problems, match=r"^seeds/empty\.html: error\[empty\]: the file holds no article"):
        raw_from_bytes("empty.html", "seeds/empty.html", b"<!doctype html><html><body></body></html>")


def test_pasted_text_is_no_page() -> None:
    assert not is_page("Children < 5 and > 3 years, <b>bold</b> in a paste, rated good.")
