from __future__ import annotations

from projects import ARTICLE, PROJECT

from site_builder.extraction import extract
from site_builder.files import read_lexicon, read_register
from site_builder.model import RawArticle


def test_every_fact_has_words_that_stand_on_its_line_and_a_rule() -> None:
    lexicon = read_lexicon(read_register(PROJECT))
    for path in sorted((PROJECT / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        found = extract(RawArticle(path.name, text), lexicon)
        lines = text.replace("\u00a0", " ").split("\n")
        for fact in found.facts:
            assert fact.rule, fact
            if fact.name == "source" and not fact.words:
                continue  # its kind may come from the manner of the piece
            first = fact.words[0].split("\n")[0].strip()
            assert first in lines[fact.line - 1], fact
        judged = [fact for fact in found.facts if fact.name == "judgements" and not fact.kept_out]
        assert len(judged) == sum(len(inspection.judgements) for inspection in found.metadata.inspections)


def test_what_names_an_authority_and_a_day_is_shown() -> None:
    found = extract(RawArticle("a.txt", ARTICLE), read_lexicon(read_register(PROJECT)))
    shown = {fact.name: (fact.value, fact.words[0], fact.line) for fact in reversed(found.facts) if fact.words}
    assert shown["authorities"] == ("tameside", "Tameside", 1)
    assert shown["published"] == ("2018-05-14", "14/05/2018", 3)
