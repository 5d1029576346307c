from __future__ import annotations

import pytest
from projects import PROJECT

from site_builder import files, measured
from site_builder.measured import Rule
from site_builder.model import Problems

WRITTEN = """\
date: 2026-11-01
cases: 9
fields:
  title: {precision: 1.000, recall: 0.900, facts: 10}
rules:
  judgements:
    rated: {right: 8, judged: 8}
"""


def test_figures_are_read_as_they_were_written() -> None:
    found = measured.parse("m.yaml", WRITTEN)
    assert (str(found.date), found.cases) == ("2026-11-01", 9)
    assert (found.fields["title"].precision, found.fields["title"].recall, found.fields["title"].facts) == (1, 0.9, 10)
    assert found.rules["judgements", "rated"] == Rule(8, 8)


@pytest.mark.parametrize("text", ["", "date: soon", WRITTEN.replace("cases: 9", "cases: many"), "a: b: c"])
def test_figures_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Problems, match="make score-about"):
        measured.parse("m.yaml", text)


def test_few_proofs_prove_little() -> None:
    assert Rule(1, 1).confidence < Rule(20, 21).confidence < Rule(50, 50).confidence < 1


def test_the_project_s_own_figures_can_be_read() -> None:
    found = files.read_measured(PROJECT)
    assert found
    assert found.fields["judgements.subject"].facts > 0
    assert all(rule.right <= rule.judged for rule in found.rules.values())
