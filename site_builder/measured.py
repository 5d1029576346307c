"""How well extraction was found to read: the figures that `make score-about` writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder import plain_yaml
from site_builder.edtf import Date
from site_builder.model import Problem, Problems


@dataclass(frozen=True, slots=True)
class Field:
    """How well one field of the front matter is read."""

    precision: float
    """Of what extraction says, how much is right."""
    recall: float
    """Of what a careful reader finds, how much extraction finds too."""
    facts: int
    """So many a careful reader found."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How often what one rule reads is right."""

    right: int
    judged: int

    @property
    def confidence(self) -> float:
        """The share that is right, as if one more had been right and one more wrong: few proofs prove little."""
        return (self.right + 1) / (self.judged + 2)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, on one day and on so many test articles."""

    date: Date
    cases: int
    fields: Mapping[str, Field]
    rules: Mapping[tuple[str, str], Rule]
    """By the front matter's key and the rule's name."""


def parse(where: str, text: str) -> Measured:
    """The figures that a file holds; raises Problems where it is not as `make score-about` writes it."""
    try:
        held = plain_yaml.load(text)
        return Measured(
            date=Date.parse(held["date"]),
            cases=int(held["cases"]),
            fields={
                name: Field(float(each["precision"]), float(each["recall"]), int(each["facts"]))
                for name, each in held["fields"].items()
            },
            rules={
                (key, name): Rule(int(each["right"]), int(each["judged"]))
                for key, rules in held["rules"].items()
                for name, each in rules.items()
            },
        )
    except (plain_yaml.Unreadable, KeyError, TypeError, ValueError, AttributeError):
        message = "this is not as make score-about writes it; fetch it from the project's history or write it anew"
        raise Problems([Problem(where, 0, 0, "measured", message)]) from None
