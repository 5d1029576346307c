"""The published pages: what stands on them, that it adds up, and that nothing leads nowhere."""

import gzip
import json
import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

import pytest
from test_gather import GROUND, LABELS, PUBLICATION, REGISTER, inspection
from test_render import ASSETS, TEMPLATES

from site_builder.edtf import Date
from site_builder.measured import Field, Measured
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
    Quote,
    Role,
    Source,
    SourceKind,
    Theme,
)
from site_builder.site import Ground, publish
from site_builder.site.gather import gather
from site_builder.site.wording import in_short, missing, same_days

ATTACK = "<script>alert('x')</script>\"onload="
SENTENCE = "Leaders know their services well."
AUTUMN = Article(
    "autumn-report",
    Metadata(
        authority="tameside",
        authorities=("tameside",),
        source=Source(None, None, SourceKind.NEWSPAPER),
        themes=(Theme.LEADERSHIP,),
        inspections=(
            Inspection(
                "tameside",
                Role.SUBJECT,
                Framework.SIF,
                Date.parse("XXXX-09-26"),
                Date.parse("XXXX-10-20"),
                judgements=(
                    Judgement(Area.ADOPTION, Grade.GOOD, ("adoption was rated “good”",)),
                    Judgement(Area.LEADERSHIP, Grade.ADEQUATE, ("leaders were adequate",)),
                    Judgement(Area.CARE_LEAVERS, Grade.REQUIRES_IMPROVEMENT, ("words that stand nowhere",)),
                ),
                evidence=("from 26 September to 20 October",),
            ),
        ),
        findings=(Finding(SENTENCE, Polarity.STRENGTH, (Theme.LEADERSHIP,)),),
        quotes=(Quote("We are glad of this.", "Ada Example", "Leader", "Example Council"),),
    ),
    f"Inspectors came from 26 September to 20 October.\n\nThere adoption was rated “good”; leaders were adequate.\n\n"
    f"{SENTENCE}\n\n“We are glad of this.”",
)
HOSTILE = Article(
    "hostile",
    Metadata(
        title=ATTACK,
        published=Date.parse("2019-05"),
        source=Source(ATTACK, "https://x.example/?a=1&b=<", SourceKind.OTHER),
        authority="leeds",
        authorities=("leeds",),
        quotes=(Quote(ATTACK, ATTACK, ATTACK, ATTACK),),
        findings=(Finding(ATTACK, Polarity.WEAKNESS, (Theme.NEGLECT,)),),
    ),
    ATTACK,
)
VISIT = Article(
    "visit",
    Metadata(
        title="A visit",
        authority="reading",
        authorities=("reading",),
        inspections=(inspection("reading", framework=Framework.MONITORING_VISIT, started="XXXX-05"),),
    ),
    "Inspectors came in May.",
)
ARTICLES = (AUTUMN, HOSTILE, VISIT)
MEASURED = Measured(Date.parse("2026-11-01"), 9, {"title": Field(0.29, 0.997, 12)}, {})
GROUND_WITH_PAGES = Ground(REGISTER, LABELS, PUBLICATION, TEMPLATES, ASSETS, MEASURED)


@pytest.fixture(scope="module")
def files():
    return publish(ARTICLES, GROUND_WITH_PAGES)


@pytest.fixture(scope="module")
def pages(files):
    return {name: body.decode() for name, body in files.items() if name.endswith(".html")}


def main(html):
    return html.partition("<main")[2].partition("</main>")[0]


def text(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_page_about_the_site_says_how_well_articles_are_read(pages):
    said = text(pages["about/index.html"])
    assert "On 1 November 2026 the program read 9 test articles" in said
    assert "Headline 29% 99% 12" in said
    assert "Themes" not in said[said.index("How well that works") : said.index("What is missing")]


def test_every_authority_grade_inspection_theme_and_region_has_a_page(pages):
    site = gather(ARTICLES, GROUND)
    linked = [*site.authorities, *site.inspections, *site.themes, *site.regions, *site.articles]
    assert all(f"{each.url[1:]}index.html" in pages for each in linked)
    assert {f"judgements/{grade}/index.html" for grade in Grade} <= set(pages)


def test_no_two_files_have_names_that_some_systems_take_for_one(files):
    assert len({place.casefold() for place in files}) == len(files)


def test_every_link_and_anchor_leads_somewhere(files, pages):
    ids = {name: set(re.findall(r'\bid="([^"]+)"', html)) for name, html in pages.items()}
    lost = set()
    for name, html in pages.items():
        for found in re.findall(r'(?:href|src|action)="([^"]*)"', html):
            url = urlsplit(unescape(found))
            if url.scheme or url.netloc:
                continue
            place = url.path.removeprefix("/") if url.path else name
            place += "index.html" if place.endswith("/") or not place else ""
            if place not in files or (url.fragment and url.fragment not in ids.get(place, ())):
                lost.add((name, found))
    assert not lost


def test_a_page_has_one_heading_of_its_own_and_no_anchor_twice(pages):
    for name, html in pages.items():
        assert html.count("<h1") == 1, name
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), name


def test_heavy_pages_stay_within_their_bars(files):
    indexes = {"index.html", "authorities/index.html", "inspections/index.html", "articles/index.html"}
    for name, body in files.items():
        if name.endswith(".html"):
            bar = 40_000 if name in indexes or name.startswith("judgements/") else 14_000
            assert len(gzip.compress(body, 6)) <= bar, name


def test_counts_on_the_front_page_are_those_of_the_lists_they_lead_to(pages):
    counted = re.findall(r'<a href="/judgements/([\w-]+)/#([\w-]+)" aria-label="(\d+) ', pages["index.html"])
    assert len(counted) >= 16
    for grade, area, number in counted:
        section = pages[f"judgements/{grade}/index.html"].partition(f'aria-labelledby="{area}"')[2]
        listed = section.partition("<details")[0].partition("</section>")[0]
        assert listed.count("<li>") == int(number), (grade, area)


def test_the_counts_of_the_scale_are_those_of_the_pages_they_lead_to(pages):
    scale = pages["judgements/index.html"].partition('<ul class="scale">')[2].partition("</ul>")[0]
    counted = re.findall(r'<a href="/judgements/([\w-]+)/">([\d,]+) judgements', scale)
    assert len(counted) == len(Grade)
    for grade, number in counted:
        page = main(pages[f"judgements/{grade}/index.html"])
        listed = sum(each.count("<li>") for each in re.findall(r'<ul class="holders">(.*?)</ul>', page, re.S))
        assert listed == int(number.replace(",", "")), grade
    page = text(main(pages["judgements/no-grade/index.html"]))
    listed = re.findall(r'<ul class="plain-list">(.*?)</ul>', pages["judgements/no-grade/index.html"], re.S)
    number = sum(each.count("<li>") for each in listed)
    assert f"{number} such visits are known" in page
    assert f">{number} visits and inspections without a grade</a>" in scale


def test_every_count_of_grades_that_moved_leads_to_as_many(pages):
    moves = pages["judgements/moves/index.html"]
    counted = re.findall(
        r'<a href="/judgements/moves/#(y\d+-(?:up|down))">(\d+) grades?</a> <span class="muted">of (\d+) council',
        pages["judgements/index.html"],
    )
    assert len(counted) > 20
    assert sum(int(grades) for _, grades, _ in counted) == len(gather(ARTICLES, GROUND).changes)
    for anchor, grades, councils in counted:
        listed = moves.partition(f'id="{anchor}"')[2].partition("</div>")[0]
        assert listed.count("<li>") - len(re.findall(r"<li><a ", listed)) == int(grades), anchor
        assert len(set(re.findall(r'<li><a href="[^"]+">([^<]+)', listed))) == int(councils), anchor


def test_the_way_to_a_page_is_told_to_machines_as_it_is_to_people(pages):
    for name, html in pages.items():
        told = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
        shown = re.findall(
            r'<li><a href="([^"]+)">', html.partition('aria-label="Breadcrumb"')[2].partition("</nav>")[0]
        )
        trails = [each for each in map(json.loads, told) if each["@type"] == "BreadcrumbList"]
        assert len(trails) == bool(shown), name
        for each in trails:
            assert each["@context"] == "https://schema.org", name
            steps = each["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), name
            assert all(step["@type"] == "ListItem" and step["name"] for step in steps), name
            own = "/" + name.removesuffix("index.html")
            assert [step["item"] for step in steps] == [f"https://digest.example{url}" for url in (*shown, own)], name


def test_the_data_are_told_to_machines_that_look_for_data_sets(pages):
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', pages["data/index.html"], re.S)
    assert said
    told = json.loads(said[1])
    assert (told["@context"], told["@type"], told["license"][-8:]) == ("https://schema.org", "Dataset", "#licence")
    shown = re.findall(
        r'<li><a href="(/data/[\w.-]+\.(?:csv|sqlite))">.*?<code>(\w{64})</code>', pages["data/index.html"], re.S
    )
    files = [(each["contentUrl"], each["sha256"]) for each in told["distribution"]]
    assert files == [(f"https://digest.example{url}", checksum) for url, checksum in shown]
    assert len(files) >= 7


def test_a_grade_of_the_record_stands_beside_what_ofsted_calls_its_area(pages):
    def row(name, area):
        return text(pages[f"inspections/{name}/index.html"].partition(f'<li id="{area}">')[2].partition("</li>")[0])

    assert "“The impact of leaders on social work practice with children and families”" in row(
        "tameside-ilacs-2023-12", "leadership"
    )
    assert "progress of children in care”" in row("tameside-ilacs-2023-12", "children-looked-after")
    assert "children in care and care leavers”" in row("tameside-ilacs-2019-05", "children-looked-after")
    source = "from Ofsted’s report and Ofsted’s official statistics of 2025, as of 22 August 2026"
    assert source in text(pages["inspections/tameside-ilacs-2023-12/index.html"])


def test_words_that_open_a_quotation_close_it():
    assert in_short(("was rated “good",)) == "was rated “good”"
    assert in_short(("“good”", "too")) == "“good” … too"
    assert in_short(("“" + "word " * 99,)).endswith("word …”")


def test_every_article_and_inspection_stands_on_the_page_of_its_year(pages):
    site = gather(ARTICLES, GROUND)
    for kind, entries in (("articles", site.articles), ("inspections", site.inspections)):
        of_years = {name: html for name, html in pages.items() if name.startswith(f"{kind}/year/")}
        listed = re.findall(rf'<(?:h2|li)><a href="(/{kind}/[^"]+/)">', "".join(map(main, of_years.values())))
        assert sorted(listed) == sorted(entry.url for entry in entries)
        assert f"{kind}/year/not-stated/index.html" in of_years
    for year, anchor, number in re.findall(
        r'href="/inspections/year/([\w-]+)/#(\w+)" aria-label="(\d+) ', pages["inspections/index.html"]
    ):
        section = pages[f"inspections/year/{year}/index.html"].partition(f'id="{anchor}"')[2].partition("</section>")[0]
        assert section.count("<li><a ") == int(number), (year, anchor)


def test_a_grade_is_told_by_area_with_who_says_it(pages):
    latest = text(pages["authorities/tameside/index.html"].partition('id="latest"')[2].partition("</section>")[0])
    assert "Leadership Inadequate 4 to 15 December 2023 , ILACS. From the record" in latest
    assert (
        "26 September to 20 October 2016 , Single inspection. From the record ( Ofsted’s report ) and Newspaper"
        in latest
    )


def test_a_latest_grade_leads_to_the_report_and_to_the_sentence_and_says_since_when_it_is_held(pages):
    page = main(pages["authorities/tameside/index.html"])
    rows = dict(
        re.findall(r"<li><h3>([^<]+)</h3>(.*?)</li>", page.partition('id="latest"')[2].partition("</section>")[0], re.S)
    )
    assert "Before that: requires improvement, May 2019." in text(rows["Leadership"])
    assert "The same in each inspection since September 2016." in text(rows["Care leavers"])
    assert re.search(r'href="https://files.ofsted.gov.uk/[^"]+" rel="noopener">Ofsted’s report', rows["Leadership"])
    assert 'href="/articles/autumn-report/#e-adoption-good"' in rows["Adoption"]
    assert "article" not in text(rows["Leadership"])


def test_an_authority_page_says_when_inspectors_last_came_and_what_is_missing(pages):
    page = text(main(pages["authorities/tameside/index.html"]))
    assert "13 February 2025, 555 days before the date of the record (22 August 2026)" in page
    assert "No article about three of the four inspections that gave grades." in page
    reading = text(main(pages["authorities/reading/index.html"]))
    assert "No year for 1 inspection or visit." in reading
    bare = replace(gather((), GROUND).authority["leeds"], latest={}, inspections=())
    first, *_ = missing(bare, (Area.LEADERSHIP, Area.CARE_LEAVERS), LABELS)
    assert first == "No grade for leadership and care leavers in our sources."


def test_neighbours_stand_beside_the_authority_with_all_their_latest_grades(pages):
    page = pages["authorities/tameside/index.html"]
    rows = re.findall(r'<tr data-slug="([\w-]+)">(.*?)</tr>', page, re.S)
    assert [slug for slug, _ in rows] == ["tameside", *REGISTER.by_slug["tameside"].neighbours]
    assert all(row.count("<td>") == 5 for _, row in rows)
    assert "/compare/?a=tameside&amp;a=rotherham" in page


def test_without_a_script_every_council_stands_on_the_page_that_compares(pages):
    page = pages["compare/index.html"]
    current = {each.slug for each in REGISTER.authorities if not each.abolished}
    assert set(re.findall(r'<tr data-slug="([\w-]+)">', page)) == current
    assert set(re.findall(r'<option value="([\w-]+)">', page)) == current
    assert len(re.findall(r"/regions/[\w-]+/", page.partition("<noscript>")[2].partition("</noscript>")[0])) == 9


def test_the_inspection_page_sets_record_and_article_side_by_side(pages):
    page = pages["inspections/tameside-sif-2016-09/index.html"]
    assert "26 September to 20 October, year not stated" in text(page)
    assert "agrees" in text(page.partition('id="dates"')[2].partition("</section>")[0])
    rows = dict(re.findall(r'<li id="([\w-]+)">(.*?)\n?</div></li>', page, re.S))
    assert "agrees" in text(rows["adoption"])
    assert "“good”" in rows["adoption"]
    assert "/articles/autumn-report/#e-adoption-good" in rows["adoption"]
    assert "Inadequate" in text(rows["leadership"])
    assert "Adequate" in text(rows["leadership"])
    assert "differs" in text(rows["leadership"])
    assert "No article states it" in text(rows["overall"])


def test_an_article_agrees_on_the_days_as_far_as_it_tells_them():
    recorded = next(each for each in REGISTER.outcomes if each.started == Date.parse("2016-09-26"))

    def told(*days):
        return inspection(**dict(zip(("started", "ended"), days, strict=False)))

    assert same_days(told("2016-09"), recorded)
    assert same_days(told("XXXX-09-26", str(recorded.ended)), recorded)
    assert same_days(told("2016-09-27"), recorded) is False
    assert same_days(told("2016-09", "2016-09-30"), recorded) is False
    assert same_days(told("2016-10", "2016-10"), recorded) is None
    assert same_days(told(), recorded) is None
    assert same_days(told("2016-09"), None) is None


def test_an_inspection_in_a_list_has_one_colon(pages):
    listed = re.findall(r"<li><a [^>]*>([^<]*)</a>", main(pages["judgements/no-grade/index.html"]))
    assert any(", focused visit: " in each for each in listed)
    assert [each for each in listed if each.count(":") > 1] == []


def test_words_are_marked_and_facts_stand_beside_them(pages):
    page = main(pages["articles/autumn-report/index.html"])
    assert '<mark id="e-sif">from 26 September to 20 October.</mark>' in page
    assert '<mark id="e-adoption-good">adoption was rated “good”;</mark>' in page
    paragraph, note = page.index('<mark id="e-adoption-good">'), page.index('id="n2"')
    assert paragraph < note < page.index(SENTENCE)
    beside = text(page[note : page.index('id="n3"')])
    assert "Adoption Good as published by Ofsted" in beside
    assert "Ofsted published: inadequate" in text(page[page.index('id="n3"') :])
    assert "The record has 26 September to 20 October 2016." in text(page)


def test_the_facts_at_the_top_lead_to_the_words_that_prove_them(pages):
    box = pages["articles/autumn-report/index.html"].partition('<dl class="facts">')[2].partition("</dl>")[0]
    assert '<a href="#e-adoption-good">adoption</a>' in box
    assert '<a href="#e-leadership-adequate">leadership</a>' in box


def test_a_fact_whose_words_are_not_found_stands_without_a_mark(pages):
    page = pages["articles/autumn-report/index.html"]
    assert '<q id="e-care-leavers-requires-improvement">' in page
    assert '<mark id="e-care-leavers-requires-improvement">' not in page


def test_speech_is_a_quotation_with_its_speaker(pages):
    page = pages["articles/autumn-report/index.html"]
    assert re.search(r"<figure><blockquote>.*We are glad of this.*<cite>Ada Example</cite>, Leader", page, re.S)


def test_what_is_not_known_of_an_article_is_left_out(pages):
    for name, html in pages.items():
        assert "not stated, date not stated" not in html, name
    assert "Tameside. Newspaper." in text(main(pages["articles/index.html"]))
    assert "On the monitoring visit, May, year not stated." in text(main(pages["articles/index.html"]))
    said = text(main(pages["inspections/tameside-sif-2016-09/index.html"]).partition('<figure class="said">')[2])
    assert "Ada Example, Leader, Example Council. In the article" in said.replace(" ,", ",").replace(" .", ".")


def test_an_article_says_where_its_text_is_from_and_who_checked_its_facts(pages):
    assert "no editor has held them all against the text yet" in text(pages["articles/autumn-report/index.html"])
    copy = "https://archive.example/copy"
    source = Source("Example Gazette", None, SourceKind.NEWSPAPER, copy, Date.parse("2017-01-05"))
    known = replace(AUTUMN.metadata, source=source, raw="autumn.txt", reviewed=Date.parse("2017-01-06"))
    made = publish([replace(AUTUMN, metadata=known)], GROUND_WITH_PAGES)
    page = made["articles/autumn-report/index.html"].decode()
    assert f'<a href="{copy}" rel="noopener">Archived copy</a>' in page
    assert "autumn.txt, taken from its publisher on 5 January 2017" in text(page)
    assert "an editor held them all against the text on 6 January 2017" in text(page)
    assert made["data/articles.csv"].decode().rstrip().endswith(f"{copy},2017-01-05,2017-01-06")


def test_no_sentence_runs_into_the_next(pages):
    """A template drops line ends after its tags, and with them the space between two sentences."""
    for name, html in pages.items():
        shown = re.sub(r"<code>.*?</code>|<a [^>]*>https?:[^<]*</a>", "", main(html))
        words = unescape(re.sub(r"<(?!/?(?:a|b|i|small|em|q|cite|mark)\b)[^>]+>", " ", shown))
        words = re.sub(r"<[^>]+>", "", words)
        assert not re.search(r"[a-z][.;][A-Z][a-z]|[a-z](?:The|Where|No|From|On) [a-z]", words), name


def test_a_made_title_says_that_it_is_ours(pages):
    page = pages["articles/autumn-report/index.html"]
    assert "<h1>Tameside: single inspection, autumn 2016</h1>" in page
    assert "this title is ours" in page
    assert "this title is ours" not in pages["articles/hostile/index.html"]


def test_a_date_without_its_year_says_so(pages):
    assert "May, year not stated" in text(pages["authorities/reading/index.html"])


def test_what_an_article_says_is_never_markup(pages):
    for name, html in pages.items():
        assert "<script>alert" not in html, name
        assert not re.search(r"<[a-z][^<>]*\sonload=", html), name
    assert "&lt;script&gt;alert" in pages["articles/hostile/index.html"]
    assert "&lt;script" in pages["themes/neglect/index.html"]


def test_an_abolished_council_keeps_its_page_and_names_its_successors(pages):
    page = text(main(pages["authorities/cumbria/index.html"]))
    assert "Abolished on 1 April 2023, replaced by Cumberland and Westmorland and Furness" in page.replace(" ,", ",")


def test_every_page_says_that_it_is_not_ofsted_and_how_to_report_a_mistake(pages):
    for name, html in pages.items():
        assert "is not Ofsted" in html, name
        assert "Report a mistake" in html, name


def test_no_page_asks_another_host_for_anything(pages):
    for name, html in pages.items():
        for tag in re.findall(
            r"<(?:script|img|iframe|source)\b[^>]*|<link rel=\"(?:stylesheet|preload|icon)\"[^>]*", html
        ):
            assert "//" not in tag, (name, tag)


def test_steps_over_the_years_are_the_grades_of_the_ledger(pages):
    page = pages["authorities/tameside/index.html"]
    line = page.partition("<li><h3>Leadership</h3><svg")[2].partition("</svg>")[0]
    assert re.findall(r'<circle class="(l\d)"', line) == ["l1", "l2", "l1"]
    assert '<h3>Adoption</h3><svg class="line"' not in page  # one grade makes no step
