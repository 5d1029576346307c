"""What scripts add to pages beside the search: comparing councils, filtering their list, a hand for the lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def heads(page: Page) -> list[str]:
    return page.locator("#compare-chosen thead th > a:first-child").all_inner_texts()


def test_councils_in_the_address_stand_side_by_side_and_can_be_removed(page: Page) -> None:
    page.goto("/compare/?a=tameside&a=reading")
    assert heads(page) == ["Tameside", "Reading"]
    leadership = page.locator("#compare-chosen tbody tr").first
    assert re.match(r"Leadership\s+Inadequate\s+Dec 2023\s+Requires improvement\s+Apr 2024", leadership.inner_text())
    assert page.title().startswith("Tameside, Reading compared – ")
    page.get_by_role("link", name="Remove Tameside").click()
    expect(page).to_have_url(re.compile(r"/compare/\?a=reading$"))
    assert heads(page) == ["Reading"]
    page.get_by_role("link", name="Remove Reading").click()
    expect(page.locator("#compare-chosen")).to_be_hidden()


def test_a_council_is_added_after_the_others_until_there_are_four(page: Page) -> None:
    page.goto("/compare/?a=tameside&a=reading&a=leeds")
    page.get_by_label("Add a council").select_option("Barnet")
    page.get_by_role("button", name="Add").click()
    expect(page).to_have_url(re.compile(r"a=tameside&a=reading&a=leeds&a=barnet$"))
    assert heads(page) == ["Tameside", "Reading", "Leeds", "Barnet"]
    expect(page.locator("#compare-form")).to_be_hidden()


def test_what_cannot_be_compared_is_said(page: Page) -> None:
    page.goto("/compare/?a=camelot&a=<b>&a=tameside&a=tameside&a=reading&a=leeds&a=barnet&a=bury")
    assert heads(page) == ["Tameside", "Reading", "Leeds", "Barnet"]
    said = page.locator("#compare-said").inner_text()
    assert "No council here is called “camelot”." in said
    assert "“<b>”" in said
    assert "the first 4 are shown" in said


def test_the_list_of_councils_is_filtered_by_names_and_other_names(page: Page) -> None:
    page.goto("/authorities/")
    box = page.get_by_label("Filter by name")
    for typed, left in (("hull", ["Kingston upon Hull"]), ("B&NES", ["Bath and North East Somerset"]), ("bcp", None)):
        box.fill(typed)
        expect(page.locator("#filter [role=status]")).to_have_text(re.compile(r"^\d+ councils?$"))
        shown = page.locator("[data-names]:visible > a").all_inner_texts()
        assert shown == (left or ["Bournemouth, Christchurch and Poole"])
    box.fill("zzz")
    expect(page.locator("#filter [role=status]")).to_have_text("0 councils")
    expect(page.locator("main .section:visible")).to_have_count(0)
    box.fill("")
    expect(page.locator("#filter [role=status]")).to_have_text("")
    assert page.locator("[data-names]:visible").count() > 150


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/authorities/tamesid/", "Tameside"),
        ("/authorities/tamside/", "Tameside"),
        ("/authorities/etameside/", "Tameside"),
        ("/authorities/brimingham", "Birmingham"),
        ("/council/kingston-upon-hull.html", "Kingston upon Hull"),
        ("/themes/early-help-2", None),
    ],
)
def test_a_wrong_address_is_answered_with_pages_of_like_names(
    browser: Browser, site_url: str, path: str, meant: str | None
) -> None:
    context = browser.new_context(base_url=site_url)  # not the shared one, which holds any error in the console a fault
    page = context.new_page()
    answer = page.goto(path)
    assert answer
    assert answer.status == 404
    expect(page.locator("#lost-box")).not_to_have_value("")
    if meant:
        expect(page.locator("#suggested li").first).to_have_text(meant)
    context.close()


def test_without_scripts_all_councils_can_be_compared_and_nothing_is_offered_that_does_not_work(
    browser: Browser, site_url: str
) -> None:
    context = browser.new_context(base_url=site_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/compare/?a=tameside")
    assert "scripts are off" in page.locator("noscript").inner_text()
    page.locator("#compare-all summary").click()
    expect(page.locator("#compare-all tbody tr:visible")).to_have_count(153)
    expect(page.locator("#compare-chosen")).to_be_hidden()
    page.goto("/authorities/")
    expect(page.locator("#filter")).to_be_hidden()
    page.goto("/404.html")
    expect(page.locator("#suggested")).to_be_hidden()
    context.close()
