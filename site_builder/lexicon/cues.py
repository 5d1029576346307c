"""Lists of single words that readers of speech and findings go by, each list a set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar

from site_builder import plain_yaml

W = TypeVar("W", bound="SpeechWords | PeopleWords")

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """`speech.yaml`: words that show who is talking."""

    verbs: Words
    """Introduce direct speech: said, told."""
    reporting: Words
    """Introduce words quoted from a report: found, praised."""
    bridges: Words
    """May stand between a subject and its verb."""
    inspectors: Words
    """Speak for Ofsted."""
    others: Words
    """Speak without a person's name: a union, a spokesman."""
    pronouns: Words
    first_person: Words
    prepositions: Words
    """Before a noun, show that it is not the subject."""
    asides: Words
    """Open an aside between commas that holds no subject: “, which goes to cabinet next week, says”."""
    clauses: Words
    """Begin a clause, and so end a noun phrase."""
    council_roles: Words
    """Held at a council: a cabinet member, a director."""
    small: Words
    """Say nothing of their own beside a grade or an area."""


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """`people.yaml`: words from which names, roles and bodies are read."""

    titles: Words
    honours: Words
    particles: Words
    """Parts of a surname in lower case: de, van."""
    role_heads: Words
    """A phrase is a role only if it holds one of these."""
    role_words: Words
    """Qualify a role, or name what it is for."""
    bodies: Words
    """End the name of a body that people speak for."""
    possessors: Words
    """Take a possessive ending without being such a body: the children's director."""
    no_names: Words
    """Written with a capital, but no part of a person's name."""
    surnames_too: Words
    """Common surnames among the words of the other lists."""
    places: Words
    """Names of authorities, case and all; not from the file, but from the register."""


def read_words(text: str, kind: type[W], **others: Words) -> W:
    """The lists that a YAML file holds, and `others`; raises KeyError where one is missing."""
    lists = plain_yaml.load(text) | others
    return kind(**{field.name: frozenset(lists[field.name]) for field in fields(kind)})
