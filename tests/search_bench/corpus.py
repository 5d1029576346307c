"""Articles made by chance, their words as common and as rare as in real text: a few everywhere, most nearly nowhere."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from house.building import PROJECT

from site_builder.model import (
    Article,
    Inspection,
    Judgement,
    Metadata,
    Register,
    Rights,
    Role,
    Source,
    Theme,
)
from site_builder.site.words import words

SEED = 20_260
FORMS = 20_000
WORDS_EACH = 480
SYLLABLES = [start + vowel for start in "bcdfglmnprstvw" for vowel in ("a", "e", "i", "o", "u", "ar", "en", "il")]
ENDINGS = ("", "", "s", "ed", "ing", "ly", "ment", "er")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word forms, the commonest first."""

    forms: Sequence[str]
    weights: Sequence[float]
    """How often each comes, added up."""

    def text(self, chance: random.Random, many: int) -> str:
        """So many words."""
        return " ".join(chance.choices(self.forms, cum_weights=self.weights, k=many))

    def sentence(self, chance: random.Random) -> str:
        """As many words as sentences have."""
        return self.text(chance, chance.randint(8, 28)).capitalize() + "."


def vocabulary(chance: random.Random) -> Vocabulary:
    """The word forms of the seeds, then made-up ones."""
    real = Counter(
        word for path in sorted((PROJECT / "seeds").glob("*.txt")) for word in words(path.read_text("utf-8"))
    )
    forms = dict.fromkeys(word for word, _ in real.most_common())
    while len(forms) < FORMS:
        forms["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) + chance.choice(ENDINGS)] = None
    return Vocabulary(list(forms), list(accumulate(1 / (rank + 3) for rank in range(len(forms)))))


def articles(number: int, register: Register) -> Iterator[Article]:
    """So many articles, always the same for one register."""
    chance = random.Random(SEED)
    known = vocabulary(chance)
    outcomes = [each for each in register.outcomes if each.started and each.started.day]

    for count in range(number):
        outcome = chance.choice(outcomes)
        council = register.by_slug[outcome.authority]
        judged = tuple(Judgement(area, grade, ()) for area, grade in outcome.grades[:3])
        told = Inspection(
            council.slug,
            Role.SUBJECT,
            outcome.framework,
            started=outcome.started,
            ended=outcome.ended,
            judgements=judged,
        )
        many = max(80, round(chance.gauss(WORDS_EACH / 18, 8)) * 18)
        body = "\n\n".join(" ".join(known.sentence(chance) for _ in range(4)) for _ in range(many // 72 + 1))
        metadata = Metadata(
            title=f"{council.name}: {known.text(chance, 7)}",
            published=outcome.started,
            source=Source(name=f"{council.name} Gazette"),
            authority=council.slug,
            authorities=(council.slug,),
            themes=tuple(chance.sample(list(Theme), k=chance.randint(2, 5))),
            inspections=(told,),
            rights=Rights.FULL,
        )
        yield Article(f"generated-{count:05}", metadata, body)


def queries(number: int, count: int, register: Register) -> list[str]:
    """As many queries of one word and of two, from the bodies of the articles; both are alike common there."""
    chance = random.Random(SEED + 1)
    bodies = [each.body for each in articles(min(number, 300), register)]

    def word() -> str:
        found = ""
        while len(found) < 4:
            found = chance.choice(words(chance.choice(bodies)))
        return found

    return [" ".join(word() for _ in range(1 + at % 2)) for at in range(count)]


PIECES = (
    *"abe*:+-~^\"'’“”<>&/\\|()[]{}?#%.,;0 9\téß«»",
    *(
        "foo:bar",
        "~2",
        "^10",
        "title:",
        "__proto__",
        "constructor",
        "toString",
        "<b>",
        "tameside",
        "kids",
        "in care",
        "the",
    ),
    *("\u0301", "\U0001f9d2", "ﬁ", "İ", "\ud800", "\u202e", "ſ", "\x00"),
)


def odd_strings(count: int) -> list[str]:
    """What nobody would ask, or only to see what breaks."""
    chance = random.Random(SEED + 2)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 12))) for _ in range(count)]
