"""The style sheet keeps its promises: contrast on the warm paper, no capitals, no motion, a small file."""

import gzip
import re
from pathlib import Path

import pytest

CSS = Path("templates/assets/site.css").read_text("utf-8")


def colours(text):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


LIGHT = colours(CSS.partition("@media (prefers-color-scheme: dark)")[0])
DARK = LIGHT | colours(CSS.partition("@media (prefers-color-scheme: dark)")[2].partition("/* Base */")[0])
MODES = pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour):
    """Rule: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@MODES
@pytest.mark.parametrize("paper", ["paper", "panel"])
@pytest.mark.parametrize("text", ["ink", "muted", "link", "visited"])
def test_text_is_easily_read_on_the_paper(mode, paper, text):
    assert contrast(mode[text], mode[paper]) >= 6


@MODES
@pytest.mark.parametrize("level", range(5))
def test_a_grade_is_read_on_its_tint_and_its_gauge_seen_on_the_page(mode, level):
    assert contrast(mode[f"i{level}"], mode[f"t{level}"]) >= 8
    assert contrast(mode[f"f{level}"], mode["paper"]) >= 3
    if level:  # the gauge stands on the tint; without a grade there is none
        assert contrast(mode[f"f{level}"], mode[f"t{level}"]) >= 3


@MODES
def test_lines_that_carry_meaning_are_seen_and_marked_words_are_read(mode):
    assert contrast(mode["edge"], mode["paper"]) >= 3
    assert contrast(mode["mark-line"], mode["paper"]) >= 3
    assert contrast(mode["ink"], mode["mark"]) >= 7


@MODES
def test_the_focus_is_seen_in_both_modes(mode):
    assert contrast("#16181d", mode["focus"]) >= 13


# Colour blindness as Machado, Oliveira and Fernandes (2009) simulate it, at full strength, on linear light.
BLIND = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(colour, matrix):
    linear = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in linear]
    red, green, blue = (
        min(max(sum(weight * part for weight, part in zip(row, linear, strict=True)), 0), 1) for row in matrix
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@MODES
@pytest.mark.parametrize("kind", BLIND)
def test_levels_are_told_apart_by_the_colour_blind(mode, kind):
    seen = [lab(mode[f"f{level}"], BLIND[kind]) for level in (1, 2, 3, 4)]
    apart = [
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for number, one in enumerate(seen)
        for other in seen[:number]
    ]
    assert min(apart) >= 12


def test_the_sheet_is_small_and_calm():
    assert len(gzip.compress(CSS.encode(), 6)) <= 8_000
    assert "uppercase" not in CSS
    assert "transition" not in CSS
    assert "animation" not in CSS
    assert "justify;" not in CSS


def test_no_page_needs_a_style_or_a_script_of_its_own():
    for template in Path("templates").rglob("*.html"):
        text = template.read_text("utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=", text), template


def test_every_class_in_a_template_has_its_rule():
    """A class without a rule is a slip of the pen."""
    for template in Path("templates").rglob("*.html"):
        for found in re.findall(r'class="([^"{}]+)"', template.read_text("utf-8")):
            for name in found.split():
                assert re.search(rf"\.{re.escape(name)}(?![\w-])", CSS), (template, name)
