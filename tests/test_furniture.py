"""Furniture: which lines of a page are the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.extraction import dates
from site_builder.extraction.furniture import labelled
from site_builder.files import read_lexicon, read_register
from site_builder.lexicon import Lexicon
from site_builder.text.document import BlockKind
from site_builder.text.reading import read

ROOT = Path(__file__).parent.parent
PROSE = "Inspectors found that social workers know the children in Marsham well and that their plans are clear."


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon(read_register(ROOT))


def _kinds(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    document = read(text)
    labels = labelled(document, dates.mentioned(document), lexicon)
    return [(block.kind.value, labels.words(block.span)) for block in labels.blocks]


def _kept(text: str, lexicon: Lexicon) -> list[str]:
    return [words for kind, words in _kinds(text, lexicon) if kind not in ("furniture", "dateline", "title")]


@pytest.mark.parametrize(
    "line",
    [
        "Home > News > Children",
        "A B C D E F G H I J K L M N O P",
        "Home  About  News  Contact",
        "Skip to main content",
        "Share this: Facebook | Twitter",
        "4 Comments",
        "By Local Democracy Reporter",
        "Posted on: 13 May 2015 by Ada Quill in News",
        "Monday, 30 March 2015",
        "12.03.2019",
        "Marsham Town Hall (Image: Marsham Echo)",
        "Get the latest Marsham news straight to your inbox",
        "Published by Ada Quill at 11:56am 30th October 2019.",
        "Have you been affected by this story?",
        "Marsham Council press office",
        "Thank you for reading this story on our website.",
        "Back to top  Cookies  Accessibility",
        "READ MORE: Outstanding bakers wanted in Marsham",
        "Recommended reading: Marsham academy up to 'good' after years of struggle",
        "© 2020 Marsham Council. All rights reserved.",
        "↧",
        "The full report can be read here.",
        "The full letter is available here.",
        "Lead officer: Ada Quill, Director of Education",
        "This article is more than 3 years old",
        "Download the report (PDF, 420KB)",
        "Marsham Council, Town Hall, High Street, Marsham NP1 1AA",
        "Senior Social Worker - Marsham - £38,000",
        "PA Media",
        '[[media id=12 align=left caption="At the hub"]]',
        "{module Share}",
        "[gallery]",
        "Printer friendly version   Email to a friend",
        "Legal comments (ABC 07/07/15)",
        "Strikes: which services are open   Dismiss",
        "To reach our news desk, use the address above or this form.",
        "Please email newsroom staff with your tips.",
        "1,204 views",
        "5 days ago",
    ],
)
def test_a_line_that_is_furniture_by_itself(line: str, lexicon: Lexicon) -> None:
    assert _kept(f"Ofsted praises Marsham’s social workers\n\n{PROSE}\n\n{line}\n\n{PROSE}", lexicon) == [PROSE, PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "Leadership, management and governance",
        "Adoption – Outstanding",
        "Ada Quill, cabinet member for children, said:",
        "“We are proud of them,” she said.",
        "Related services for young carers were inspected too, and inspectors called them strong.",
        "In May 2015 it was judged inadequate.",
        "WHAT HAPPENS NEXT?",
        "Fewer of you are homeless than a year ago.",
        "Your views count for more than they did.",
        "The No. 11 drop-in in Marsham is open to all care leavers",
        "The nine flats bring in £86,000 in rent per annum.",
    ],
)
def test_a_line_that_stays(line: str, lexicon: Lexicon) -> None:
    text = f"Ofsted praises Marsham’s social workers\n\n{PROSE}\n\n{line}\n\n{PROSE}"
    assert line in _kept(text, lexicon)


def test_the_headline_is_neither_the_site_nor_the_category(lexicon: Lexicon) -> None:
    above = "Marsham Safeguarding Board\nHome  About  News\n\nNews"
    text = f"{above}\n\nServices have improved, says Ofsted\n4 May 2018\n\n{PROSE}"
    assert ("title", "Services have improved, says Ofsted") in _kinds(text, lexicon)
    assert _kept(text, lexicon) == [PROSE]


def test_the_headline_of_a_letter_is_its_subject_line(lexicon: Lexicon) -> None:
    above = (
        "Ofsted\nPiccadilly Gate\nStore Street\nM1 2WD\n\n6 December 2021\n\nAda Quill\nDirector of Children’s Services"
    )
    kinds = _kinds(f"{above}\n\nDear Ada\n\nFocused visit to services in Marsham\n\n{PROSE}", lexicon)
    assert ("title", "Focused visit to services in Marsham") in kinds
    assert [words for kind, words in kinds if kind == "paragraph"] == ["Dear Ada", PROSE]


def test_labels_and_names_of_sites_are_cut_from_the_headline(lexicon: Lexicon) -> None:
    for line in (
        "Subject: Ofsted visit to Marsham",
        "Meeting: Marsham Scrutiny Board\nSubject/report title: Ofsted visit to Marsham",
        "News for Marsham’s carers   Issue 14, Spring 2009\nIn this issue: Cakes p1\nOfsted visit to Marsham",
        "Ofsted visit to Marsham | Marsham Echo",
        "NewsOfsted visit to Marsham",
        "Panel: Children\nTitle/Subject Matter      Ofsted visit to Marsham",
        "Coronavirus (COVID-19): find out about council services here   Dismiss\nOfsted visit to Marsham",
        "Find out which services are closed\nHome › News › Ofsted visit to Marsham\nOfsted visit to Marsham",
        "Children’s social care    21.1.16\nOfsted visit to Marsham",
    ):
        assert ("title", "Ofsted visit to Marsham") in _kinds(f"{line}\n\n{PROSE}", lexicon)


def test_a_text_that_begins_with_a_sentence_has_no_headline(lexicon: Lexicon) -> None:
    assert all(kind != "title" for kind, _ in _kinds(f"{PROSE}\n{PROSE}", lexicon))


def test_a_date_that_a_scraper_put_before_the_headline_is_cut_off(lexicon: Lexicon) -> None:
    kinds = _kinds(f"date 2022-11-09 Marsham’s failing services improve, says Ofsted\n\n{PROSE}", lexicon)
    assert kinds[:2] == [("dateline", "date 2022-11-09"), ("title", "Marsham’s failing services improve, says Ofsted")]


def test_a_box_of_links_in_the_middle_ends_where_sentences_go_on(lexicon: Lexicon) -> None:
    text = f"{PROSE}\n\nMost Read\n- 1 Outstanding cakes in Marsham\n- 2 Bins to be emptied\n\n{PROSE}"
    assert _kept(text, lexicon) == [PROSE, PROSE]


def test_a_few_words_lead_into_a_list_whose_bullets_were_lost(lexicon: Lexicon) -> None:
    text = f"{PROSE}\n\nKey findings include:\n\nSocial workers are seen in schools\nSome children wait\n\n{PROSE}"
    assert [kind for kind, _ in _kinds(text, lexicon)][2:4] == ["item", "item"]


def test_the_head_of_a_box_may_say_what_it_holds(lexicon: Lexicon) -> None:
    text = f"{PROSE}\n\nMost Viewed News Stories This Week\n1 Outstanding! Baker is 90\n2 Care home ‘inadequate’"
    assert _kept(text, lexicon) == [PROSE]


def test_what_is_told_of_the_writer_below_the_article_goes(lexicon: Lexicon) -> None:
    head = "Ofsted praises Marsham’s social workers\nPosted on 12 September 2023 by magpie\n\n"
    text = head + "\n".join([PROSE] * 5) + "\n\nAbout magpie\nEx-teacher. Adequate at best."
    assert _kept(text, lexicon) == [PROSE] * 5


def test_an_advertisement_above_the_headline_does_not_swallow_it(lexicon: Lexicon) -> None:
    kinds = _kinds(f"Advertisement\nSign in\nMarsham’s services for children improve, says Ofsted\n\n{PROSE}", lexicon)
    assert kinds[2] == ("title", "Marsham’s services for children improve, says Ofsted")


def test_a_letter_without_a_subject_line_has_its_headline_above(lexicon: Lexicon) -> None:
    text = f"From the director: what Ofsted found in Marsham\n\nDear all\n\nMarsham has been judged good.\n\n{PROSE}"
    assert _kinds(text, lexicon)[0] == ("title", "From the director: what Ofsted found in Marsham")


def test_a_caption_that_repeats_itself_goes_and_so_does_a_teaser_cut_off(lexicon: Lexicon) -> None:
    caption = "The town hall in Marsham."
    text = f"{PROSE}\n\n{caption}{caption}\n{caption}\n\n{PROSE[:60]}\n{PROSE}"
    assert _kept(text, lexicon) == [PROSE, PROSE]


def test_the_end_of_a_text_in_one_paragraph_is_cut_off(lexicon: Lexicon) -> None:
    article = " ".join(f"{PROSE} This was said of team {number}." for number in range(6))
    end = "Read more here Source: www.example.org Comments are closed.\nNews & JobsBrowse Categories"
    assert _kept(f"{article} {end}", lexicon) == [article]


@pytest.mark.parametrize("above", ["Comments (1)", "12 Comments  Report this", "Add your comment"])
def test_readers_comments_are_not_the_article(above: str, lexicon: Lexicon) -> None:
    text = "\n".join([PROSE] * 5) + f"\n\n{above}\nOutstanding rubbish, if you ask me about it, as I never was."
    assert _kept(text, lexicon) == [PROSE] * 5


def test_what_closes_a_letter_stays(lexicon: Lexicon) -> None:
    text = f"Dear Editor,\n\n{PROSE}\n\nYours faithfully\n\nAda Quill\nMarsham Foster Carers"
    assert _kept(text, lexicon)[-3:] == ["Yours faithfully", "Ada Quill", "Marsham Foster Carers"]


def test_a_letter_may_close_with_nothing_but_a_name(lexicon: Lexicon) -> None:
    assert _kept(f"Dear colleagues,\n\n{PROSE}\n\nAda\n\n← Sleep Week", lexicon)[-1] == "Ada"


def test_a_short_question_alone_is_a_heading(lexicon: Lexicon) -> None:
    assert ("heading", "What comes next?") in _kinds(f"{PROSE}\n\nWhat comes next?\n\n{PROSE}", lexicon)


def test_sub_headings_and_cells_are_told_from_paragraphs(lexicon: Lexicon) -> None:
    text = f"{PROSE}\n\nWhat comes next\n\n{PROSE}\n\nLeadership\nOutstanding\nOverall effectiveness\nGood\n\n{PROSE}"
    kinds = {words: kind for kind, words in _kinds(text, lexicon)}
    assert kinds["What comes next"] == BlockKind.HEADING
    assert kinds["Leadership"] == kinds["Good"] == BlockKind.CELL


LONG = " ".join([PROSE] * 7)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"Marsham inspection: statement from the Mayor 7 April 2017 Mayor Ada Quill has replied. {LONG}",
            "Marsham inspection: statement from the Mayor",
        ),
        (
            f"Ofsted visits Marsham’s children’s services Posted on: Friday 7 April 2017 The letter is out. {LONG}",
            "Ofsted visits Marsham’s children’s services",
        ),
        (
            f"Latest news Ofsted visits Marsham again Posted on 7 April 2017 in Council news Ofsted has come. {LONG}",
            "Ofsted visits Marsham again",
        ),
        (
            "Home News Sport Marsham Evening Star Ofsted visits Marsham again Reporter: Ada Quill Date published: "
            f"7 April 2017 Ofsted has come. {LONG}",
            "Ofsted visits Marsham again",
        ),
        (
            "Marsham Tribune Accept cookies Ofsted visits Marsham again By Ada Quill Published 7th April 2017, "
            f"16:04 BST Updated 8th April 2017, 09:05 BST Marsham Town Hall Marsham Town Hall Ofsted has come. {LONG}",
            "Ofsted visits Marsham again",
        ),
        (
            "Ofsted visits Marsham again8:30am Thursday 7th April 2017 By Ada Quill »\n" + LONG,
            "Ofsted visits Marsham again",
        ),
        (
            f"Oldham Council Children’s Services - outcome of visit The council has received a letter. {LONG}",
            "Oldham Council Children’s Services - outcome of visit",
        ),
        (
            f"Children’s services better after focused visit Oldham has received a letter. {LONG}",
            "Children’s services better after focused visit",
        ),
    ],
)
def test_a_headline_that_ran_into_the_article(text: str, title: str, lexicon: Lexicon) -> None:
    assert ("title", title) in _kinds(text, lexicon)
    assert LONG.split(".")[0] in _kept(text, lexicon)[0]


@pytest.mark.parametrize(
    "text",
    [
        f"Inspectors came to Marsham on 7 April 2017 and found that children are safe. {LONG}",
        f"Services were praised in the report The Marsham Star has seen. {LONG}",
        f"Marsham is glad about the letter The council has had. {LONG}",
    ],
)
def test_a_sentence_is_no_headline_and_day(text: str, lexicon: Lexicon) -> None:
    assert _kept(text, lexicon) == [text]


def test_the_end_of_a_page_that_ran_into_the_article(lexicon: Lexicon) -> None:
    assert _kept(f"{LONG} Back to top Cookies Accessibility", lexicon) == [LONG]


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (
            "Children’s services in Marsham ‘turn the corner’ at last\nOfsted’s latest inspection report is good",
            0,
        ),
        ("Children’s social care\nPress release\nDirection eased as services for children in Marsham improve", 2),
        ("Children and Young People Scrutiny Committee\nItem 6\nOFSTED VISIT: THE FRONT DOOR", 2),
        ("OFSTED VISIT: THE FRONT DOOR\nReport of the Director of Children’s Services", 0),
    ],
)
def test_a_headline_is_told_from_what_stands_beside_it(lines: str, headline: int, lexicon: Lexicon) -> None:
    assert ("title", lines.split("\n")[headline]) in _kinds(f"{lines}\n\n{LONG}", lexicon)


def test_a_headline_given_twice_is_one_headline(lexicon: Lexicon) -> None:
    headline = "Ofsted praises Marsham’s social workers"
    text = f"Marsham FM\nNews  Marsham News\n\n{headline}\n\n{headline}\n\n4 May 2018\n\n{PROSE}"
    assert ("title", headline) in _kinds(text, lexicon)
    assert _kept(text, lexicon) == [PROSE]


def test_a_numbered_heading_below_the_title_of_a_paper_stays(lexicon: Lexicon) -> None:
    text = "REPORT TO: Scrutiny Panel\nSUBJECT: Ofsted’s visit to Marsham in May\n\n{}Purpose\n1.1 To inform. " + PROSE
    assert ("title", "Ofsted’s visit to Marsham in May") in _kinds(text.format("1. "), lexicon)
    assert "Purpose" in _kept(text.format("1. "), lexicon)
    assert "1.0 Purpose" in _kept(text.format("1.0 "), lexicon)


def test_what_stands_for_a_picture_and_a_call_to_the_newsroom_go(lexicon: Lexicon) -> None:
    call = "BLOB Are you a social worker in Marsham? Call our newsdesk on 01632 960000."
    assert _kept(f"{PROSE}\n\nchild at play stock\n\n{PROSE}\n\n{call}", lexicon) == [PROSE, PROSE]
    assert _kept(f"They named:\n\nearly help\n\n{PROSE}", lexicon) == ["They named:", "early help", PROSE]


def test_a_writers_name_in_lower_case_is_no_heading(lexicon: Lexicon) -> None:
    line = "by Ada Quill, who chairs a charity in Marsham"
    assert ("paragraph", line) in _kinds(f"Ofsted’s verdict on Marsham is not enough\n\n{line}\n\n{PROSE}", lexicon)


def test_a_label_is_no_heading_but_the_name_above_it_is_and_so_is_a_question(lexicon: Lexicon) -> None:
    text = f"Ofsted’s verdicts on two councils are out\n\n{PROSE}\n\nNorthport\n\nGrade: Good\n\n{PROSE}"
    assert _kinds(text, lexicon)[2:4] == [("heading", "Northport"), ("paragraph", "Grade: Good")]
    question = "Q. Does this mean that the children of Marsham are not safe?"
    assert ("heading", question) in _kinds(f"Questions on Ofsted’s verdict\n\n{question}\n\n{PROSE}", lexicon)


def test_the_name_below_a_speech_is_no_heading(lexicon: Lexicon) -> None:
    said, signed = (
        "“We have more to do than this, and we know what it is.”",
        "Cllr Ada Quill, leader of Marsham Council",
    )
    text = f"Ofsted’s verdict on Marsham is out today\n\n{PROSE}\n\n{said}\n\n{signed}\n\n{PROSE}"
    assert ("paragraph", signed) in _kinds(text, lexicon)


def test_a_caption_of_two_sentences_that_stands_twice_is_furniture(lexicon: Lexicon) -> None:
    caption = "Children waited for help at Marsham Town Hall. Picture posed by model."
    assert _kept(f"Marsham inspected\n\n{caption}\n{caption}\n\n{PROSE}", lexicon)[1:] == [PROSE]
