import pytest

from site_builder.edtf import Date
from site_builder.site import dates


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2018-05-14", "14 May 2018"),
        ("2018-04", "April 2018"),
        ("2018", "2018"),
        ("XXXX-09-26", "26 September, year not stated"),
        ("XXXX-05", "May, year not stated"),
        ("2018-04~", "about April 2018"),
    ],
)
def test_a_date_prints_as_it_is_known(edtf, words):
    assert dates.in_words(Date.parse(edtf)) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-12-04", "2023-12-15", "4 to 15 December 2023"),
        ("2016-09-26", "2016-10-20", "26 September to 20 October 2016"),
        ("2015-11-30", "2016-01-14", "30 November 2015 to 14 January 2016"),
        ("XXXX-09-26", "XXXX-10-20", "26 September to 20 October, year not stated"),
        ("2018-04", "2018-04", "April 2018"),
        ("2018-04", "2018-05", "April to May 2018"),
        ("2022-05-04", None, "4 May 2022"),
        ("2013", None, "2013"),
        (None, None, ""),
    ],
)
def test_a_stretch_says_month_and_year_once(start, end, words):
    assert dates.span_in_words(*(each and Date.parse(each) for each in (start, end))) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2016-09-26", "2016-10-20", "autumn 2016"),
        ("2018-04-01", "2018-04-30", "April 2018"),
        ("2017-01-16", "2017-02-09", "January to February 2017"),
        ("2017-05-16", "2017-06-09", "May to June 2017"),
        ("2013", None, "2013"),
        (None, None, ""),
    ],
)
def test_the_time_of_year_of_an_inspection(start, end, words):
    assert dates.time_of_year(*(each and Date.parse(each) for each in (start, end))) == words
