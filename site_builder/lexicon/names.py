"""The names of authorities, what each can mean, and the words beside them that settle it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder import plain_yaml
from site_builder.lexicon.phrases import Phrases, phrases
from site_builder.model import Register


@dataclass(frozen=True, slots=True)
class Name:
    """What a name can mean; both empty for a longer name that means no authority (Bury St Edmunds)."""

    strong: tuple[str, ...] = ()
    """Slugs of the authorities it means by itself; several share a children's trust."""
    weak: tuple[str, ...] = ()
    """Slugs of those it means only with support; the one whose own name it is stands first."""
    own: bool = False
    """True where it is the own name of the first of `weak`."""


@dataclass(frozen=True, slots=True)
class Places:
    """The tables by which authorities are told from towns, people, newspapers and football clubs."""

    names: Phrases[Name]
    capitals: frozenset[str]
    """Words that names have in capitals (BCP, B&NES)."""
    not_before: frozenset[str]
    not_after: frozenset[str]
    joining: frozenset[str]
    persons: frozenset[str]
    """Titles and first names: a name right after one is a surname."""
    cues_after: frozenset[str]
    cues_before: frozenset[str]
    cues_heading: frozenset[str]
    """One of these stands in an entry that a name and a dash or colon head."""
    at_large: Phrases[bool]
    comparing: Phrases[bool]
    several: frozenset[str]
    opening: frozenset[str]
    """Words before a name that opens a paragraph."""
    shared: frozenset[str]
    """Words right behind names in a list that make it the name of one body."""


def places(text: str, register: Register) -> Places:
    """The tables that `places.yaml` and the names of `register` make."""
    data = plain_yaml.load(text)
    names = phrases(_names(data, register))
    words = {word for phrase, _ in names.entries for word in phrase}
    return Places(
        names=names,
        capitals=frozenset(word for word in words if word.isupper()),
        not_before=frozenset(data["not_before"]),
        not_after=frozenset(data["not_after"]),
        joining=frozenset(data["joining"]),
        persons=frozenset([*data["titles"], *data["first_names"]]),
        cues_after=frozenset(data["cues_after"]),
        cues_before=frozenset(data["cues_before"]),
        cues_heading=frozenset(data["cues_heading"]),
        at_large=phrases((phrase, True) for phrase in data["at_large"]),
        comparing=phrases((phrase, True) for phrase in data["comparing"]),
        several=frozenset(data["several"]),
        opening=frozenset(data["opening"]),
        shared=frozenset(data["shared"]),
    )


def _names(data: plain_yaml.Plain, register: Register) -> Iterator[tuple[str, Name]]:
    """Every name with what it can mean; a name in both lists of an authority needs the care of the weak one."""
    yield from ((name, Name()) for name in data["blocking"])
    strong: dict[str, list[str]] = defaultdict(list)
    weak: dict[str, list[str]] = defaultdict(list)
    for authority in register.authorities:
        slug = data["filed_under"].get(authority.slug, authority.slug)
        own = {
            authority.official_name,
            *authority.aliases,
            *data["also"].get(slug, ()),
            authority.trust or authority.name,
        }
        for name in sorted(own - set(authority.weak_aliases)):
            strong[name].append(slug)
        for name in authority.weak_aliases:
            if name[0].isupper():  # "the City" is any city
                weak[name].append(slug)
    own_names = {authority.slug: authority.name for authority in register.authorities}
    for name in sorted({*strong, *weak}):
        lesser = sorted(weak[name], key=lambda slug: own_names[slug] != name)
        is_own = any(own_names[slug] == name for slug in lesser)
        yield name, Name(tuple(strong[name]), tuple(lesser), is_own)
