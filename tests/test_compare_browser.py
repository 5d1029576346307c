"""Comparing councils by the address, and filtering the list of them, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

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
