"""One page of every kind, in a browser: reachable for everyone, at every width, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from house.kinds import ADDED_BY_SCRIPTS, KINDS, path_of
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

REACHABLE = """() =>
    [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
        .filter(element => element.checkVisibility() && !element.disabled).length"""


@pytest.fixture(params=KINDS)
def path(request: pytest.FixtureRequest, output: Path) -> str:
    """The URL path of one page of this kind."""
    return path_of(request.param, output)


def show(page: Page, path: str) -> None:
    """Opens a page and waits for what its scripts still add."""
    page.goto(path)
    place, _, query = path.partition("?")
    if query:
        page.locator(ADDED_BY_SCRIPTS[place]).first.wait_for()


def test_a_page_of_every_kind_is_open_to_all(path: str, page: Page, node_modules: Path) -> None:
    axe = (node_modules / "axe-core/axe.min.js").read_text("utf-8")
    show(page, path)
    page.evaluate(axe)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
            for violation in answer["violations"]:
                places = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
                found.append(f"{scheme} {width}px: {violation['id']}: {violation['help']}: {places}")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found.append(f"{scheme} {width}px: {wide}px wider than the screen")
    assert found == []


def test_the_skip_link_is_first_and_leads_to_the_content(path: str, page: Page) -> None:
    show(page, path)
    page.keyboard.press("Tab")
    first = page.evaluate(
        "({text: document.activeElement.textContent.trim(), href: document.activeElement.getAttribute('href')})"
    )
    assert first["text"].lower().startswith("skip to")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0, "the skip link is out of sight"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == first["href"]
    target = page.evaluate("document.querySelector(location.hash).closest('main') !== null")
    assert target


def test_everything_the_tab_key_reaches_can_be_seen_in_reading_order(path: str, page: Page) -> None:
    show(page, path)
    count = page.evaluate(REACHABLE)
    last = -1
    for _ in range(min(count, 60)):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
                const e = document.activeElement;
                const style = getComputedStyle(e);
                const box = e.getBoundingClientRect();
                const shape = e.querySelector('rect');
                const drawn = shape ? getComputedStyle(shape) : {stroke: 'none', strokeWidth: '0'};
                return {
                    order: [...document.querySelectorAll('*')].indexOf(e),
                    who: e.outerHTML.slice(0, 120),
                    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
                    marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
                        || (drawn.stroke !== 'none' && parseFloat(drawn.strokeWidth) >= 2),
                };
            }"""
        )
        assert at["order"] > last, f"out of order: {at['who']}"
        assert at["shown"], f"out of sight: {at['who']}"
        assert at["marked"], f"focus is not marked: {at['who']}"
        last = at["order"]


def test_a_page_is_complete_without_scripts(path: str, browser: Browser, site_url: str) -> None:
    plain = browser.new_context(base_url=site_url, java_script_enabled=False)
    page = plain.new_page()
    page.goto(path)
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.locator("main").inner_text().strip()
    assert page.locator('form[action="/search/"] input[name="q"]').count() >= 1
    plain.close()


def test_no_page_with_long_words_or_links_is_wider_than_a_small_phone(page: Page, output: Path) -> None:
    def longest_word(path: Path) -> int:
        return max(map(len, re.sub(r"<[^>]*>", " ", path.read_text("utf-8")).split()))

    def longest_link(path: Path) -> int:
        return max(map(len, re.findall(r">([^<]*)</a>", path.read_text("utf-8"))))

    page.set_viewport_size({"width": 320, "height": 640})
    wider = {}
    for kind in sorted(path for path in output.iterdir() if path.is_dir()):
        paths = list(kind.rglob("*.html"))
        for path in {*sorted(paths, key=longest_word)[-6:], *sorted(paths, key=longest_link)[-2:]}:
            url = "/" + str(path.relative_to(output)).removesuffix("index.html")
            page.goto(url)
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over:
                wider[url] = over
    assert wider == {}


def test_a_reader_with_a_phone_finds_a_grade_since_when_who_says_so_and_the_words(
    browser: Browser, site_url: str
) -> None:
    phone = browser.new_context(
        base_url=site_url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = phone.new_page()
    page.goto("/")
    page.locator("#home-box").tap()
    page.keyboard.type("tames")
    page.get_by_role("option", name="Tameside").tap()
    page.wait_for_url("**/authorities/tameside/")

    leadership = page.locator(".rows > li").filter(has=page.get_by_role("heading", name="Leadership", exact=True))
    said = leadership.inner_text()
    for part in ("Inadequate", "4 to 15 December 2023", "From the record", "Before that: requires improvement"):
        assert part in said
    leadership.get_by_role("link", name="December 2023").tap()
    page.wait_for_url("**/inspections/tameside-ilacs-2023-12/#leadership")
    row = page.locator("#leadership")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("“The impact of leaders on social work practice with children and families”")

    # The map leads there too, though its tiles are too small for fingers.
    page.goto("/")
    page.locator(".to-table").tap()
    page.locator("#map-councils").get_by_role("link", name="Tameside", exact=True).tap()
    page.wait_for_url("**/authorities/tameside/")
    expect(leadership).to_contain_text("Inadequate")

    # What an article states is one tap from the sentence that states it.
    page.goto("/inspections/tameside-sif-2016-09/")
    page.locator("#adoption .proof").first.tap()
    words = page.locator("mark:target")
    expect(words).to_be_in_viewport()
    expect(words).to_contain_text(re.compile("adoption performance was .*good", re.IGNORECASE))
    phone.close()


def without_late_fonts(style: Route) -> None:
    """Answers with the style as it is, but that a font comes at once or not at all: a late one breaks lines."""
    answer = style.fetch()
    style.fulfill(response=answer, body=answer.text().replace("font-display: swap", "font-display: optional"))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/search/?q=Tameside", "/compare/?a=tameside&a=reading", "/authorities/"])
def test_nothing_moves_while_a_page_s_scripts_add_to_it(path: str, width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script("""
        window.moved = [];
        new PerformanceObserver(shifts => shifts.getEntries().forEach(shift => moved.push(...shift.sources.map(
            ({node, previousRect, currentRect}) => `${node?.nodeName} ${previousRect.y} → ${currentRect.y}`))))
            .observe({type: 'layout-shift', buffered: true})""")
    page.route("**/*.css", without_late_fonts)
    show(page, path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("moved") == []
