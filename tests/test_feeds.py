"""Feeds as a feed reader reads them."""

import json

import feedparser
import pytest
from test_gather import LABELS, PUBLICATION, REGISTER, article, inspection
from test_render import ASSETS, TEMPLATES

from site_builder.edtf import Date
from site_builder.model import Framework, Source, Theme
from site_builder.site import Ground, feeds, publish


@pytest.fixture(scope="module")
def files():
    told = inspection(started="2016-09", judgements=[("leadership", "inadequate")])
    articles = (
        article(told, slug="a", title="One & <two>\x0b", published=Date.parse("2017-01-05"), themes=(Theme.ADOPTION,)),
        article(told, slug="b", published=Date.parse("2018-04"), source=Source(name="Mayfield Gazette")),
        article(inspection(framework=Framework.ILACS), slug="undated", authority="leeds", authorities=("leeds",)),
        article(told, slug="yearless", published=Date.parse("XXXX-05-01")),
    )
    made = publish(articles, Ground(REGISTER, LABELS, PUBLICATION, TEMPLATES, ASSETS))
    return {place: body for place, body in made.items() if "feed." in place}


def test_every_authority_grade_and_theme_has_both_feeds(files):
    pages = 1 + len(REGISTER.authorities) + len(LABELS.grades) + 1 + len(LABELS.themes)
    assert len([path for path in files if path.endswith("feed.xml")]) == pages
    assert len([path for path in files if path.endswith("feed.json")]) == pages


def test_every_atom_feed_is_well_formed_and_complete(files):
    for path, body in files.items():
        if not path.endswith(".xml"):
            continue
        read = feedparser.parse(body)
        assert not read.bozo, path
        assert read.version == "atom10"
        assert read.feed.id.startswith("tag:digest.example,2026:/")
        assert read.feed.updated_parsed
        assert read.feed.title.endswith(("The Inspection Digest", "new articles"))
        for entry in read.entries:
            assert entry.id
            assert entry.title
            assert entry.updated_parsed
            assert entry.link.startswith("https://digest.example/")


def test_the_newest_article_comes_first_and_an_undated_one_stays_out(files):
    read = feedparser.parse(files["feed.xml"])
    assert [entry.link for entry in read.entries] == [
        "https://digest.example/articles/b/",
        "https://digest.example/articles/a/",
        "https://digest.example/articles/yearless/",
    ]
    assert [entry.updated for entry in read.entries] == [
        "2018-04-01T00:00:00Z",
        "2017-01-05T00:00:00Z",
        "2016-09-01T00:00:00Z",  # the newest date of a known year that it states
    ]
    assert read.entries[0].author == "Mayfield Gazette"
    assert read.entries[1].title == "One & <two>"
    assert "May, year not stated" in read.entries[2].summary


def test_feeds_follow_what_their_titles_say(files):
    assert "articles/a/" in files["themes/adoption/feed.xml"].decode()
    assert "<entry>" not in files["themes/neglect/feed.xml"].decode()
    leeds = feedparser.parse(files["authorities/leeds/feed.xml"])
    assert leeds.feed.title == "Leeds: inspections and articles – The Inspection Digest"
    assert all(entry.title.startswith("Leeds: ") for entry in leeds.entries)
    inadequate = feedparser.parse(files["judgements/inadequate/feed.xml"])
    assert len(inadequate.entries) == feeds.ENTRIES
    assert all("inadequate" in entry.summary for entry in inadequate.entries)


def test_the_json_feed_says_the_same(files):
    for path in ("feed.json", "authorities/tameside/feed.json"):
        read = json.loads(files[path])
        atom = feedparser.parse(files[path.replace("json", "xml")])
        assert read["version"] == "https://jsonfeed.org/version/1.1"
        assert read["title"] == atom.feed.title
        assert [item["id"] for item in read["items"]] == [entry.id for entry in atom.entries]
        assert [item["url"] for item in read["items"]] == [entry.link for entry in atom.entries]
        assert all(item["content_text"] and item["date_published"] for item in read["items"])
