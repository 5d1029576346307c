"""Lists of single words that readers of speech and findings go by, each list a set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar

from site_builder import plain_yaml
from site_builder.lexicon.phrases import Phrases, phrases
from site_builder.model import Polarity

W = TypeVar("W", bound="SpeechWords | PeopleWords")

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """`speech.yaml`: words that show who is talking."""

    verbs: Words
    """Introduce direct speech: said, told."""
    reporting: Words
    """Introduce words quoted from a report: found, praised."""
    deeds: Words
    """Of people without a name, tell what they do and not what they say."""
    embeds: Words
    """Before somebody who tells, show that the sentence is about what was told."""
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
    leading: Words
    """What an inspector did: led the inspection, wrote the letter."""
    council_roles: Words
    """Held at a council: a cabinet member, a director."""
    rival_roles: Words
    """In a role, show that its holder does not speak for the council."""
    with_on: Words
    """Introduce speech only with "on": goes on."""
    without_to: Words
    """Introduce speech only without "to": continues."""
    papers: Words
    """Of Ofsted's, in which things are said."""
    be: Words
    """Before a verb, show that its subject is told of and does not tell."""
    determiners: Words
    spokespeople: Words
    """Whom “it” and “they” may be, but for the inspectors."""
    councillors: Words
    """Titles that stand for each other."""
    the_council: Words
    """Nouns by which an article calls its council."""
    naming: Words
    """Before a quoted term, show that it is a name."""
    called: Words
    """The same, whoever says it."""
    named_things: Words
    """Behind a quoted term, show that it is a name."""
    reported_by: Words
    """In a speech, show that inspectors are quoted."""
    reported: Words
    """Show the same, beside the verbs of telling."""
    witnesses: Words
    """Whom inspectors speak to: what they describe is what the report says."""
    between: Words
    """Stand between "were" and a verb of telling."""
    no_subject: Words
    """Before a verb in -ing, show that whoever does it tells nothing."""
    plurals: Words
    """Verbs of telling that are nouns too: notes."""
    holding: Words
    """Before one of them, show that it is a noun: keep notes."""
    felt: Words
    """With "were" before them, say what the subject felt, not what was said of it."""
    verdicts: Words
    """Behind speech, lead to the speaker: “was the verdict of Ann Field”."""
    witness_roles: Words
    """Held by those whom an article calls by their first names."""
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
    kinds_of_body: Words
    """Those of them that are no name by themselves: council, board."""
    boards: Words
    """Those of them that small letters name too: the safeguarding board."""
    officers: Words
    """In a role, show that the place named behind it is whom its holder speaks for: mayor of."""
    parties: Words
    """Words of the names of parties."""
    heading: Words
    """Behind “who”, lead to the body that somebody heads."""
    of_parties: Words
    """Offices of a party, behind its name."""
    before_body: Words
    """In a role, lead to the body: of, at."""
    not_in_body: Words
    """Written with a capital before a body's name, but no part of it."""
    determiners: Words
    joiners: Words
    """Small words at which a role neither begins nor ends."""
    possessors: Words
    """Take a possessive ending without being such a body: the children's director."""
    no_names: Words
    """Written with a capital, but no part of a person's name."""
    surnames_too: Words
    """Common surnames among the words of the other lists."""
    places: Words
    """Names of authorities, case and all; not from the file, but from the register."""


@dataclass(frozen=True, slots=True)
class FindingWords:
    """`findings.yaml`: words that show what inspectors found, and which way it points."""

    polarity: Phrases[Polarity]
    hazards: Phrases[None]
    """Good if denied, bad if children are left in them, else neither."""
    exposed: Words
    """Before a hazard, show that children are in it."""
    burdens: Words
    """Good if they fall: caseloads, turnover."""
    changed: Words
    """Bad where somebody has had several of them in a short time."""
    harms: Phrases[None]
    """What befalls children: bad if it grows, good if it lessens."""
    more: Words
    """Show that it grows."""
    fewer: Words
    """Show that it lessens."""
    loads: Words
    """Behind a number, what one worker has on their books."""
    carrying: Words
    """Before it, show that they have it."""
    falling: Words
    rising: Words
    reversers: Words
    """Before a weakness, turn it round."""
    after_reversers: Words
    """After a weakness, turn it round."""
    negators: Words
    """Before a strength, turn it round."""
    quantifiers: Words
    """Deny a thing of everyone: no, none."""
    seldom: Words
    """Before a weakness, turn it round; else a weakness themselves."""
    judged_things: Words
    """Have grades; of anything else "good" is praise."""
    judging: Words
    """Before a grade, show that it is one."""
    modals: Words
    """What follows is not so yet: should, must."""
    denials: Words
    """Say that something is not so."""
    contrasts: Words
    """Open a clause that counts for more."""
    asides: Words
    """Open a clause that counts for less."""
    praise: Words
    """In a sentence without a teller, show that inspectors judge."""
    besides: Words
    """Beside a grade, show that more is told."""
    recap: Phrases[None]
    """Tell of an earlier inspection."""
    compared: Words
    """Of an earlier inspection, show that the new one is told of."""
    headed: Phrases[None]
    """At the head of a sentence, decide for all of it."""
    names: Phrases[None]
    """Of areas and grades: their words praise nothing."""
    places: Words
    """At the head of a sentence that praises or blames, may stand for the service."""
    pointing: Words
    """At the head of a sentence, point back to what was told before."""
    turns: Words
    """At the head of a sentence, turn away from the one before."""
    saying: Words
    """Of inspectors, say no more than that they tell."""
    finding: Words
    """In a heading, show that what was found stands below it."""
    elsewhere: Phrases[None]
    """Show that a sentence is about more than one place, or another."""
    same: Phrases[None]
    """Say that a grade is that of the sentence before."""
    counted: Phrases[None]
    """Behind a number, what a sentence may do no more than count."""
    telling_more: Words
    """Lead from such a number to what was counted."""
    meetings: Words
    """Whom a motion moves to do something."""
    came: Words
    """Show that a sentence with a year tells of an inspection in it."""
    verdicts: Words
    """Behind “that is the”, say that what was told before was found."""
    wishes: Phrases[None]
    """At the head of what inspectors say, lead to what they find missing."""
    bettered: Words
    """Show that what they wish for is a change."""
    telling: Words
    """Of inspectors, introduce what they found."""
    process: Phrases[None]
    """Tell how an inspection went."""
    motions: Words
    """What a committee is asked to do."""
    relieved: Words
    """Behind “without”, say what nobody misses: without waiting."""
    planned: Phrases[None]
    """Beside a plan of action, show that it is there or being made."""
    others_do: Words
    """Before a word of the process, show that it is not inspectors who did it."""
    response: Phrases[None]
    """Tell what is done or felt about one."""
    topics: Words
    """What findings are about."""
    witnesses: Words
    """Whom inspectors speak to: what they say stands beside what was found."""
    introduces: Words
    """At the head of what inspectors say, show that it was found."""
    of_both: Words
    """Of inspections, and of social work too."""
    ratings: Words
    """Show that a sentence tells of marks, not of a service."""
    first_person: Words
    good_lead: Phrases[None]
    """Before a list, show that it lists strengths."""
    bad_lead: Phrases[None]
    no_lead: Phrases[None]
    """Before a list, show that it lists something else."""
    other_heads: Phrases[None]
    """Over a part of the text that tells of something else than what was found."""
    wanted: Words
    """Before a list, show that what it lists is not there yet."""
    signs: Words
    """Close a letter of Ofsted's."""
    told_lead: Words
    """Before a list, show that it lists what was found."""


def read_findings(text: str) -> FindingWords:
    """The lists of `findings.yaml`; raises KeyError where one is missing."""
    lists = plain_yaml.load(text)

    def phrased(name: str) -> Phrases[None]:
        return phrases((phrase, None) for phrase in lists[name])

    def words(name: str) -> Words:
        return frozenset(lists[name])

    return FindingWords(
        polarity=phrases((phrase, way) for way in Polarity for phrase in lists[way.value]),
        hazards=phrased("hazards"),
        exposed=words("exposed"),
        burdens=words("burdens"),
        changed=words("changed"),
        harms=phrased("harms"),
        more=words("more"),
        fewer=words("fewer"),
        loads=words("loads"),
        carrying=words("carrying"),
        falling=words("falling"),
        rising=words("rising"),
        reversers=words("reversers"),
        after_reversers=words("after_reversers"),
        negators=words("negators"),
        quantifiers=words("quantifiers"),
        seldom=words("seldom"),
        judged_things=words("judged_things"),
        judging=words("judging"),
        modals=words("modals"),
        denials=words("denials"),
        contrasts=words("contrasts"),
        asides=words("asides"),
        praise=words("praise"),
        besides=words("besides"),
        recap=phrased("recap"),
        compared=words("compared"),
        headed=phrased("headed"),
        names=phrased("names"),
        places=words("places"),
        pointing=words("pointing"),
        turns=words("turns"),
        saying=words("saying"),
        finding=words("finding"),
        elsewhere=phrased("elsewhere"),
        same=phrased("same"),
        counted=phrased("counted"),
        telling_more=words("telling_more"),
        meetings=words("meetings"),
        came=words("came"),
        verdicts=words("verdicts"),
        wishes=phrased("wishes"),
        bettered=words("bettered"),
        telling=words("telling"),
        process=phrased("process"),
        motions=words("motions"),
        relieved=words("relieved"),
        planned=phrased("planned"),
        others_do=words("others_do"),
        response=phrased("response"),
        topics=words("topics"),
        witnesses=words("witnesses"),
        introduces=words("introduces"),
        of_both=words("of_both"),
        ratings=words("ratings"),
        first_person=words("first_person"),
        good_lead=phrased("good_lead"),
        bad_lead=phrased("bad_lead"),
        no_lead=phrased("no_lead"),
        other_heads=phrased("other_heads"),
        wanted=words("wanted"),
        signs=words("signs"),
        told_lead=words("told_lead"),
    )


def read_words(text: str, kind: type[W], **others: Words) -> W:
    """The lists that a YAML file holds, and `others`; raises KeyError where one is missing."""
    lists = plain_yaml.load(text) | others
    return kind(**{field.name: frozenset(lists[field.name]) for field in fields(kind)})
