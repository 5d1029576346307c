from pathlib import Path

import pytest

from site_builder.model import Area, Grade, Region, Theme
from site_builder.site import urls


@pytest.mark.parametrize(
    ("url", "file"),
    [
        (urls.HOME, "index.html"),
        (urls.authority("leeds"), "authorities/leeds/index.html"),
        (urls.article("x", "e3"), "articles/x/index.html"),
        (urls.grade(Grade.GOOD, Area.LEADERSHIP), "judgements/good/index.html"),
        (urls.theme(Theme.NEGLECT), "themes/neglect/index.html"),
        (urls.region(Region.YORKSHIRE), "regions/yorkshire-and-the-humber/index.html"),
        (urls.NOT_FOUND, "404.html"),
        (urls.feed(urls.HOME), "feed.xml"),
        (urls.data("leeds", "csv"), "authorities/leeds/data.csv"),
        (urls.asset("site.1a2b.css"), "assets/site.1a2b.css"),
    ],
)
def test_every_url_has_its_file(url, file):
    assert urls.place(url) == file


def test_the_sites_address_comes_before():
    assert urls.absolute("https://x.example/", urls.DATA) == "https://x.example/data/"


def test_no_template_writes_a_url_by_hand():
    for template in Path("templates").rglob("*.html"):
        assert 'href="/' not in template.read_text("utf-8"), template
