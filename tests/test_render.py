from pathlib import Path

import jinja2
import pytest
from test_gather import LABELS, PUBLICATION, REGISTER

from site_builder.site import Ground, publish
from site_builder.site.render import asset_files, compile_templates, environment_for, hashed_names

TEMPLATES = {
    path.relative_to("templates").as_posix(): path.read_text("utf-8") for path in Path("templates").rglob("*.html")
}
FONTS = ("public-sans-latin-wght-normal.woff2", "source-serif-4-latin-wght-normal.woff2")
ASSETS = {path.name: path.read_bytes() for path in Path("templates/assets").iterdir()} | dict.fromkeys(FONTS, b"font")
ASSETS |= {"lunr.min.js": b"lunr"}


def test_publishing_twice_gives_the_same_bytes():
    one, other = (publish([], Ground(REGISTER, LABELS, PUBLICATION, TEMPLATES, ASSETS)) for _ in range(2))
    assert one == other
    assert b"The Inspection Digest" in one["index.html"]


def test_a_broken_template_is_named_with_its_line():
    broken = TEMPLATES | {
        "pages/home.html": "{% extends 'base.html' %}\n{% block main %}\n{{ page.nothing }}{% endblock %}"
    }
    with pytest.raises(jinja2.UndefinedError, match="nothing") as caught:
        publish([], Ground(REGISTER, LABELS, PUBLICATION, broken, ASSETS))
    assert any(
        frame.path == Path("templates/pages/home.html") or "home.html" in str(frame.path) for frame in caught.traceback
    )


def test_templates_are_compiled_ahead_but_for_one_that_is_half_written():
    ground = Ground(REGISTER, LABELS, PUBLICATION, TEMPLATES | {"pages/new.html": "{% block"}, ASSETS)
    compile_templates(ground)
    assert len(environment_for(ground).cache) == len(TEMPLATES)


def test_a_style_sheet_leads_to_hashed_fonts_and_changes_its_name_with_them():
    sheet = {"site.css": b"src: url(a.woff2)", "a.woff2": b"one"}
    files = asset_files(Ground(REGISTER, LABELS, PUBLICATION, {}, sheet))
    font = hashed_names(sheet)["a.woff2"]
    assert f"url(/assets/{font})".encode() in files[f"assets/{hashed_names(sheet)['site.css']}"]
    assert hashed_names(sheet)["site.css"] != hashed_names(sheet | {"a.woff2": b"two"})["site.css"]
