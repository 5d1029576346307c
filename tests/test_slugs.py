from __future__ import annotations

import pytest

from site_builder.edtf import Date
from site_builder.model import Framework, Inspection, Metadata, Role
from site_builder.slugs import slug_for


@pytest.mark.parametrize(
    ("metadata", "body", "slug"),
    [
        (Metadata(title="Praise for Tameside’s Services", authority="tameside"), "", "tameside-praise-for-services"),
        (Metadata(title="St Helens: “café” – n°1"), "", "st-helens-cafe-n1"),
        (
            Metadata(
                authority="reading",
                inspections=(Inspection("reading", Role.SUBJECT, Framework.SIF, Date(None, 9, 26)),),
            ),
            "",
            "reading-sif",
        ),
        (Metadata(), "Ofsted came to see how we work with families last week.", "ofsted-came-to-see-how-we-work-with"),
        (Metadata(title="日本"), "", "article"),
        (Metadata(title="Taken"), "", "taken-2"),
        (Metadata(title="x" * 99), "", "x" * 60),
        (Metadata(title="seven letter " * 9), "", "seven-letter-seven-letter-seven-letter-seven-letter-seven"),
    ],
)
def test_a_slug_says_what_the_article_is_about(metadata: Metadata, body: str, slug: str) -> None:
    assert slug_for(metadata, body, {"taken"}) == slug
