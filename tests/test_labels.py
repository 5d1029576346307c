from pathlib import Path

import pytest

from site_builder import files
from site_builder.lexicon.labels import read_labels
from site_builder.model import Area, Framework, Grade, SourceKind, Theme
from site_builder.site.words import words

SYNONYMS = (files.PACKAGE / "lexicon" / "synonyms.yaml").read_text("utf-8")


def test_every_term_of_every_vocabulary_has_a_name():
    labels = files.read_labels()
    held = {*labels.grades, *labels.areas, *labels.frameworks, *labels.themes, *labels.source_kinds}
    assert held == {*Grade, *Area, *Framework, *Theme, *SourceKind}
    assert labels.levels[Grade.ADEQUATE] == labels.levels[Grade.REQUIRES_IMPROVEMENT] == 2


def test_every_field_that_was_measured_has_a_name():
    found = files.read_measured(Path(__file__).parent.parent)
    assert set(found.fields) <= set(files.read_labels().fields)


def test_a_term_without_a_label_is_named():
    text = (files.PACKAGE / "lexicon" / "labels.yaml").read_text("utf-8").replace("  neglect: Neglect\n", "")
    with pytest.raises(ValueError, match="Theme differ in: neglect"):
        read_labels(text, SYNONYMS)


def test_readers_words_belong_to_a_theme_or_a_grade():
    with pytest.raises(ValueError, match="nonsense"):
        read_labels(
            (files.PACKAGE / "lexicon" / "labels.yaml").read_text("utf-8"),
            SYNONYMS.replace("  neglect:", "  nonsense:"),
        )


def test_no_word_of_readers_is_said_twice():
    labels = files.read_labels()
    said = [" ".join(words(name)) for names in labels.also.values() for name in names]
    assert sorted(said) == sorted(set(said))
    assert not set(said) & {" ".join(words(label.name)) for label in labels.themes.values()}
