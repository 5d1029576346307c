from pathlib import Path

import pytest

from site_builder import files, plain_yaml
from site_builder.extraction import authorities, dates
from site_builder.extraction.judgements import claims
from site_builder.extraction.shapes import shapes
from site_builder.extraction.speech import read_speech
from site_builder.lexicon import Lexicon
from site_builder.text.reading import read

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return files.read_lexicon(files.read_register(ROOT))


def sentences_of(name: str) -> list[tuple[str, str]]:
    table = plain_yaml.load((CASES / name).read_text("utf-8"))
    return [(value, sentence) for value, sentences in table.items() for sentence in sentences]


@pytest.mark.parametrize(("value", "text"), sentences_of("judgements.yaml"))
def test_a_grade_is_read_with_its_area_or_not_at_all(value: str, text: str, lexicon: Lexicon) -> None:
    document = read(text)
    told = shapes(document, authorities.mentioned(document, lexicon), dates.mentioned(document), lexicon)
    found = {
        f"{area}: {claim.grade}"
        for claim in claims(document, told, read_speech(document, lexicon))
        if not claim.kept_out and not claim.earlier
        for area in claim.areas
    }
    assert found == (set() if value == "nothing" else set(value.split("; ")))
