"""Heading: when and by whom an article was published, and Ofsted's report."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.extraction import dates
from site_builder.extraction.furniture import labelled
from site_builder.extraction.heading import published, report_url
from site_builder.extraction.publisher import source
from site_builder.files import read_lexicon, read_register
from site_builder.lexicon import Lexicon
from site_builder.model import Source, SourceKind
from site_builder.text.document import Document
from site_builder.text.reading import read

ROOT = Path(__file__).parent.parent
PROSE = "Inspectors found that social workers know the children in Oldham well and that their plans are clear."
TITLE = "Oldham’s services for children improve, says Ofsted"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon(read_register(ROOT))


def _document(text: str, lexicon: Lexicon) -> Document:
    document = read(text)
    return labelled(document, dates.mentioned(document), lexicon)


def _published(text: str, lexicon: Lexicon) -> str | None:
    document = _document(text, lexicon)
    fact = published(document, dates.mentioned(document))
    return str(fact.value) if fact else None


def _source(text: str, lexicon: Lexicon) -> Source:
    fact = source(_document(text, lexicon), ("oldham",), lexicon)
    assert fact
    return fact.value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{TITLE}\nPublished: 17th Jan 2019\n\n{PROSE}", "2019-01-17"),
        (f"16 February 2022\n\n{TITLE}\n\n{PROSE}", "2022-02-16"),
        (f"{TITLE}\nby Ada Quill on 24 February, 2019\n\n{PROSE}", "2019-02-24"),
        (f"{TITLE}\nAda Quill, education correspondent, Friday 4 May 2018\n\n{PROSE}", "2018-05-04"),
        (f"Mar 14\n\n{TITLE}\n\n{PROSE}", "XXXX-03-14"),
        (f"{TITLE}\nNovember 2017\n\n{PROSE}", "2017-11"),
        (f"{TITLE}\nCreated: 09-Aug-2010\n\n{PROSE}", "2010-08-09"),
        (f"{TITLE}\n\n{PROSE}\n\nEnds\n9 August 2010", "2010-08-09"),
        (f"date 2022-11-09 {TITLE}\n\n{PROSE}", "2022-11-09"),
        (f"date 2022-11-09 Oldham news\n{TITLE}\nPosted on 8 November 2022\n\n{PROSE}", "2022-11-08"),
        (f"{TITLE}\n\nThe report, out today (13 May 2015), is clear. {PROSE}", "2015-05-13"),
        (f"{TITLE}\n\nThe report came out this morning (Friday, November 27). {PROSE}", "XXXX-11-27"),
        (f"{TITLE}\n\n{PROSE}\n\nThis page was last updated on 10 April 2024", "2024-04-10"),
        (f"{TITLE}\n\n{PROSE}\n\n{PROSE}\n\n9:30  Friday 12 May 2023\n\n{PROSE}", "2023-05-12"),
        (f"{TITLE} By Ada Quill Published 21st Feb 2023, 16:04 GMT {PROSE} {PROSE}", "2023-02-21"),
        (f"{TITLE}\n\n{PROSE}\n\nThe Courier, Tuesday, March 5, 2013", "2013-03-05"),
        (f"News for carers   Issue 14, Spring 2009\n\n{TITLE}\n\n{PROSE}", "2009"),
    ],
)
def test_the_day_of_publication(text: str, day: str, lexicon: Lexicon) -> None:
    assert _published(text, lexicon) == day


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{PROSE} The inspection began on 4 May 2018.",
        f"{TITLE}\nPublished:\n\n{PROSE}",
        "\n".join(
            [TITLE, *[f"{PROSE} That was year {n}." for n in range(6)], "Comments", "Bob21 May 4, 2018 at 4:40 pm"]
        ),
    ],
)
def test_a_day_that_is_not_the_day_of_publication(text: str, lexicon: Lexicon) -> None:
    assert _published(text, lexicon) is None


def test_evidence_of_the_day_is_the_day(lexicon: Lexicon) -> None:
    document = _document(f"{TITLE}\nPublished: 17th Jan 2019\n\n{PROSE}", lexicon)
    fact = published(document, dates.mentioned(document))
    assert fact
    assert [document.words(span) for span in fact.evidence] == ["17th Jan 2019"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            f"{TITLE}\n\n{PROSE}\n\n© 2020 Pennine Chamber of Commerce. All rights reserved.",
            "Pennine Chamber of Commerce",
        ),
        (f"Oldham Safeguarding Board\nHome  About  News\n\n{TITLE}\n\n{PROSE}", "Oldham Safeguarding Board"),
        (f"{TITLE}\n\n{PROSE}\n\n“It is a start,” Ada Quill told the Oldham Echo.", "Oldham Echo"),
        (f"{TITLE}\n\n{PROSE}\n\nThe report, seen by the Oldham Echo, is clear.", "Oldham Echo"),
        (f"{TITLE}\n\n{PROSE}\n\nCYP Now asked other councils too.", "CYP Now"),
        (f"Press Release: 14/05/2018\n\n{TITLE}\n\nOldham Council has improved. {PROSE}", "Oldham Council"),
        (f"Skip to content\nOldham Council logo\nHome > News\n\n{TITLE}\n\n{PROSE}", "Oldham Council"),
        (f"Ada Quill\nHome News Events Contact\n\nNews\n\n{TITLE}\n\n{PROSE}", None),
        (f"{TITLE}\n\nOldham Council | 30 August 2018\n\n{PROSE}", "Oldham Council"),
        (f"Director of Children’s Services\nOldham Council\n\n{TITLE}\n\n{PROSE}", "Oldham Council"),
        (f"{TITLE}\n\n{PROSE}", None),
        (f"MarshamToday\nFront page | Crime | Politics\n\n{TITLE}\n\n{PROSE}", "MarshamToday"),
        (f"The Ferret: stories from the Pennines\nSupport us   Our stories\n\n{TITLE}\n\n{PROSE}", "The Ferret"),
        (f"Kids First | Registered charity 1234567\n\n{TITLE}\n\n{PROSE}", "Kids First"),
        (f"OLDHAM SEND VOICES\nParents and carers for fair provision\n\n{TITLE}\n\n{PROSE}", "OLDHAM SEND VOICES"),
        (f"{TITLE}\n\nMarsham & Wold Times, Saturday, February 18, 2017\n\n{PROSE}", "Marsham & Wold Times"),
        (f"{TITLE}\n\n{PROSE}\n\nThe Courier, Tuesday, March 5, 2013", "The Courier"),
        (f"{TITLE}\n\nSocial Care Today › News › Children\n\n{PROSE}", "Social Care Today"),
        (f"{TITLE} | Oldham Council\n\n{PROSE}", "Oldham Council"),
        (f"{TITLE} - Pennine Post\n\n{PROSE}", "Pennine Post"),
        (f"News from Oldham Council\n\n{TITLE}\n\n{PROSE}", "Oldham Council"),
        (f"{TITLE}\n\n{PROSE}\n\nThe full story is in tomorrow’s Marsham Gazette.", "Marsham Gazette"),
        (
            f"GOV.UK\nPress release\n\n{TITLE}\n\nFrom: Department for Education\n\n{PROSE}\n\n© Crown copyright",
            "Department for Education",
        ),
        (
            f"Skip to content\nPublic Sector Ledger\nSections   Search   Jobs\n\n{TITLE}\n\n{PROSE}",
            "Public Sector Ledger",
        ),
        (f"Isle of Wold News\nHome | News | Sport\n\n{TITLE}\n\n{PROSE}", "Isle of Wold News"),
        (f"{TITLE}\n  o Black Country Chronicle\n  o By our political reporter\n\n{PROSE}", "Black Country Chronicle"),
        (f"Register Log in\nHome / Marsham / News\n\n{TITLE}\n\n{PROSE}", None),
        (f"{TITLE}\n\n{PROSE}\n\n© 2023 Newsquarter Media Group", None),
        (f"Report to: Cabinet\nWards affected: All\n\n{TITLE}\n\n{PROSE}", None),
        (f"The Pennine Magpie\nPecking at the town hall since 2014\n\n{TITLE}\n\n{PROSE}", "The Pennine Magpie"),
        (f"the marsham ledger\nnews from the hills since 2014\n\n{TITLE}\n\n{PROSE}", "the marsham ledger"),
        (
            f"Lantern\nA light on the way. The charity for carers\nHome  Shop\n\n{TITLE}\n\n{PROSE} Lantern helped."
            "\n\nLantern is a registered charity",
            "Lantern",
        ),
        (
            f"{TITLE}\n\n{PROSE}\n\nThe full article contains 400 words and appears in Pennine Post newspaper.",
            "Pennine Post",
        ),
        (f"{TITLE}\n\n{PROSE}\n\n  * Source: Pennine Post\n  * Location: Oldham", "Pennine Post"),
        (f"{TITLE}\n\n{PROSE}\n\nFollow the Courier on Facebook for more local stories.", "Courier"),
        (f"{TITLE}\n\n{PROSE}\n\nTo contact the Marsham Online news desk, email the address above.", "Marsham Online"),
        (f"{TITLE}\n\n{PROSE}\n\nSign up to our bulletin    © Schools Journal 2016", "Schools Journal"),
        (f"Marsham Life online\n{TITLE}\n\n{PROSE}", "Marsham Life online"),
        (f"MarshamPost\nPolitics\n\n{TITLE}\n\n{PROSE}", "MarshamPost"),
        (
            f"Marsham Carers Together\na voice for foster families since 1994\n\n{TITLE}\n\n{PROSE}",
            "Marsham Carers Together",
        ),
        (f"{TITLE}\n\n{PROSE}\n\nFollow MarshamLive on Facebook", "MarshamLive"),
        (f"{TITLE}\n\n{PROSE}\n\nAbout the Review\nSign up for Breaking News\nJoin Live", None),
    ],
)
def test_the_name_of_the_source(text: str, name: str | None, lexicon: Lexicon) -> None:
    assert _source(text, lexicon).name == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            f"A to Z of services: A B C D E F G H I J\n{TITLE}\n\n{PROSE}\n\nWas this page helpful? Yes No",
            SourceKind.COUNCIL,
        ),
        (f"{TITLE}\nBy Local Democracy Reporter\n\n{PROSE}\n\nMost Read\n1 Bins", SourceKind.NEWSPAPER),
        (f"{TITLE}\n\n{PROSE}\n\nUpload your CV | Recruiter login | Jobs", SourceKind.TRADE_PRESS),
        (f"{TITLE}\n\n{PROSE}\n\nPosted by Ada at 14:02\nEmail This BlogThis! Share to Twitter", SourceKind.OTHER),
        (f"{TITLE}\n\n{PROSE}", SourceKind.NEWSPAPER),
        (f"{TITLE}\n\n{PROSE}\n\nCouncillor Ada Quill, Cabinet Member for Children, said: “Good.”", SourceKind.COUNCIL),
        (f"{TITLE}\n\n{PROSE}\n\nCllr Ada Quill, cabinet member for children, said: “Good.”", SourceKind.NEWSPAPER),
        (
            f"{TITLE}\n\n{PROSE}\n\nCouncillor Ada Quill, Cabinet Member for Children, said: “Good.” "
            "A spokesman for the opposition said it was not.",
            SourceKind.NEWSPAPER,
        ),
        (f"{TITLE}\n\n1. Purpose of report\n1.1 To tell the panel of the outcome. {PROSE}", SourceKind.COUNCIL),
        (f"Oldham Council\nBins  Parking  Schools\n\n{TITLE}\n\n{PROSE}", SourceKind.COUNCIL),
        (f"Oldham Borough Council: what Ofsted found in its inspection\n\n{PROSE}", SourceKind.COUNCIL),
        (
            f"Policy paper\nFrom: Department for Education\n\n{TITLE}\n\n{PROSE}\n\nPrint this page",
            SourceKind.GOVERNMENT,
        ),
        (f"UNISON North\nHome  Campaigns  Join\n\n{TITLE}\n\n{PROSE}\n\nJoin UNISON online", SourceKind.OTHER),
        (f"{TITLE}\nPosted by Newsdesk | May 4, 2018 | Education\n\n{PROSE}", SourceKind.NEWSPAPER),
        (f"{TITLE}\n\nby Ada Quill, who runs a charity for carers\n\nI read it twice. {PROSE}", SourceKind.CHARITY),
        (f"Children’s Services Week\nPolicy  Practice  Careers\n\n{TITLE}\n\n{PROSE}", SourceKind.TRADE_PRESS),
        (f"GOV.UK\n\n{TITLE}\n\nFrom: Ofsted\n\n{PROSE}\n\nPress office\nShare this page", SourceKind.OFSTED),
        (f"Oldham Voices\nAbout / Our stories / Join\n\n{TITLE}\n\nThey met us. We talked. {PROSE}", SourceKind.OTHER),
        (f"{TITLE}\n\n{PROSE}\n\n© Children’s Services Weekly 2022. All rights reserved.", SourceKind.TRADE_PRESS),
        (f"{TITLE}\n\n{PROSE}\n\nPromoted by A. Quill on behalf of Oldham First, 1 Mill Lane", SourceKind.OTHER),
        (f"{TITLE}\n\nParking charges scrapped: page 6\n\n{PROSE}", SourceKind.NEWSPAPER),
        (f"Oldham Council Press Office\nOldhamNow\n\n{TITLE}\n[Image: a library]\n\n{PROSE}", SourceKind.COUNCIL),
        (f"News | Jobs | Expert guides\n\n{TITLE}\n\n{PROSE}\n\nJoin the debate on CareSpace", SourceKind.TRADE_PRESS),
    ],
)
def test_the_kind_of_source(text: str, kind: SourceKind, lexicon: Lexicon) -> None:
    assert _source(text, lexicon).kind is kind


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "The full report is at https://reports.ofsted.gov.uk/provider/44/80000.",
            "https://reports.ofsted.gov.uk/provider/44/80000",
        ),
        ("Read Ofsted’s report at www.example.gov.uk/ofsted-2018", "https://www.example.gov.uk/ofsted-2018"),
        ("More about adoption at www.example.gov.uk/adoption", None),
        ("Ofsted is at www.ofsted.gov.uk", None),
        ("The letter is at reports.ofsted.gov.uk/provider/44/80999", "https://reports.ofsted.gov.uk/provider/44/80999"),
        ("The letter can be downloaded at https://files.example.uk/mv5.pdf", "https://files.example.uk/mv5.pdf"),
        ("Read the cabinet report at https://files.example.uk/plan.pdf", None),
    ],
)
def test_the_address_of_the_report(text: str, address: str | None) -> None:
    fact = report_url(read(text))
    assert (fact.value if fact else None) == address
