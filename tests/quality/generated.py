"""Raw articles made by chance, as long and as various as real ones; their people, papers and words are made up.

What happened is not: each tells of an inspection in the record, with the grades that stand there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from site_builder.model import Area, Authority, Framework, Grade, Outcome, Polarity, RawArticle, Register

SEED = 2009
FIRST = ("Ada", "Bertram", "Celia", "Dilip", "Esme", "Farah", "Gwen", "Hector", "Imogen", "Jonah", "Kezia", "Lionel")
LAST = ("Ashdown", "Birkett", "Cawthorne", "Dunmore", "Elphick", "Fairclough", "Gadsby", "Hartnoll", "Inskip", "Jessop")
POSTS = (
    "Cabinet Member for Children and Families",
    "Leader of the Council",
    "Director of Children’s Services",
    "Chief Executive",
    "Lead Member for Children’s Services",
)
PAPERS = ("Gazette", "Herald", "Chronicle", "Echo", "Mercury")
AREAS = {
    Area.HELP_AND_PROTECTION: "children who need help and protection",
    Area.CHILDREN_LOOKED_AFTER: "children in care",
    Area.CARE_LEAVERS: "care leavers",
    Area.LEADERSHIP: "the impact of leaders on social work practice",
    Area.ADOPTION: "adoption performance",
    Area.OVERALL: "overall effectiveness",
    Area.SAFEGUARDING: "safeguarding services",
    Area.LOOKED_AFTER_CHILDREN: "services for looked after children",
    Area.CAPACITY_TO_IMPROVE: "capacity to improve",
}
KINDS = {
    Framework.ILACS: "inspection of local authority children’s services",
    Framework.SIF: "single inspection",
    Framework.SLAC: "inspection of safeguarding and looked after children services",
    Framework.MONITORING_VISIT: "monitoring visit",
    Framework.FOCUSED_VISIT: "focused visit",
}
WHO = (
    "Social workers", "Managers", "Personal advisers", "Staff at the front door", "Foster carers", "Leaders",
    "Independent reviewing officers", "Early help workers", "Partner agencies", "Frontline teams", "The virtual school",
    "The fostering service", "The adoption team", "The family support service", "Senior managers",
)  # fmt: skip
STRENGTHS = (
    "know their children well and visit them regularly",
    "respond promptly when a child is at risk of neglect",
    "work effectively with schools, health and the police",
    "write thorough assessments in which the voice of the child is clear",
    "help families sooner, so that fewer children need protection",
    "find stable placements close to home for most children in care",
    "give young people leaving care good support with housing and work",
    "share information quickly about children who go missing",
    "make timely decisions in the best interests of children",
    "are well supported and have manageable caseloads",
)
WEAKNESSES = (
    "do not always record why decisions were made",
    "change too often, and children have to tell their story again",
    "wait too long for an initial health assessment",
    "do not challenge drift and delay with enough rigour",
    "miss opportunities to act on domestic abuse",
    "hold too many cases, which weakens the quality of supervision",
    "leave too many plans without clear actions or dates",
    "do not consistently speak to children alone",
)
WHERE = (
    "in the {place} team",
    "in the north of the area",
    "in {seen} of the {of} cases that were read",
    "since {month} {year}",
    "in the hubs at {place} and {other}",
    "when families move from one team to another",
    "after a slow start in {month}",
    "at evenings and weekends",
    "for brothers and sisters who live apart",
    "where courts are involved",
)
PLACES = (
    "Alderbrook", "Bexcombe", "Cragholme", "Dunsward", "Eastmere", "Foxhollow", "Gorsley Green", "Harrowgate Moor",
    "Ivelbridge", "Kettleby", "Larkhurst", "Marlpit", "Netherfold", "Oatlands Cross", "Pendlewick", "Quarrydale",
    "Rushmere End", "Saltersgate", "Thornacre", "Underhay", "Vinters Cross", "Wychford", "Yarrowby",
)  # fmt: skip
MONTHS = ("January", "March", "May", "July", "September", "November")
CONTEXT = (
    "The authority looks after {n} children and supports {m} care leavers.",
    "A report will go before the scrutiny committee next month.",
    "The inspection team spent {d} days with staff, carers and young people.",
    "An improvement plan has been in place since the last inspection.",
    "The service has recruited {d} newly qualified social workers this year.",
    "Around {n} families were helped by the early help service in the past twelve months.",
    "The council has put a further £{d} million into children’s services.",
)
SPOKEN = (
    "I am pleased that inspectors have seen how hard our teams work for children and families",
    "We know that there is more to do, and we shall not rest until every child gets the help they need",
    "This report is a fair picture of where we are and of what still has to change",
    "Our foster carers and social workers deserve the credit for this",
    "Children have told us what matters to them and we have listened",
    "We have already begun to act on what the report asks of us",
    "I would like to thank everyone who took part, the young people above all",
    "Keeping children safe is the most important thing that a council does",
)


def articles(number: int, register: Register) -> Iterator[RawArticle]:
    """So many raw articles, always the same for one register; newspapers, councils and trade press among them."""
    chance = random.Random(SEED)
    told = [each for each in register.outcomes if each.framework in KINDS and day_of(each)]
    for count in range(number):
        outcome = chance.choice(told)
        yield RawArticle(f"generated-{count:05}.txt", _text(chance, outcome, register.by_slug[outcome.authority]))


def _text(chance: random.Random, outcome: Outcome, authority: Authority) -> str:
    came = day_of(outcome) or date.max
    written = came + timedelta(days=chance.randint(35, 90))
    paper = f"{authority.name} {chance.choice(PAPERS)}"
    council = authority.official_name
    by_council = chance.random() < 0.5
    people = [(f"{chance.choice(FIRST)} {chance.choice(LAST)}", post) for post in chance.sample(POSTS, k=3)]
    opening = [
        headline(chance, outcome, authority),
        f"{'Press release' if by_council else paper}: {written.day} {written:%B} {written.year}",
        lead(outcome, council, came),
    ]
    middle = [sentence for *_, sentence in grades(chance, outcome)]
    middle += [_findings(chance) for _ in range(bell(chance, 3, 6))]
    middle += [context(chance) for _ in range(bell(chance, 1, 4))]
    chance.shuffle(middle)
    spoken = [_speech(chance, *person, council) for person in people[: bell(chance, 1, 3)]]
    closing = (
        f"The full report is on Ofsted’s website: https://reports.ofsted.gov.uk/provider/44/{authority.ofsted_urn}"
    )
    # One in fifty runs on and on, as committee papers do.
    more = [_findings(chance) for _ in range(40)] if chance.random() < 0.02 else []
    source = "Notes to editors" if by_council else "Have the latest local news straight to your inbox."
    return "\n\n".join([*opening, *middle, *more, *spoken, closing, source]) + "\n"


def headline(chance: random.Random, outcome: Outcome, authority: Authority) -> str:
    """What stands above an article about an inspection."""
    if not outcome.grades:
        return f"Inspectors return to {authority.name} children’s services"
    grade = in_words(outcome.grades[0][1])
    forms = (
        f"{authority.name} children’s services rated {grade} by Ofsted",
        f"Ofsted publishes report on {authority.name} children’s services",
        f"What inspectors found at {authority.name} council",
    )
    return chance.choice(forms)


def lead(outcome: Outcome, council: str, came: date) -> str:
    """The sentence that tells of the inspection and of its first day."""
    kind = KINDS[outcome.framework]
    day = f"{came.day} {came:%B} {came.year}"
    return (
        f"Ofsted has published its report on {'an' if kind[0] in 'aeiou' else 'a'} {kind} at {council}, begun on {day}."
    )


def grades(chance: random.Random, outcome: Outcome) -> Iterator[tuple[Area, Grade, str]]:
    """Each grade that the record has, with a sentence that gives it."""
    for area, grade in outcome.grades:
        if area in AREAS:
            verb = chance.choice(("were judged", "were rated", "were found to be"))
            if area in (Area.OVERALL, Area.CAPACITY_TO_IMPROVE, Area.ADOPTION, Area.LEADERSHIP):
                verb = verb.replace("were", "was")
            yield area, grade, f"{AREAS[area].capitalize()} {verb} {in_words(grade)}."


def _findings(chance: random.Random) -> str:
    return " ".join(finding(chance)[0] for _ in range(bell(chance, 2, 4)))


def finding(chance: random.Random) -> tuple[str, Polarity, str | None]:
    """A sentence on what inspectors found, which way it points, and the report's words that it quotes, if it does."""
    polarity = Polarity.STRENGTH if chance.random() < 0.6 else Polarity.WEAKNESS
    said = chance.choice(STRENGTHS if polarity is Polarity.STRENGTH else WEAKNESSES)
    said += f" {_where(chance)}" if chance.random() < 0.7 else ""
    who = chance.choice(WHO)
    forms = (
        f"Inspectors found that {who[0].lower()}{who[1:]} {said}.",
        f"The report says that {who[0].lower()}{who[1:]} {said}.",
        f"{who} {said}, inspectors said.",
        f"According to the report, {who[0].lower()}{who[1:]} “{said}”.",
    )
    sentence = chance.choice(forms)
    return sentence, polarity, said if "“" in sentence else None


def _where(chance: random.Random) -> str:
    place, other = chance.sample(PLACES, k=2)
    of = chance.randint(8, 60)
    words = {"place": place, "other": other, "of": of, "seen": chance.randint(1, of)}
    return chance.choice(WHERE).format(month=chance.choice(MONTHS), year=chance.randint(2009, 2025), **words)


def context(chance: random.Random) -> str:
    """Two sentences that say nothing of the inspection."""
    picked: Sequence[str] = chance.sample(CONTEXT, k=2)
    numbers = {"n": chance.randint(180, 940), "m": chance.randint(60, 300), "d": chance.randint(2, 14)}
    return " ".join(picked).format(**numbers)


def _speech(chance: random.Random, name: str, post: str, council: str) -> str:
    parts = chance.sample(SPOKEN, k=bell(chance, 2, 4))
    title = "Councillor " if "Member" in post or "Leader" in post else ""
    return f"{title}{name}, {post} at {council}, said: “{'. '.join(parts)}.”"


def in_words(grade: Grade) -> str:
    """The grade as a sentence says it."""
    return grade.value.replace("-", " ")


def bell(chance: random.Random, least: int, most: int) -> int:
    """A number between these, mostly one in the middle."""
    return round(chance.triangular(least, most))


def day_of(outcome: Outcome) -> date | None:
    """The first day on which the inspection is known to have been."""
    known = outcome.started or outcome.published
    return known.earliest if known else None
