from dataclasses import replace
from pathlib import Path

import pytest

from site_builder import files
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
    Rights,
    Role,
    SourceKind,
)
from site_builder.site.entries import SaidBy
from site_builder.site.gather import gather
from site_builder.site.ground import Ground
from site_builder.site.publication import Publication

REGISTER = files.read_register(Path())
LABELS = files.read_labels()
PUBLICATION = Publication(
    "The Inspection Digest", "https://digest.example", rights=dict.fromkeys(SourceKind, Rights.FULL)
)


GROUND = Ground(REGISTER, LABELS, PUBLICATION)


def site_of(*articles):
    return gather(articles, GROUND)


def article(*inspections, slug="an-article", **metadata):
    authority = inspections[0].authority if inspections else "tameside"
    known = {"authority": authority, "authorities": (authority,), **metadata}
    return Article(slug, Metadata(inspections=inspections, **known), "Text.")


def inspection(authority="tameside", role=Role.SUBJECT, framework=Framework.SIF, judgements=(), **dates):
    judged = tuple(Judgement(Area(area), Grade(grade), (f"{area} is {grade}",)) for area, grade in judgements)
    return Inspection(
        authority, role, framework, judgements=judged, **{key: Date.parse(date) for key, date in dates.items()}
    )


def only_inspection(site):
    (entry,) = site.articles
    return [site.inspection[id] for id in entry.inspections]


@pytest.mark.parametrize(
    "told",
    [
        inspection(started="2016-09-26", ended="2016-10-20"),
        inspection(started="XXXX-09-26", ended="XXXX-10-20"),
        inspection(started="2016-10"),
        inspection(report_published="2016-12"),
        inspection(started="2016", role=Role.PREVIOUS),
        inspection(started="2016-09", framework=None, judgements=[("adoption", "good")]),
    ],
)
def test_an_account_joins_the_record_when_authority_kind_and_dates_agree(told):
    (joined,) = only_inspection(site_of(article(told)))
    assert joined.id == "tameside-sif-2016-09"
    assert joined.outcome is not None
    assert joined.dates == "26 September to 20 October 2016"


@pytest.mark.parametrize(
    "told",
    [
        inspection(started="2018-04", framework=Framework.MONITORING_VISIT),
        inspection(started="2014-09"),
        inspection(started="2016-09-26", authority="leeds"),
        inspection(framework=None, started="2016-09", judgements=[("leadership", "outstanding")]),
    ],
)
def test_an_account_that_does_not_agree_stands_alone(told):
    (alone,) = only_inspection(site_of(article(told)))
    assert alone.outcome is None


def test_an_undated_report_joins_what_was_published_just_before():
    told = inspection(judgements=[("overall", "inadequate")])
    (joined,) = only_inspection(site_of(article(told, published=Date.parse("2016-12-12"))))
    assert joined.id == "tameside-sif-2016-09"


def test_two_articles_tell_of_one_visit():
    visit = {"framework": Framework.MONITORING_VISIT}
    site = site_of(
        article(inspection(started="2018-04", **visit), slug="one"),
        article(inspection(started="2018-04-17", **visit), slug="two"),
    )
    (entry,) = [each for each in site.inspections if each.tellings]
    assert {telling.article.slug for telling in entry.tellings} == {"one", "two"}
    assert entry.id == "tameside-monitoring-visit-2018-04"


def test_an_inspection_does_not_end_before_it_begins_whoever_tells_of_it():
    first = inspection(framework=Framework.SLAC, started="2012-05-14")
    second = inspection(framework=Framework.SLAC, started="2012-03", ended="2012-03")
    one, two = (replace(each, record="tameside-slac-2012-05") for each in (first, second))
    site = site_of(article(one, slug="one"), article(two, slug="two"))
    (entry,) = [each for each in site.inspections if each.tellings]
    assert len(entry.tellings) == 2
    assert entry.dates == "14 May 2012"


def test_a_grade_says_who_says_it_and_mismatches_stay_side_by_side():
    told = inspection(started="2016-09", judgements=[("adoption", "good"), ("leadership", "adequate")])
    (entry,) = only_inspection(site_of(article(told)))
    held = {grade.area: grade for grade in entry.grades}
    assert held[Area.ADOPTION].said_by is SaidBy.BOTH
    assert not held[Area.ADOPTION].disputed
    assert held[Area.LEADERSHIP].grade is Grade.INADEQUATE
    assert [claim.grade for claim in held[Area.LEADERSHIP].disputed] == [Grade.ADEQUATE]
    assert held[Area.CARE_LEAVERS].said_by is SaidBy.RECORD


def test_the_latest_grade_is_one_for_each_area():
    latest = site_of().authority["tameside"].latest
    assert latest[Area.LEADERSHIP].dates == "4 to 15 December 2023"
    assert latest[Area.ADOPTION].dates == "26 September to 20 October 2016"


def test_a_fostering_inspection_says_nothing_of_the_council_overall():
    told = inspection(framework=Framework.FOSTERING, started="2025-06", judgements=[("overall", "outstanding")])
    site = site_of(article(told))
    assert site.authority["tameside"].latest[Area.OVERALL].grade is Grade.INADEQUATE
    assert any(each.framework is Framework.FOSTERING for each in site.earlier[Grade.OUTSTANDING, Area.OVERALL])


def test_counts_add_up():
    site = site_of()
    for area in Area:
        held = [entry for entry in site.current if area in entry.latest]
        assert sum(site.count(grade, area) for grade in Grade) == len(held)
    listed = [each for held in (site.latest, site.earlier) for grades in held.values() for each in grades]
    assert len(listed) == sum(len(entry.grades) for entry in site.inspections)
    assert len(listed) == sum(len(outcome.grades) for outcome in REGISTER.outcomes)
    assert sum(len(region.authorities) for region in site.regions) == len(REGISTER.authorities)
    assert len(site.inspections) == len(REGISTER.outcomes)


def test_every_inspection_has_its_own_place():
    site = site_of(article(inspection(framework=None), inspection(framework=None, role=Role.PREVIOUS)))
    ids = [entry.id for entry in site.inspections]
    assert len(set(ids)) == len(ids)
    assert {"tameside-inspection-undated", "tameside-inspection-undated-2"} <= set(ids)


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (inspection(started="XXXX-09-26", ended="XXXX-10-20"), "Tameside: single inspection, autumn 2016"),
        (inspection(framework=Framework.MONITORING_VISIT, started="2018-04"), "Tameside: monitoring visit, April 2018"),
        (inspection(framework=Framework.ILACS, authority="leeds"), "Leeds: ILACS inspection"),
    ],
)
def test_an_article_without_a_headline_gets_one_from_its_facts(told, title):
    (entry,) = site_of(article(told)).articles
    assert entry.title == title
    assert entry.title_is_ours


def test_facts_with_the_same_words_share_a_place_in_the_article():
    words = ("good in all areas",)
    judged = tuple(Judgement(area, Grade.GOOD, words) for area in (Area.OVERALL, Area.LEADERSHIP))
    told = Inspection("leeds", Role.SUBJECT, Framework.ILACS, judgements=judged, evidence=("inspected in May",))
    (inspection,) = [each for each in site_of(article(told)).inspections if each.tellings]
    entry = inspection.tellings[0].article
    assert entry.proof_url(words) == "/articles/an-article/#e-overall-good"
    assert entry.proof_url(told.evidence) == "/articles/an-article/#e-ilacs"


def test_an_anchor_stays_when_more_is_read_from_the_article():
    judged = [Judgement(area, Grade.GOOD, (f"good for {area}",)) for area in (Area.LEADERSHIP, Area.CARE_LEAVERS)]
    before, after = (
        Inspection("leeds", Role.SUBJECT, Framework.ILACS, judgements=tuple(some), evidence=("in May",))
        for some in (judged[1:], judged)
    )
    found = [Finding(text, Polarity.STRENGTH) for text in ("Leaders act.", "Visits are frequent.", "Leaders act.")]
    was, now = (
        site_of(article(told, findings=tuple(some))).articles[0]
        for told, some in ((before, found[1:2]), (after, found))
    )
    assert was.proofs[judged[1].evidence].anchor == now.proofs[judged[1].evidence].anchor
    less, more = (site_of(article(findings=tuple(some))).findings for some in (found[1:2], found))
    assert less[0].anchor == more[1].anchor
    assert len({finding.anchor for finding in more}) == 3


def test_speech_bears_the_date_of_its_article_or_none():
    told = inspection(started="2016-09", framework=Framework.SIF)
    said = (Quote("We are glad.", "Ada Example"),)
    undated, dated = (article(told, quotes=said, published=date) for date in (None, Date.parse("2016-12-12")))
    assert [quote.when for quote in site_of(undated).authority["tameside"].quotes] == [None]
    assert [str(quote.when) for quote in site_of(dated).authority["tameside"].quotes] == ["2016-12-12"]


def test_an_unknown_authority_is_a_problem_with_its_file():
    with pytest.raises(Problems, match=r'an-article.md: error\[authority\]: "camelot" is not in'):
        site_of(article(inspection(authority="camelot")))
