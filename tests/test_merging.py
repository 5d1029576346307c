from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder import merging
from site_builder.edtf import Date
from site_builder.model import Area, Article, Framework, Grade, Inspection, Judgement, Metadata, Outcome, Register, Role

FIRST = Outcome(
    "tameside",
    Framework.SIF,
    Date.parse("2016-09-26"),
    Date.parse("2016-10-20"),
    Date.parse("2016-12-09"),
    ((Area.OVERALL, Grade.INADEQUATE),),
)
VISIT = Outcome("tameside", Framework.MONITORING_VISIT, Date.parse("2018-04-17"), None, None, ())


def told(*inspections: Inspection) -> list[str | None]:
    """The keys that these inspections get of an article."""
    metadata = Metadata(inspections=inspections)
    found = merging.matched(metadata, Register((), (), (FIRST, VISIT)))
    unmarked = tuple(replace(each, record=None) for each in found.inspections)
    assert unmarked == inspections  # whatever the record has, the text keeps what it says
    return [each.record for each in found.inspections]


def test_a_key_says_authority_kind_and_month() -> None:
    assert list(merging.keys((FIRST, VISIT))) == ["tameside-sif-2016-09", "tameside-monitoring-visit-2018-04"]


def test_two_of_a_kind_in_a_month_have_their_days_in_their_keys() -> None:
    other = replace(VISIT, started=Date.parse("2018-04-30"))
    assert list(merging.keys((VISIT, other, other))) == [
        "tameside-monitoring-visit-2018-04-17",
        "tameside-monitoring-visit-2018-04-30",
        "tameside-monitoring-visit-2018-04-30-2",
    ]


def test_no_article_renames_an_inspection_of_the_record() -> None:
    grades = (Judgement(Area.OVERALL, Grade.GOOD, ("good",)),)
    other = Inspection(
        "tameside", Role.SUBJECT, Framework.SIF, Date.parse("2016-09-01"), Date.parse("2016-09-02"), judgements=grades
    )
    clusters = merging.collect((FIRST,), [Article("a", Metadata(inspections=(other,)), "")])
    assert merging.ids(clusters) == ["tameside-sif-2016-09", "tameside-sif-2016-09-01"]


@pytest.mark.parametrize(
    "inspection",
    [
        Inspection("tameside", Role.SUBJECT, Framework.SIF, Date.parse("2016-09"), Date.parse("2016-10")),
        Inspection("tameside", Role.SUBJECT, Framework.SIF, Date.parse("XXXX-09-26")),
        Inspection("tameside", Role.PREVIOUS, Framework.SIF, ended=Date.parse("2016")),
        Inspection("tameside", Role.SUBJECT, Framework.SIF, report_published=Date.parse("2016-12")),
    ],
)
def test_an_inspection_is_matched_when_authority_kind_and_dates_agree(inspection: Inspection) -> None:
    assert told(inspection) == ["tameside-sif-2016-09"]


@pytest.mark.parametrize(
    "inspection",
    [
        Inspection("stockport", Role.SUBJECT, Framework.SIF, Date.parse("2016-09")),
        Inspection("tameside", Role.SUBJECT, Framework.ILACS, Date.parse("2016-09")),
        Inspection("tameside", Role.SUBJECT, Framework.SIF, Date.parse("2014-09")),
        Inspection("tameside", Role.PREVIOUS, Framework.SIF),
        Inspection("tameside", Role.PREVIOUS),
    ],
)
def test_an_inspection_that_does_not_agree_is_not_matched(inspection: Inspection) -> None:
    assert told(inspection) == [None]


def test_a_key_that_an_editor_wrote_decides() -> None:
    named = Inspection("tameside", Role.SUBJECT, Framework.SIF, Date.parse("2015"), record="tameside-sif-2016-09")
    clusters = merging.collect((FIRST, VISIT), [Article("a", Metadata(inspections=(named,)), "")])
    assert [(cluster.key, len(cluster.told)) for cluster in clusters] == [
        ("tameside-sif-2016-09", 1),
        ("tameside-monitoring-visit-2018-04", 0),
    ]
