"""Search as a reader meets it: typed into the real box, under the site's own headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from house.hosting import served
from house.worker import ASK_EACH
from playwright.sync_api import Browser, Page, expect
from search_bench.corpus import odd_strings
from test_gather import LABELS, PUBLICATION, REGISTER, article, inspection

from site_builder import files
from site_builder.edtf import Date
from site_builder.site import Ground, publish

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
MARKUP = '<img src=x onerror="document.title=1"> & </template><script>x</script>'


def articles():
    for number, path in enumerate(sorted((ROOT / "seeds").glob("*.txt"))):
        text = "\n\n".join(path.read_text("utf-8", "replace").split("\n"))
        place = "tameside" if "Tameside" in text else "peterborough"
        made = article(inspection(place), slug=f"seed-{number}", title=f"Seed number {number}")
        yield replace(made, body=text)
    for number in range(24):
        day = Date(2010 + number % 12, 1 + number % 12)
        told = inspection("leeds", judgements=[("leadership", "good")])
        yield replace(
            article(told, slug=f"long-{number}", title=f"Quarry {number}", published=day), body="Limestone. " * 9
        )
    yield replace(article(inspection("leeds"), slug="markup", title=f"Zebra {MARKUP}"), body=f"Zebra {MARKUP}")


@pytest.fixture(scope="module")
def site_url(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Iterator[str]:  # noqa: ARG001 (must be there)
    """A site of the seeds, a pile of like articles and one full of markup; conftest's pages open on it."""
    folder = tmp_path_factory.mktemp("search")
    made = publish(
        articles(), Ground(REGISTER, LABELS, PUBLICATION, files.read_templates(ROOT), files.read_assets(ROOT))
    )
    for place, body in made.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(body)
    with served(folder) as url:
        yield url


@pytest.fixture
def box(page: Page):
    page.goto("/search/")
    return page.locator("#search-box")


def names(page: Page):
    return page.locator("#search-names a")


def hits(page: Page):
    return page.locator("#search-hits h2 a")


def count(page: Page):
    return page.get_by_role("status")


@pytest.mark.parametrize(
    ("typed", "first_name", "found", "marked"),
    [
        ("Tameside", "Tameside", "Seed number", "Tameside"),
        ("tameside's", "Tameside", "Seed number", "Tameside"),
        ("children's", "Children in care", "Seed number", "hildren"),
        ("children’s", "Children in care", "Seed number", "hildren"),
        ("foster", "Fostering", "Seed number", "oster"),
        ("fosterin", "Fostering", "Seed number", "ostering"),
        ("inadequa", "Inadequate", "Seed number", "nadequate"),
        ("INADEQUATE", "Inadequate", "Seed number", "nadequate"),
    ],
)
def test_typing_finds_pages_and_articles(page, box, typed, first_name, found, marked):
    box.press_sequentially(typed)
    expect(names(page).first).to_have_text(first_name)
    expect(hits(page).first).to_contain_text(found)
    expect(page.locator("#search-hits mark").first).to_contain_text(marked)
    expect(count(page)).to_have_text(re.compile(rf"^\d+ articles?( and \d+ inspections?)? for ‘{typed}’$"))


@pytest.mark.parametrize(
    ("typed", "all_offered"),
    [
        ("Hull", {"Kingston upon Hull"}),
        ("BCP", {"Bournemouth, Christchurch and Poole"}),
        ("B&NES", {"Bath and North East Somerset"}),
        ("Kingston", {"Kingston upon Hull", "Kingston upon Thames"}),
        ("stoke on trent", {"Stoke-on-Trent"}),
        ("early help", {"Early help"}),
        ("requires improvement", {"Requires improvement"}),
    ],
)
def test_a_name_offers_its_pages(page, box, typed, all_offered):
    box.fill(typed)
    expect(names(page).first).to_be_visible()
    assert all_offered <= set(names(page).all_inner_texts())
    assert names(page).first.inner_text() in all_offered


def test_a_council_named_among_other_words_is_offered_too(page, box):
    box.fill("tameside inspectors")
    expect(names(page)).to_have_text(["Tameside"])


def test_following_a_result_leads_to_the_article(page, box):
    box.fill("limestone quarry 7")
    expect(hits(page).first).to_have_text("Quarry 7")
    hits(page).first.click()
    expect(page).to_have_url(re.compile("/articles/long-7/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Quarry 7")
    page.go_back()
    expect(hits(page).first).to_have_text("Quarry 7")


def test_an_article_has_all_words_if_any_has(page, box):
    box.fill("limestone tameside")
    expect(count(page)).to_have_text(re.compile("^Nothing has all of these words. Showing .* with some of them.$"))
    box.fill("seed tameside")
    expect(count(page)).to_have_text(re.compile(r"^\d articles? for"))


def test_a_mistyped_word_brings_an_offer_and_is_not_changed_by_itself(page, box):
    box.fill("tamseide services")
    offer = page.locator("#search-better a")
    expect(offer).to_have_text("tameside services")
    expect(offer.locator("em")).to_have_text("tameside")
    assert page.url.endswith("?q=tamseide+services")
    offer.click()
    expect(hits(page).first).to_contain_text("Seed number")
    expect(offer).to_be_hidden()
    assert page.url.endswith("?q=tameside+services")


def test_nothing_found_says_what_the_site_holds(page, box):
    box.fill("xylophone")
    expect(count(page)).to_have_text("Nothing found for ‘xylophone’")
    expect(page.locator("#search-empty")).to_contain_text("30 articles")


def test_a_link_to_a_query_shows_its_results(page):
    page.goto("/search/?q=foster+carers")
    expect(hits(page).first).to_be_visible()
    expect(page.locator("#search-box")).to_have_value("foster carers")
    expect(page).to_have_title(re.compile("^foster carers – Search"))
    expect(page.locator("#search-browse")).to_be_hidden()


def test_back_brings_the_earlier_query_and_then_the_empty_page(page, box):
    box.fill("limestone")
    box.press("Enter")
    expect(count(page)).to_have_text("24 articles for ‘limestone’")
    box.press_sequentially("s tameside")
    expect(page).to_have_url(re.compile(r"\?q=limestones\+tameside$"))
    page.go_back()
    expect(box).to_have_value("limestone")
    expect(count(page)).to_have_text("24 articles for ‘limestone’")
    page.go_back()
    expect(box).to_have_value("")
    expect(page.locator("#search-browse")).to_be_visible()
    expect(page).to_have_title(re.compile("^Search"))
    page.go_forward()
    expect(box).to_have_value("limestone")


def test_show_more_moves_to_the_first_new_result(page, box):
    box.fill("limestone")
    for before, after in ((10, 20), (20, 24)):
        expect(hits(page)).to_have_count(before)
        page.get_by_role("button", name="Show more").click()
        expect(hits(page)).to_have_count(after)
        expect(hits(page).nth(before)).to_be_focused()
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_results_of_equal_score_come_newest_first(page, box):
    box.fill("limestone")
    expect(hits(page)).to_have_count(10)
    years = [int(text[-4:]) for text in page.locator("#search-hits [data-origin]").all_inner_texts()]
    assert years == sorted(years, reverse=True)


def test_the_keyboard_is_enough(page, box):
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("fostering/x")
    expect(box).to_have_value("fostering/x")
    box.fill("fostering")
    expect(count(page)).to_contain_text("‘fostering’")  # the last answer; one to what was typed before may come first
    page.keyboard.press("ArrowDown")
    expect(names(page).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits(page).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()


def test_an_answer_that_comes_late_leaves_the_reader_where_they_are(page, box):
    box.fill("fostering")
    expect(count(page)).to_contain_text("‘fostering’")
    hits(page).first.focus()
    box.evaluate("(box) => { box.value = 'fostering children'; box.dispatchEvent(new Event('input')); }")
    expect(count(page)).to_contain_text("‘fostering children’")
    expect(page.locator("#search-results a:focus")).to_have_count(1)


def test_the_key_can_be_turned_off(page, box):
    page.get_by_role("checkbox").uncheck()
    page.reload()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(box).not_to_be_focused()
    expect(page.get_by_role("checkbox")).not_to_be_checked()


@pytest.fixture
def header(page: Page):
    page.goto("/authorities/tameside/")
    page.keyboard.press("/")
    box = page.get_by_role("banner").get_by_role("combobox")
    expect(box).to_be_focused()
    return box


def test_the_headers_box_suggests_pages_by_name(page, header):
    header.press_sequentially("king")
    expect(page.get_by_role("option")).to_contain_text(["Kingston upon Hull", "Kingston upon Thames"])
    expect(header).to_have_attribute("aria-expanded", "true")
    header.press("ArrowDown")
    header.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Kingston upon Thames")
    expect(header).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    header.press("Enter")
    expect(page).to_have_url(re.compile("/authorities/kingston-upon-thames/$"))


def test_a_suggestion_can_be_clicked_and_the_list_closed(page, header):
    header.press_sequentially("leed")
    expect(page.get_by_role("option")).to_have_count(1)
    header.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    header.press_sequentially("s")
    page.get_by_role("option").click()
    expect(page).to_have_url(re.compile("/authorities/leeds/$"))


def test_the_front_pages_own_box_suggests_too(page):
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#home-box")).to_be_focused()
    page.keyboard.type("hull")
    expect(page.get_by_role("option")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/authorities/kingston-upon-hull/$"))


def test_enter_in_the_headers_box_leads_to_the_search_page(page, header):
    header.press_sequentially("limestone")
    header.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=limestone$"))
    expect(hits(page)).to_have_count(10)


def test_nothing_is_loaded_before_the_box_has_the_focus(page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/search/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "lunr" in url or "/search/" in url.removeprefix(page.url) or "worker" in url]
    with page.expect_response(re.compile("/search/parts")):
        page.locator("#search-box").focus()


def test_markup_in_queries_titles_and_texts_stays_text(page, box):
    box.fill(f"zebra {MARKUP}")
    expect(hits(page).first).to_have_text(f"Zebra {MARKUP}")
    assert page.locator("#search-results img, #search-results script").count() == 0
    expect(count(page)).to_contain_text(MARKUP)
    page.goto("/search/?q=" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(count(page)).not_to_be_empty()
    assert page.locator("#search-results img").count() == 0


def test_a_failed_fetch_says_so_and_can_be_tried_again(browser: Browser, site_url: str):
    context = browser.new_context(base_url=site_url)
    page = context.new_page()
    down = re.compile("/search/terms|lunr.min")
    context.route(down, lambda route: route.abort())
    page.goto("/search/?q=foster")
    expect(page.locator("#search-trouble")).to_be_visible()
    expect(count(page)).to_have_text("The search could not be loaded.")
    context.unroute(down)
    page.get_by_role("button", name="Try again").click()
    expect(hits(page).first).to_be_visible()
    expect(page.locator("#search-trouble")).to_be_hidden()
    context.close()


def facet(page: Page, name: str):
    return page.locator(f'[data-facet="{name}"]')


def test_results_are_narrowed_and_widened_again(page, box):
    box.fill("limestone")
    page.locator("#search-narrow summary").first.click()
    expect(facet(page, "grade").get_by_label("Good")).to_be_visible()
    expect(facet(page, "grade")).to_contain_text("Good (24)")
    facet(page, "years").get_by_label("from").select_option("2016")
    facet(page, "years").get_by_label("until").select_option("2017")
    expect(count(page)).to_have_text("4 articles for ‘limestone’ with these filters")
    facet(page, "what").get_by_label("Articles").check()
    expect(page).to_have_url(re.compile(r"\?q=limestone&what=articles&from=2016&to=2017$"))
    expect(facet(page, "what").get_by_label("Articles")).to_be_focused()
    chosen = page.locator("#search-chosen a")
    expect(chosen).to_have_text([re.compile(words) for words in ("Articles", "From 2016", "Until 2017", "Clear all")])
    chosen.nth(1).click()
    expect(count(page)).to_have_text("16 articles for ‘limestone’ with these filters")
    page.go_back()
    expect(count(page)).to_have_text("4 articles for ‘limestone’ with these filters")
    chosen.last.click()
    expect(count(page)).to_have_text("24 articles for ‘limestone’")
    expect(page.locator("#search-chosen")).to_be_hidden()


def test_a_link_restores_words_and_filters(page):
    page.goto(
        "/search/?q=inspection&authority=tameside&grade=inadequate&area=leadership&framework=sif&from=2016&to=2016"
    )
    expect(hits(page)).to_have_text(["Tameside: single inspection, autumn 2016"])
    expect(facet(page, "authority").get_by_label("Tameside")).to_be_checked()
    expect(facet(page, "grade").get_by_label("Inadequate")).to_be_checked()
    expect(facet(page, "grade").get_by_label("for")).to_have_value("leadership")
    expect(facet(page, "framework").get_by_label("Single inspection")).to_be_checked()
    expect(facet(page, "years").get_by_label("from")).to_have_value("2016")


def test_filters_work_without_words(page):
    page.goto("/search/?authority=tameside&what=inspections")
    expect(hits(page).first).to_contain_text("Tameside: ")
    expect(count(page)).to_have_text(re.compile(r"^\d+ inspections with these filters$"))
    expect(page.locator("#search-browse")).to_be_hidden()


def test_values_that_no_facet_has_are_harmless(page):
    page.goto("/search/?q=limestone&authority=constructor&grade=__proto__&area=x&from=9999")
    expect(count(page)).to_have_text("Nothing found for ‘limestone’ with these filters")
    page.get_by_role("link", name="Clear all").click()
    expect(count(page)).to_have_text("24 articles for ‘limestone’")


def test_words_in_quotes_are_found_as_they_stand(page, box):
    box.fill("“zebra <img src”")
    expect(count(page)).to_have_text(re.compile("^1 article for"))
    box.fill('"src zebra"')
    expect(count(page)).to_have_text(re.compile("^Nothing found"))
    box.fill('"early help hub zebra"')
    expect(count(page)).to_have_text(re.compile('^Nothing but 1 page by name for ‘"early help hub zebra"’$'))


def test_facets_and_results_fit_a_narrow_screen(page, box):
    page.set_viewport_size({"width": 320, "height": 640})
    box.fill("inspection")
    page.locator("#search-narrow summary").first.click()
    expect(hits(page).first).to_be_attached()
    expect(facet(page, "authority").get_by_role("checkbox").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_loaded_is_searched_without_a_network(browser: Browser, site_url: str):
    context = browser.new_context(base_url=site_url)
    page = context.new_page()
    page.goto("/search/?q=limestone")
    expect(hits(page)).to_have_count(10)
    context.set_offline(True)
    page.locator("#search-box").fill("limestone quarry")
    expect(page.locator("#search-trouble")).to_be_visible()
    page.locator("#search-box").fill("limestone")
    expect(hits(page)).to_have_count(10)
    expect(page.locator("#search-trouble")).to_be_hidden()
    context.set_offline(False)
    page.locator("#search-box").fill("limestone quarry")
    expect(hits(page).first).to_contain_text("Quarry")
    context.close()


def test_first_results_come_within_three_seconds_on_slow_3g(page):
    """Counted, not clocked, so that a busy machine fails nothing: what is asked for at once is let through at once."""
    latency, bytes_a_second, patience = 0.4, 50_000, 3
    page.goto("/search/")
    page.locator("#search-box").focus()
    page.wait_for_load_state("networkidle")
    held, answered, rounds = [], [], 0
    page.on("requestfinished", lambda request: answered.append(request))
    page.route("**/*", lambda route: held.append(route))
    page.locator("#search-box").fill("limestone")
    while not hits(page).count():
        page.wait_for_timeout(300)
        rounds += bool(held)
        while held:
            held.pop().continue_()
    weight = sum(size["responseHeadersSize"] + size["responseBodySize"] for size in (it.sizes() for it in answered))
    assert weight > 1_000
    assert rounds > 0
    assert rounds * latency + weight / bytes_a_second <= patience, (rounds, weight)


def test_without_scripts_there_is_a_way_to_everything(browser: Browser, site_url: str):
    context = browser.new_context(base_url=site_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/?q=foster")
    expect(page.locator("noscript p")).to_be_visible()
    for heading in ("Councils", "Judgements", "Themes", "Years"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("#search-browse").get_by_role("link", name="Inadequate")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_be_hidden()
    context.close()


@pytest.mark.slow
def test_no_string_makes_search_throw_or_complain(page, box):
    """The context's fixture fails on any console message."""
    queries = odd_strings(1_000)
    answers = page.evaluate(ASK_EACH, queries)
    assert not [answer for answer in answers if isinstance(answer, str)]
    assert any(answer["totals"][0] for answer in answers)
    for query in queries[:25]:
        box.fill(query.replace("\ud800", ""))
        page.wait_for_timeout(170)
    assert page.locator("#search-trouble").is_hidden()
