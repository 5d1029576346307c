"""Who published an article, and what kind of page it stood on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from site_builder.extraction.heading import complete
from site_builder.lexicon import Lexicon
from site_builder.lexicon.phrases import split
from site_builder.model import Source, SourceKind
from site_builder.text.document import Block, BlockKind, Document, Fact, Span

_AROUND = frozenset({BlockKind.FURNITURE, BlockKind.DATELINE})
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|[Cc]opyright)[\s©–-]*(?:[Cc]opyright)?[\s–-]*(?:(?:19|20)\d\d)?(?:\s*[-–]\s*20\d\d)?[\s–,-]*"
)
_COUNCIL = re.compile(r"\b[A-Z]\w+ (?:[A-Z]\w+ )?Council\b|\b(?:your|our|the) council\b", re.IGNORECASE)
_HOLDING = re.compile(
    r"\b(?:Media|Group|Publishing|Publications|[Pp]lc|PLC|Newsprint|Holdings|Digital)\b(?: Ltd| Limited)?\.?$"
)
"""What owns papers and is none."""
_NAME_END = re.compile(r"[.|]|,?\s(?:19|20)\d\d\b|\s{2,}|,? [Aa]ll [Rr]ights|\s[-–]\s|$")
_SOURCE = re.compile(r"\bSource:\s*((?:https?://|www\.)[\w./?=&%-]*\w)")
_PAPER = r"(?:[Tt]he )?((?:The )?(?:[A-Z][\w’']+ (?:(?:and|&|of|on) )?){0,4}[A-Z]\w+)"
_TOLD = re.compile(
    rf"\b(?:told|tell|tells|seen by|obtained by|leaked to|[Tt]alking to|[Ss]peaking to|[Gg]et|asked by) {_PAPER}"
)
_KNOWS = re.compile(rf"{_PAPER} (?:understands|can reveal|has learned|has learnt|can report|has been told)\b")
_OUR = re.compile(
    rf"\b(?:in (?:today|tomorrow|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)['’]s|[Mm]ore from) {_PAPER}"
)
_CALL = re.compile(
    r"\b(?:(?:[Ff]ollow|[Ll]ike|[Jj]oin|[Vv]isit|[Cc]ontact|[Ss]upport|[Cc]all|[Ee]mail|[Rr]ing|[Rr]ead|[Bb]uy|[Gg]et"
    r"|[Dd]ownload|[Ss]ubscribe to|[Ss]ign up (?:to|for)|[Ww]elcome to|[Tt]hanks? (?:you )?for reading|[Aa]bout"
    r"|[Vv]iews of|[Oo]pinions of|[Pp]roperty of|[Ee]ditor of|[Rr]eaders of|[Pp]owered by|[Bb]rought to you by"
    r"|[Aa]ppear(?:s|ed) in|(?:[Pp]ublished|[Pp]rinted) (?:in|by))\s+(the )?|(?:Source|Publication|Newspaper):\s*)"
    r"((?:The )?(?:[A-Z][\w’']+ (?:(?:and|&|of) )?){0,4}[A-Z]\w+)"
)
"""“Follow the Courier on Facebook”, “the views of Marsham Online”, “appears in Marsham Echo newspaper”."""
_LATER_COPYRIGHT = re.compile(r"(?:\s{2,}|\|\s*)(?=©|\([Cc]\))")
_FROM = re.compile(r"From:\s+([^,|\n]+)")
_SITE_END = re.compile(r"\s[–—|»›>•·-]\s|:\s|\s{2,}|\s(?:logo|home ?page|home|website)$")
"""Where the name of a site ends in its masthead."""
_SITE_SUFFIX = re.compile(r"\s(?:logo|home ?page|home|website)")
_OPENED = re.compile(r"(?:[Nn]ews|[Bb]ulletin|[Uu]pdate|[Ss]tatement) from (?:the )?((?:[A-Z][\w'’&]* ?)+)$")
"""“News from Marsham Council”."""
_NOT_A_NAME = re.compile(r"[@?]|(?<!\d)(?!(?:19|20)\d\d\b)\d{3}|^By\b|^Q\.")
_NAMED_DAY = re.compile(
    r"(?:[Ff]rom )?(?:the )?([A-Z][\w’'.&]*(?: (?:[A-Z&][\w’'.]*|and|of|on|the))*?)(?:,| [-–|]| of)? "
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\d)"
)
"""“The Courier, Tuesday, March 5, 2013”."""
_DOMAIN = re.compile(
    r"(?:www\.)?(?:[a-z0-9-]+\.)+(?:gov|co|org|ac)\.uk|(?:www\.)?[a-z0-9-]+\.(?:com|org|net)", re.IGNORECASE
)
_RUN_TOGETHER = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")
"""“MarshamToday”."""
_LAST_PART = re.compile(r"[A-Z][a-z]+")
_PARTS = re.compile(r"\S(?:\s{2,}|\s[|•·/>»›]\s)\S")
_GOV_UK = ("GOV.UK", "Cookies on GOV.UK", "Welcome to GOV.UK")
_NAME_WORDS = 8
_TAGLINE = 4
"""So many words behind the name of a site, or below it, tell what it is."""
_PUBLISHER_VOTES = 3
_MASTHEAD_VOTES = 2
"""Less than an inspectorate's own phrases: its letters have the council's name at their head."""
_SURE_VOTES = 7
"""The site's own name says what it is, whatever phrases its pages share with others."""
_QUOTED = re.compile('[“”"‘]')
_STRETCH = re.compile('[“"][^“”"]*[”"]')
_I = re.compile(r"\bI(?:['’](?:ve|m|d|ll))?\b(?!\.)")
_OURS = frozenset({"we", "our"})
_SHORT_TITLES = frozenset({"Cllr", "Coun", "Clr"})
_OWNED = 3
"""So many words behind “our” may name what is owned: “our fostering service”."""
_BYLINE = 20
"""A byline has at most so many words and marks."""
_FIRST = 5
"""So many lines may stand above a site's name."""
_NAMED_AGAIN = 2
"""A single word that a page begins with is its name where the page has it oftener than so."""
_TOP = 40
"""Lines above which a site writes its name, menus included."""


def source(document: Document, authorities: Sequence[str], lexicon: Lexicon) -> Fact[Source] | None:
    """Who published the article, and where: the name and address only from its words, the kind from its manner."""
    site = _site(document, lexicon) or _copyright(document)
    department = _department(document)
    kind = _kind(document, site, department, lexicon)
    named = department or site or _publisher(document, lexicon) or _paper(document, lexicon)
    named = named or _called(document, lexicon)
    if kind is SourceKind.COUNCIL and not named:
        named = _council(document, authorities, lexicon)
    if kind is SourceKind.OFSTED:
        named = next(
            (
                token.span
                for block in document.blocks
                for s in block.sentences
                for token in s.tokens
                if token.text == "Ofsted"
            ),
            named,
        )
    address = _SOURCE.search(document.text) if "Source:" in document.text else None
    spans = tuple(span for span in (named, address and Span(*address.span(1))) if span)
    name = document.words(named) if named else None
    return Fact(Source(name, complete(address.group(1)) if address else None, kind), spans, "source")


def _kind(document: Document, site: Span | None, department: Span | None, lexicon: Lexicon) -> SourceKind:
    """The kind of page that most of its phrases hint at; a newspaper's, where they say nothing.

    `site` is where the page names itself, `department` where a page of the government's says whose it is.
    """
    if department:
        return SourceKind.OFSTED if document.words(department).startswith("Ofsted") else SourceKind.GOVERNMENT
    votes: Counter[SourceKind] = Counter()
    seen: set[tuple[str, ...]] = set()
    for block in document.blocks:
        tokens = [token for sentence in block.sentences for token in sentence.tokens]
        words = [fold for sentence in block.sentences for fold in sentence.folds]
        table = lexicon.sources.around if block.kind in _AROUND else lexicon.sources.manner
        for first, after, hints in table.find(words):
            phrase = tuple(words[first:after])
            if phrase not in seen:
                votes.update(dict(hints))
            seen.add(phrase)
        for _, _, kind in lexicon.sources.publishers.find([token.text for token in tokens]):
            votes[kind] += _PUBLISHER_VOTES
    if votes and max(votes.values()) < _MASTHEAD_VOTES:
        votes.clear()  # “parking” alone makes no council's page
    if (site and _is_council(document, site, lexicon)) or _dated_by_council(document, lexicon):
        votes[SourceKind.COUNCIL] += _MASTHEAD_VOTES
    named = _kind_by_name(document.words(site), lexicon) if site else None
    if named:
        votes[named] += _SURE_VOTES
    outsider = _outsider(document, lexicon)
    others = max(votes[SourceKind.OTHER], votes[SourceKind.TRADE_PRESS])
    if outsider:
        votes[outsider] += _PUBLISHER_VOTES
    elif not votes[SourceKind.CHARITY] and others < _PUBLISHER_VOTES:
        theirs = not site or _names_council(document) or _owns_services(document, lexicon)
        votes[SourceKind.COUNCIL if theirs else SourceKind.OTHER] += _own_voice(document)
    if all(votes[kind] < _PUBLISHER_VOTES for kind in SourceKind if kind is not SourceKind.COUNCIL):
        votes[SourceKind.COUNCIL] += _capitals(document, lexicon) + _names_itself(document, lexicon)
    return max(SourceKind, key=lambda kind: (votes[kind], kind is SourceKind.NEWSPAPER))


def _kind_by_name(name: str, lexicon: Lexicon) -> SourceKind | None:
    """“Social Work Now” is the trade's, “Nene Valley Herald” a newspaper."""
    words = split(name.lower())
    if name.lower().endswith(".gov.uk"):
        return SourceKind.COUNCIL
    if not lexicon.sources.movements.isdisjoint(words):
        return SourceKind.OTHER
    if not words or words[-1] not in lexicon.sources.periodicals:
        return None
    if lexicon.sources.trades.find(words):
        return SourceKind.TRADE_PRESS
    return SourceKind.NEWSPAPER if words[-1].capitalize() in lexicon.sources.papers else None


def _names_council(document: Document) -> bool:
    """True where a line around the article names a council: “Marsham Council © 2018”, “News from your council”."""
    return any(_COUNCIL.search(document.words(block.span)) for block in document.blocks if block.kind in _AROUND)


def _owns_services(document: Document, lexicon: Lexicon) -> bool:
    """True where an article says “our services”, “our fostering team”: whoever writes so runs them."""
    for sentence in document.sentences:
        folds = sentence.folds
        for place, fold in enumerate(folds):
            near = folds[place + 1 : place + 1 + _OWNED]
            if fold == "our" and not lexicon.sources.owned.isdisjoint(near):
                return True
    return False


def _own_voice(document: Document) -> int:
    """“We are proud of our social workers”, and nobody is quoted: votes for a council's page."""
    ours = 0
    for block in document.blocks:
        if block.kind not in _AROUND and not _QUOTED.search(document.words(block.span)):
            ours += sum(fold in _OURS for sentence in block.sentences for fold in sentence.folds)
    return _PUBLISHER_VOTES if ours > 1 else 0


def _outsider(document: Document, lexicon: Lexicon) -> SourceKind | None:
    """The kind that a columnist's byline shows: “by Ada Quill, who chairs a charity”, and an article that says “I”."""
    article = (document.words(block.span) for block in document.blocks if block.kind not in _AROUND)
    if not any(_I.search(words) and _I.search(_STRETCH.sub("", words)) for words in article):
        return None
    for block in document.blocks[:_TOP]:
        words = [fold for sentence in block.sentences for fold in sentence.folds]
        if words and words[0] == "by" and "," in words and len(words) <= _BYLINE:
            kinds = [lexicon.sources.outsiders[word] for word in words if word in lexicon.sources.outsiders]
            if kinds:
                return SourceKind.CHARITY if SourceKind.CHARITY in kinds else kinds[0]
    return None


def _capitals(document: Document, lexicon: Lexicon) -> int:
    """Votes for a council's page, which gives its offices and itself capitals and writes “Councillor” in full.

    Newspapers write “cabinet member”, “the council” and “Cllr”, and give the word to rivals too.
    """
    large = small = in_full = short = council = 0
    for sentence in document.sentences:
        words = [token.text for token in sentence.tokens]
        if not lexicon.sources.rivals.isdisjoint(sentence.folds):
            return 0
        for first, after, _ in lexicon.sources.offices.find(sentence.folds):
            capital = all(word[0].isupper() for word in words[first:after] if word[0].isalpha() and len(word) > 2)
            large += capital and first > 0
            small += not capital
        in_full += words.count("Councillor")
        short += sum(word in _SHORT_TITLES for word in words)
        pairs = list(zip(words, [*words[1:], ""], strict=True))
        council += ("the", "Council") in pairs
        small += ("the", "council") in pairs
    if small > large:
        return 0
    return min(large, 2) + (in_full > short and large > 0) + (council > 1)


def _names_itself(document: Document, lexicon: Lexicon) -> int:
    """A vote for a council's page where the headline begins with its name: “Oldham Borough Council: inspection”."""
    block = next((block for block in document.blocks if block.kind is BlockKind.TITLE), None)
    words = [token.text for sentence in block.sentences for token in sentence.tokens] if block else []
    found = lexicon.places.names.at(words, 0) if words else None
    return int(found is not None and words[found[0] - 1] == "Council" and words[found[0] : found[0] + 1] == [":"])


def _dated_by_council(document: Document, lexicon: Lexicon) -> bool:
    """True where a council's name stands before the day: “Oldham Council | 30 August 2018”."""
    for block in document.blocks:
        if block.kind is BlockKind.DATELINE:
            words = [token.text for sentence in block.sentences for token in sentence.tokens]
            found = lexicon.places.names.at(words, 0)
            if found and words[found[0] - 1] == "Council":
                return True
    return False


def _is_council(document: Document, span: Span, lexicon: Lexicon) -> bool:
    """True where the words of `span` are the name of a council, or of its newsroom: “Marsham Council Press Office”."""
    block = next(block for block in document.blocks if block.span.holds(span))
    words = [token.text for sentence in block.sentences for token in sentence.tokens if span.holds(token.span)]
    found = lexicon.places.names.at(words, 0)
    if found is None or words[found[0] - 1] != "Council":
        return False
    office = [word.lower() for word in words[found[0] :]]
    return not office or lexicon.sources.newsrooms.at(office, 0) is not None


def _department(document: Document) -> Span | None:
    """Whose a page of the government's is: “GOV.UK”, and below the headline “From: Department for Education”."""
    if not any(document.words(block.span) in _GOV_UK for block in document.blocks[:_TOP]):
        return None
    for block in document.blocks[:_TOP]:
        found = _FROM.match(document.text, block.span.start)
        if found:
            return Span(found.start(1), found.start(1) + len(found.group(1).rstrip()))
    return None


def _copyright(document: Document) -> Span | None:
    """“© 2020 Pennine Chamber of Commerce. All rights reserved.”"""
    for block in document.blocks:
        if block.kind is not BlockKind.FURNITURE:
            continue
        later = _LATER_COPYRIGHT.search(document.text, block.span.start, block.span.end)
        found = _COPYRIGHT.match(document.text, later.end() if later else block.span.start, block.span.end)
        if found:
            end = _NAME_END.search(document.text, found.end(), block.span.end)
            span = Span(found.end(), end.start() if end else block.span.end)
            name = document.text[span.start : span.end].strip()
            if name[:1].isupper() and not name.startswith("Crown") and not _HOLDING.search(name):
                return span
    return None


def _site(document: Document, lexicon: Lexicon) -> Span | None:
    """The name of the site around its headline: it names an organisation or a paper, or stands again on the page."""
    around = [block for block in document.blocks if block.kind in _AROUND]
    below = False
    for place, block in enumerate(document.blocks[:_TOP]):
        below = below or block.kind is BlockKind.TITLE
        if block.kind is BlockKind.PARAGRAPH and below:
            break
        if block.kind is BlockKind.DATELINE:
            found = _named_with_day(document, block.span, lexicon)
        elif block.kind is BlockKind.FURNITURE or (
            block.kind is BlockKind.ITEM and _is_paper(document, block, lexicon)
        ):
            after = document.blocks[place + 1 : place + 2]
            found = _masthead(document, block, around, after, lexicon, below=below)
        else:
            found = None
        if found:
            return found
    last = document.blocks[-1] if document.blocks else None
    return _named_with_day(document, last.span, lexicon) if last and last.kind in _AROUND else None


def _is_paper(document: Document, block: Block, lexicon: Lexicon) -> bool:
    """True for a line that is a paper's name and no more, with a bullet before it."""
    words = document.words(block.span).split()
    return 1 < len(words) <= _NAME_WORDS and words[-1].lower() in lexicon.sources.periodicals


def _named_with_day(document: Document, span: Span, lexicon: Lexicon) -> Span | None:
    """“The Courier, Tuesday, March 5, 2013”."""
    found = _NAMED_DAY.match(document.text, span.start, span.end)
    name = found.group(1).split() if found else []
    return Span(*found.span(1)) if found and len(name) > 1 and name[-1] in lexicon.sources.papers else None


def _masthead(
    document: Document, block: Block, around: Sequence[Block], after: Sequence[Block], lexicon: Lexicon, *, below: bool
) -> Span | None:
    """The name with which a line around the headline begins, if it is the site's.

    `after` is the line after it, `below` is true below the headline, where only a paper's name is taken for one.
    """
    line = document.words(block.span)
    start = len(line) - len(line.lstrip("|–- "))  # “| Marsham Council”, cut off a headline
    line = line[start:]
    opened = _OPENED.match(line)
    name = opened.group(1) if opened else _SITE_END.split(line)[0]
    rest = "" if opened or _SITE_SUFFIX.fullmatch(line[len(name) :]) else line[len(name) :]
    words = re.findall(r"[^\W\d_][\w'’]*", name)
    first = block.span.start + start + (opened.start(1) if opened else 0)
    span = Span(first, first + len(name))
    if _DOMAIN.fullmatch(line):
        return None if below else span
    if not words or len(words) > _NAME_WORDS or _NOT_A_NAME.search(name):
        return None
    folds = [word.lower() for word in words]
    parts = split(name.lower())
    if folds[0] in lexicon.sources.labels or lexicon.sources.offices.at(folds, 0) or _is_menu(words, lexicon):
        return None
    if _is_entries(parts, lexicon):
        return None
    joined = (
        bool(_RUN_TOGETHER.fullmatch(name)) and _ends_as_paper(name, lexicon) and _is_first(document, block, lexicon)
    )
    paper = joined or (len(words) > 1 and folds[-1] in lexicon.sources.periodicals)
    small = paper and not rest and name == name.lower() and _is_first(document, block, lexicon)  # “the marsham ledger”
    large = words[:-1] if folds[-1] in lexicon.sources.endings and len(words) > 1 else words  # “Marsham Life online”
    if not small and not all(word[0].isupper() for word in large if len(word) > 3):
        return None
    council = not rest and _is_council(document, span, lexicon)
    if below:
        listed = block.kind is BlockKind.ITEM
        return span if (paper and (rest or listed)) or (start and (paper or council)) else None
    heads = _is_first(document, block, lexicon) and bool(after) and _is_below_masthead(document, after[0])
    own = len(words) == 1 and heads and document.text.count(name) > _NAMED_AGAIN
    coined = own or len(words) > 1 or bool(_RUN_TOGETHER.fullmatch(name)) or rest.strip(" –—:-|")[:1].islower()
    again = any(name in document.words(other.span) for other in around if other is not block)
    if rest:
        told = re.findall(r"[^\W\d_]+", rest.lower())
        tagline = len(told) > 1 and not _PARTS.search(rest[3:])
        says = tagline and not lexicon.sources.organisations.isdisjoint(told)  # “Marsham – The London Borough”
        return (
            span if paper or says or (coined and (again or (tagline and _is_first(document, block, lexicon)))) else None
        )
    organisation = len(words) > 1 and not lexicon.sources.organisations.isdisjoint(folds)
    return span if paper or organisation or (coined and (again or heads)) else None


def _is_first(document: Document, block: Block, lexicon: Lexicon) -> bool:
    """True where nothing but “Skip to content” and the like stands above a line."""
    for above in document.blocks[:_FIRST]:
        if above is block:
            return True
        line = document.words(above.span)
        if not (_is_entries(split(line.lower()), lexicon) or lexicon.furniture.holds.find(split(line.lower()))):
            return False
    return False


def _is_entries(parts: Sequence[str], lexicon: Lexicon) -> bool:
    """True for nothing but entries of menus: “Register Log in”."""
    place = 0
    while place < len(parts):
        entry = lexicon.furniture.whole.at(parts, place)
        if not entry:
            return False
        place = entry[0]
    return True


def _is_below_masthead(document: Document, block: Block) -> bool:
    """True for a menu and for the line that says what a site is: “Parents and carers for fair provision”."""
    line = document.words(block.span)
    tagline = len(line.split()) > _TAGLINE and line[0].isalpha() and block.kind is BlockKind.FURNITURE
    return bool(_PARTS.search(line)) or (tagline and not _NOT_A_NAME.search(line))


def _is_menu(words: Sequence[str], lexicon: Lexicon) -> bool:
    """True where several words are each an entry of menus: “Home News Contact”."""
    entries = (lexicon.furniture.whole.at([word.lower()], 0) for word in words if word[0].isupper())
    return sum(entry is not None for entry in entries) > 1


def _publisher(document: Document, lexicon: Lexicon) -> Span | None:
    """A publisher that writes about many councils, named anywhere: “Here CYP Now sums up the newest ones”."""
    for block in document.blocks:
        tokens = [token for sentence in block.sentences for token in sentence.tokens]
        for first, after, _ in lexicon.sources.publishers.find([token.text for token in tokens]):
            return Span(tokens[first].span.start, tokens[after - 1].span.end)
    return None


def _paper(document: Document, lexicon: Lexicon) -> Span | None:
    """“…, she told the Echo”, “The Courier understands”, “in tomorrow's Marsham Gazette”, “More from Marsham Star”."""
    if not any(name in document.text for name in lexicon.sources.papers):
        return None
    for pattern in (_TOLD, _KNOWS, _OUR):
        for found in pattern.finditer(document.text):
            if found.group(1).split()[-1] in lexicon.sources.papers:
                return Span(*found.span(1))
    return None


def _called(document: Document, lexicon: Lexicon) -> Span | None:
    """The paper that the lines around an article speak of as its own: “Follow the Courier on Facebook”."""
    for block in document.blocks:
        found = _CALL.search(document.text, block.span.start, block.span.end) if block.kind in _AROUND else None
        words = found.group(2).split() if found else []
        last = next((n for n in range(len(words), 0, -1) if _ends_as_paper(words[n - 1], lexicon)), 0)
        if not found or not last:
            continue
        name = " ".join(words[:last])
        joined = _RUN_TOGETHER.fullmatch(words[0])  # “Follow MarshamLive on Facebook”
        alone = (
            last == 1 and not joined and (not found.group(1) or words[0] in lexicon.sources.common)
        )  # “Join live”, “the Review”
        if not alone and not _is_entries(split(name.lower()), lexicon):
            return Span(found.start(2), found.start(2) + len(name))
    return None


def _ends_as_paper(word: str, lexicon: Lexicon) -> bool:
    """True for “Echo” and “MarshamEcho”."""
    joined = _RUN_TOGETHER.fullmatch(word)
    return (_LAST_PART.findall(word)[-1] if joined else word) in lexicon.sources.papers


def _council(document: Document, authorities: Sequence[str], lexicon: Lexicon) -> Span | None:
    """The council's full name where a council's own page gives it: in the article, or else around it."""
    around = [sentence for block in document.blocks if block.kind in _AROUND for sentence in block.sentences]
    for sentence in (*document.sentences, *around):
        words = [token.text for token in sentence.tokens]
        for first, after, name in lexicon.places.names.find(words):
            if words[after - 1] == "Council" and {*name.strong, *name.weak} & set(authorities):
                return Span(sentence.tokens[first].span.start, sentence.tokens[after - 1].span.end)
    return None
