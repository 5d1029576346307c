"""The files a host, a crawler or a browser asks for by name."""

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from test_gather import GROUND, LABELS, PUBLICATION, REGISTER, article, inspection
from test_render import ASSETS, TEMPLATES

from site_builder.edtf import Date
from site_builder.files import read_register
from site_builder.site import Ground, hosting, publish
from site_builder.site.gather import gather

ROOT = Path(__file__).parent.parent
PAGE = "/authorities/tameside/"
PATHS = (
    "/",
    PAGE,
    "/articles/",
    "/articles/x/",
    "/data/",
    "/404.html",
    "/search/",
    "/judgements/good/",
    "/themes/adoption/",
    "/regions/london/",
    "/assets/site.0123.css",
    "/feed.xml",
    "/authorities/tameside/feed.json",
    "/data/judgements.csv",
    "/authorities/tameside/data.csv",
    "/build.json",
    "/opensearch.xml",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_header_is_set_twice_for_a_path(path):
    names = [name for rule in hosting.RULES if rule.covers(path) for name, _ in rule.headers]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", PATHS)
def test_every_path_says_how_long_it_may_be_kept_and_who_may_embed_it(path):
    assert {"Cache-Control", "Cross-Origin-Resource-Policy"} <= set(hosting.headers_for(path))


def test_scripts_come_from_the_site_alone_and_pass_the_one_policy():
    policy = hosting.headers_for(PAGE)["Content-Security-Policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert "script-src 'self'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert not [rule for rule in policy if "unsafe" in rule or "http" in rule]


def test_only_names_with_a_hash_are_kept_for_ever():
    kept = {path for path in PATHS if "immutable" in hosting.headers_for(path)["Cache-Control"]}
    assert kept == {"/assets/site.0123.css"}


def test_feeds_and_data_may_be_read_from_other_sites_and_pages_may_not():
    open_to_all = {path for path in PATHS if "Access-Control-Allow-Origin" in hosting.headers_for(path)}
    assert open_to_all == {
        "/feed.xml",
        "/authorities/tameside/feed.json",
        "/data/judgements.csv",
        "/authorities/tameside/data.csv",
    }


@pytest.fixture(scope="module")
def moved():
    return hosting.redirects(read_register(ROOT).authorities, ["/authorities/kingston-upon-hull/"])


def test_other_names_of_a_council_lead_to_its_page(moved):
    assert moved["/authorities/hull/"] == "/authorities/kingston-upon-hull/"
    assert moved["/authorities/b-and-nes/"] == "/authorities/bath-and-north-east-somerset/"


def test_an_ambiguous_name_and_a_page_that_exists_redirect_nowhere(moved):
    assert "/authorities/kingston/" not in moved
    assert "/authorities/kingston-upon-hull/" not in moved


def test_netlify_reads_both_files_without_errors(tmp_path, moved, node_modules):
    (tmp_path / "_headers").write_bytes(hosting.headers_file())
    (tmp_path / "_redirects").write_bytes(hosting.redirects_file(moved))
    script = """
        import {parseAllHeaders} from '@netlify/headers-parser';
        import {parseAllRedirects} from '@netlify/redirect-parser';
        const [folder] = process.argv.slice(-1);
        const headers = await parseAllHeaders({headersFiles: [folder + '/_headers'], minimal: false});
        const redirects = await parseAllRedirects({redirectsFiles: [folder + '/_redirects'], minimal: false});
        const errors = [...headers.errors, ...redirects.errors].map(String);
        console.log(JSON.stringify({errors, headers: headers.headers, redirects: redirects.redirects.length}))"""
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", script, "--", str(tmp_path)],
        cwd=node_modules.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    read = json.loads(ran.stdout)
    assert read["errors"] == []
    assert read["redirects"] == len(moved) > 100
    assert {rule["for"]: rule["values"] for rule in read["headers"]} == {
        rule.path: dict(rule.headers) for rule in hosting.RULES
    }


def test_sitemap_gives_the_day_of_content_where_it_is_known():
    tree = ET.fromstring(
        hosting.sitemap("https://example.org", {"/b/": None, "/a/?x&y": Date.parse("2018-05~")})["sitemap.xml"]
    )
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert [loc.text for loc in tree.findall("s:url/s:loc", space)] == [
        "https://example.org/a/?x&y",
        "https://example.org/b/",
    ]
    assert [day.text for day in tree.findall("s:url/s:lastmod", space)] == ["2018-05"]


def test_a_browser_can_offer_the_search():
    tree = ET.fromstring(hosting.opensearch("The Inspection Digest", "https://example.org"))
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert len(tree.findtext("o:ShortName", namespaces=space)) <= 16
    assert tree.find("o:Url", space).get("template") == "https://example.org/search/?q={searchTerms}"


def test_a_sitemap_of_too_many_pages_leads_to_several():
    files = hosting.sitemap("https://example.org", dict.fromkeys("abc"), most=2)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    parts = [
        each.text.rpartition("/")[2] for each in ET.fromstring(files["sitemap.xml"]).iterfind("s:sitemap/s:loc", space)
    ]
    assert parts == ["sitemap-1.xml", "sitemap-2.xml"]
    assert [len(ET.fromstring(files[part])) for part in parts] == [2, 1]
    assert "Cache-Control" in hosting.headers_for(f"/{parts[1]}")


def test_robots_names_the_sitemap():
    assert b"Sitemap: https://example.org/sitemap.xml\n" in hosting.robots("https://example.org")


def test_the_files_of_a_site():
    told = inspection(started="2018-04", framework="monitoring-visit")
    told_of = [article(told, slug="a", published=Date.parse("2018-05-14"))]
    held = [hosting.contents(gather(told_of, GROUND, slug)) for slug in ("leeds", "tameside")]
    places = ["index.html", "404.html", "search/index.html", "articles/a/index.html", "authorities/tameside/index.html"]
    files = hosting.hosting_files(GROUND, held, places)
    listed = ET.fromstring(files["sitemap.xml"])
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert {url.findtext("s:loc", None, space): url.findtext("s:lastmod", None, space) for url in listed} == {
        "https://digest.example/": "2018-05-14",
        "https://digest.example/articles/a/": "2018-05-14",
        "https://digest.example/authorities/tameside/": "2025-03-25",
    }
    record = json.loads(files["build.json"])
    assert record["articles"] == 1
    assert record["newest_article"] == "2018-05-14"
    assert record["files"] == len(places)


def test_every_file_of_the_site_has_one_rule_for_each_header():
    made = publish([], Ground(REGISTER, LABELS, PUBLICATION, TEMPLATES, ASSETS))
    for place in sorted(set(made) - {"_headers", "_redirects"}):
        path = "/" + place.removesuffix("index.html")
        names = [name for rule in hosting.RULES if rule.covers(path) for name, _ in rule.headers]
        assert len(names) == len(set(names)), path
        assert {"Cache-Control", "Cross-Origin-Resource-Policy"} <= set(names), path
