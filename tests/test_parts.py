from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from site_builder import plain_yaml
from site_builder.lexicon.parts import Act, Hint, Part
from site_builder.model import Area, Grade

WORDS = Path(__file__).parents[1] / "site_builder" / "lexicon"


@pytest.mark.parametrize(
    ("name", "terms"),
    [("parts.yaml", Part), ("acts.yaml", Act), ("hints.yaml", Hint), ("areas.yaml", Area), ("grades.yaml", Grade)],
)
def test_every_term_has_its_words_and_every_list_its_term(name: str, terms: Iterable[StrEnum]) -> None:
    assert set(plain_yaml.load((WORDS / name).read_text("utf-8"))) == {str(term) for term in terms}
