"""The tables as a spreadsheet and a program read them."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from articles import ARTICLES
from hypothesis import given, settings
from test_gather import LABELS, PUBLICATION, REGISTER, article, inspection
from test_render import ASSETS, TEMPLATES

from site_builder import frontmatter, plain_yaml
from site_builder.edtf import Date
from site_builder.files import read_articles
from site_builder.model import Finding, Polarity, Problems, Quote, Role, Source, Theme
from site_builder.site import Ground, data, publish
from site_builder.site.schemas import of_front_matter

FRONT_MATTER = of_front_matter()
TOLD = inspection(started="2016-09", judgements=[("leadership", "inadequate")])
ARTICLE = article(
    TOLD,
    inspection(started="2012", role=Role.PREVIOUS, framework=None, judgements=[("overall", "good")]),
    slug="a",
    title='=HYPERLINK("https://example.org")',
    published=Date.parse("XXXX-05-01"),
    themes=(Theme.ADOPTION, Theme.NEGLECT),
    findings=(Finding("Managers “know” the work,\nand act.", Polarity.STRENGTH, (Theme.LEADERSHIP,)),),
    quotes=(Quote("-We are sorry.", "Ann Mayfield", "Leader"),),
    source=Source("Mayfield Gazette", None, None),
)


@dataclass(frozen=True)
class File:
    name: str
    body: bytes

    @property
    def table(self):
        return data.empty_tables().get(self.name.removesuffix(".csv")) if self.name.endswith(".csv") else None

    @property
    def sha256(self):
        return hashlib.sha256(self.body).hexdigest()


@pytest.fixture(scope="module")
def placed():
    return publish([ARTICLE], Ground(REGISTER, LABELS, PUBLICATION, TEMPLATES, ASSETS))


@pytest.fixture(scope="module")
def files(placed):
    held = (File(place.removeprefix("data/"), body) for place, body in placed.items() if place.startswith("data/"))
    return {each.name: each for each in held if each.name != "index.html"}


def rows(body):
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline="")))


def test_every_grade_of_the_record_and_of_articles_is_one_row(files):
    read = rows(files["judgements.csv"].body)
    recorded = sum(len(outcome.grades) for outcome in REGISTER.outcomes)
    assert len([row for row in read if row["source"] == "record"]) == recorded
    told = {row["area"]: row for row in read if row["source"] == "article"}
    assert len(told) == 2
    assert told["leadership"]["evidence"] == "leadership is inadequate"
    assert told["leadership"]["inspection"] == "tameside-sif-2016-09"
    assert told["leadership"]["role"] == "subject"
    assert told["leadership"]["article_url"].startswith("https://digest.example/articles/a/")
    assert told["overall"]["started"] == "2012"
    assert (told["overall"]["earliest_day"], told["overall"]["latest_day"]) == ("2012-01-01", "2012-12-31")


def test_a_date_without_a_year_has_no_days(files):
    (row,) = rows(files["articles.csv"].body)
    assert (row["published"], row["earliest_day"], row["latest_day"]) == ("XXXX-05-01", "", "")
    assert row["themes"] == "adoption;neglect"
    assert row["source_name"] == "Mayfield Gazette"


def test_no_cell_is_a_formula(files):
    for each in files.values():
        if each.name.endswith(".csv"):
            read = list(csv.reader(io.StringIO(each.body.decode("utf-8"), newline="")))
            assert not [cell for row in read for cell in row if cell.startswith(data.FORMULA_STARTS)]
    assert rows(files["articles.csv"].body)[0]["title"] == '\'=HYPERLINK("https://example.org")'
    assert rows(files["quotes.csv"].body)[0]["text"] == "'-We are sorry."


def test_text_with_quotes_and_line_breaks_comes_back_whole(files):
    (row,) = rows(files["findings.csv"].body)
    assert row["text"] == "Managers “know” the work,\nand act."
    assert row["authority"] == "tameside"


def test_lines_end_as_the_csv_standard_has_it(files):
    body = files["inspections.csv"].body
    assert body.count(b"\r\n") == body.count(b"\n") == len(rows(body)) + 1
    assert len(rows(body)) >= len(REGISTER.outcomes)


def test_the_package_describes_every_table(files):
    package = json.loads(files["datapackage.json"].body)
    described = {resource["path"]: resource for resource in package["resources"]}
    assert set(described) == {name for name in files if name.endswith(".csv")}
    for name, resource in described.items():
        body = files[name].body
        assert resource["bytes"] == len(body)
        assert resource["hash"] == "sha256:" + hashlib.sha256(body).hexdigest()
        header = body.decode().split("\r\n")[0].split(",")
        assert [column["name"] for column in resource["schema"]["fields"]] == header
        assert all(column["description"] for column in resource["schema"]["fields"])


def test_whole_numbers_and_days_are_what_the_package_says(files):
    for each in files.values():
        columns = each.table.columns if each.table else ()
        kinds = {column.name: column.type for column in columns if column.type != "string"}
        for row in rows(each.body) if columns else ():
            for name, kind in kinds.items():
                if row[name]:
                    assert int(row[name]) >= 0 if kind == "integer" else Date.parse(row[name]).day


def test_an_authority_has_its_own_facts(placed):
    own = json.loads(placed["authorities/tameside/data.json"])
    assert own["name"] == "Tameside"
    assert own["articles"][0]["article"] == "a"
    assert {row["authority"] for row in own["judgements"]} == {"tameside"}
    assert rows(placed["authorities/tameside/data.csv"])[0]["authority"] == "tameside"
    assert len(rows(placed["authorities/tameside/data.csv"])) == len(own["judgements"]) > 5
    assert len([path for path in placed if path.endswith("/data.json")]) == len(REGISTER.authorities)


def test_every_authority_stands_in_both_lists(files):
    listed = json.loads(files["authorities.json"].body)["authorities"]
    read = rows(files["authorities.csv"].body)
    assert [each["authority"] for each in listed] == [row["authority"] for row in read]
    assert len(read) == len(REGISTER.authorities)


def test_the_data_page_says_what_each_file_holds(placed, files):
    page = placed["data/index.html"].decode()
    for each in files.values():
        assert f'href="/data/{each.name}"' in page
        assert each.sha256 in page
        assert hashlib.sha256(placed[f"data/{each.name}"]).hexdigest() == each.sha256
        assert all(f"<code>{column.name}</code>" in page for column in (each.table.columns if each.table else ()))


# The forms beside CSV.


@pytest.fixture(scope="module")
def database(files, tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "inspections.sqlite"
    path.write_bytes(files["inspections.sqlite"].body)
    opened = sqlite3.connect(path)
    yield opened
    opened.close()


def test_the_database_holds_what_the_tables_hold(files, database):
    for each in files.values():
        if each.table:
            held = database.execute(f"SELECT * FROM {each.table.name}").fetchall()
            written = [["" if cell is None else str(data.guarded(cell)) for cell in row] for row in held]
            assert written == [list(row.values()) for row in rows(each.body)]
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_database_says_what_each_column_means(files, database):
    described = set(database.execute('SELECT "table", "column" FROM columns'))
    held = {(each.table.name, column.name) for each in files.values() if each.table for column in each.table.columns}
    assert described == held


def test_the_database_searches_findings_quotes_and_proofs_by_stem(database):
    def found(query):
        rows = database.execute("SELECT kind, url FROM search WHERE search MATCH ?", [query])
        return {(kind, url.partition("#")[0], url.partition("#")[2][:2]) for kind, url in rows}

    article = "https://digest.example/articles/a/"
    assert found("manager acting") == {("findings", article, "f-")}
    assert found('"are sorry"') == {("quotes", article, "q-")}
    assert ("judgements", article, "e-") in found("leadership")


def test_the_question_on_the_data_page_has_an_answer(database):
    asked = re.search(r"<code>(SELECT .*?;)</code>", TEMPLATES["pages/data.html"], re.DOTALL)[1]
    assert database.execute(asked).fetchall() == []
    assert len(database.execute(asked.replace("early help", "know the work")).fetchall()) == 1


def test_every_sum_in_the_list_of_checksums_is_right(files):
    sums = dict(reversed(line.split("  ")) for line in files["checksums.txt"].body.decode().splitlines())
    assert set(sums) == set(files) - {"checksums.txt"}
    assert all(hashlib.sha256(files[name].body).hexdigest() == digest for name, digest in sums.items())


def valid(schema, instance):
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.check_schema(schema)
    return [f"{list(each.absolute_path)}: {each.message}" for each in validator.iter_errors(instance)]


def test_json_files_are_as_their_schemas_say(placed, files):
    schemas = {name: json.loads(each.body) for name, each in files.items() if name.startswith("schema/")}
    assert valid(schemas["schema/authorities.json"], json.loads(files["authorities.json"].body)) == []
    for slug in ("tameside", "city-of-london", "cumbria"):
        own = json.loads(placed[f"authorities/{slug}/data.json"])
        assert valid(schemas["schema/authority.json"], own) == []
        assert valid(schemas["schema/authority.json"], own | {"extra": 1}) != []


@settings(deadline=None, max_examples=60)
@given(ARTICLES)
def test_whatever_front_matter_can_hold_is_as_its_schema_says(article):
    assert valid(FRONT_MATTER, frontmatter.as_plain(article.metadata)) == []


@pytest.mark.parametrize(
    "written", [{"rights": "half"}, {"published": "May"}, {"quotes": [{"text": "x"}]}, {"tone": 1}]
)
def test_the_schema_of_front_matter_refuses_what_the_builder_refuses(written):
    assert valid(FRONT_MATTER, written) != []
    with pytest.raises(Problems):
        frontmatter.parse("a.md", f"---\n{plain_yaml.dump(written)}---\n")


def test_the_articles_of_this_project_are_as_the_schema_says():
    for each in read_articles(Path()):
        assert valid(FRONT_MATTER, frontmatter.as_plain(each.metadata)) == []
