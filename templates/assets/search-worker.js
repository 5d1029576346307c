// Answers queries in a worker: lunr.js over the part of the index that a query needs, beside the names of pages.
// The files are written by `site/search.py` and `site/index.py`.
"use strict";

const PREFIX_FROM = 3; // letters from which the last word typed stands for all words that begin with it
const PREFIX_FILES = 8; // of a beginning that spans more files than this, the first are read
const TELLING_FROM = 2; // shorter words need not be held
const WORDS_READ = 32;
const NAMES_SHOWN = 8;
const PHRASE_TEXTS = 100; // so many texts at most are read for words in quotes
const SNIPPET = 190; // letters, about two lines
const [TERM_HASH, CARD_HASH] = [10, 6]; // letters of the hashes in names of files
const [K1, B] = [1.2, 0]; // lunr's numbers; with a B of 0 no lengths of documents have to be loaded

const own = {
  createScriptURL(url) {
    const full = new URL(url, self.location.href);
    if (full.origin !== self.location.origin) throw new TypeError(`not ours: ${url}`);
    return full.href;
  },
};
const policy = self.trustedTypes ? self.trustedTypes.createPolicy("site", own) : own;

// Words and stems, by the steps of `words.py`.

function words(text) {
  return (
    text
      .normalize("NFKC")
      .replace(/[‘’ʼ‛′]/g, "'")
      .toLowerCase()
      .replace(/(?<=[\p{L}\p{N}])'s(?![\p{L}\p{N}])/gu, "")
      .replace(/(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}])/gu, "")
      .match(/[\p{L}\p{N}]+/gu) || []
  );
}

const stems = new Map();

function stem(word) {
  let known = stems.get(word);
  if (known === undefined) stems.set(word, (known = lunr.stemmer(new lunr.Token(word, {})).toString()));
  return known;
}

// Files: each is fetched once; one that failed is fetched again when next asked for.

const FOLDER = new URL("search/", self.location.href).pathname;
let place; // where lunr.js and the one file with a lasting name lie
const fetched = new Map();

function get(url, read) {
  if (!fetched.has(url)) {
    const answer = fetch(url).then(async (response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return read(await response.text());
    });
    fetched.set(url, answer);
    answer.catch(() => fetched.delete(url));
  }
  return fetched.get(url);
}

async function named(name, ending, read) {
  const files = await get(place.files, JSON.parse);
  return get(`${FOLDER}${name}.${files[name]}.${ending}`, read);
}

const openNames = () =>
  named("names", "json", (text) => {
    const { pages, synonyms } = JSON.parse(text);
    return {
      pages: Object.entries(pages).flatMap(([folder, held]) => held.map((page) => readName(folder, ...page))),
      synonyms: new Map(Object.entries(synonyms).map(([said, others]) => [said, others.map(words)])),
    };
  });

async function openParts() {
  const parts = await named("parts", "json", JSON.parse);
  if (!self.lunr) importScripts(policy.createScriptURL(place.lunr));
  return parts;
}

function readName(folder, name, note, also = "", weak = "", slug = "") {
  const main = words(name).join(" ");
  const read = (names) => (names ? names.replaceAll("~", main).split("|") : []);
  const url = `/${folder}/${slug || main.replaceAll(" ", "-")}/`;
  return { isCouncil: folder === "authorities", name, url, note, main, known: [main, ...read(also)], weak: read(weak) };
}

// Documents are numbered as lunr's refs are: articles first, then inspections, each shelf newest first. In files each
// shelf stands oldest first, so that a new document changes few of them.

const total = ({ counts }) => counts[0] + counts[1];
const shelfOf = ({ counts }, ref) => (ref < counts[0] ? 0 : 1);

function onShelf(parts, ref) {
  const shelf = shelfOf(parts, ref);
  return [shelf, (shelf ? total(parts) : parts.counts[0]) - 1 - ref];
}

// Numbers by twenty-sixes: capitals carry on, a small letter ends.
function numbers(text) {
  const found = new Int32Array(text.length);
  let many = 0;
  let carried = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 97) carried = (carried + code - 65) * 26;
    else {
      found[many++] = carried + code - 97;
      carried = 0;
    }
  }
  return found.subarray(0, many);
}

function refsOf(parts, shelf, gaps) {
  let number = shelf ? total(parts) : parts.counts[0];
  return numbers(gaps).map((gap) => (number -= gap)).reverse();
}

async function cardOf(parts, ref) {
  const [shelf, number] = onShelf(parts, ref);
  const block = Math.floor(number / parts.cards_each);
  const hash = parts.cards[shelf].slice(block * CARD_HASH, (block + 1) * CARD_HASH);
  const held = await get(`${FOLDER}cards-${shelf}-${block}.${hash}.json`, JSON.parse);
  const [title, slug, date, source, badges, stored] = held[number % parts.cards_each];
  const url = `/${shelf ? "inspections" : "articles"}/${slug}/`;
  return { title, url, date, source, badges, text: stored && `${FOLDER}${slug}.${stored}.txt` };
}

// Terms: a file holds a stretch of them in order.

async function linesOf(parts, at) {
  const hash = parts.terms.slice(at * TERM_HASH, (at + 1) * TERM_HASH);
  return get(`${FOLDER}terms.${hash}.txt`, (text) => {
    const held = new Map();
    let before;
    for (const line of text.split("\n")) {
      const tab = line.indexOf("\t");
      const said = line.slice(tab + 1);
      if (said !== "=") before = { said };
      held.set(line.slice(0, tab), before);
    }
    return held;
  });
}

// From which file to which the terms lie that begin so, as far as they are read.
function filesOf(parts, beginning) {
  const from = fileOf(parts, beginning);
  const to = fileOf(parts, `${beginning}\uffff`);
  return { from, to: Math.min(to, from + PREFIX_FILES - 1), all: to - from < PREFIX_FILES };
}

function fileOf({ firsts }, term) {
  let [low, high] = [0, firsts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firsts[middle] <= term) low = middle;
    else high = middle - 1;
  }
  return low;
}

// The postings of a line are read once, when first asked for: for each field its documents and what lunr would store for
// each of them (`Builder` in lunr.js).
function postingsOf(parts, line) {
  if (line.postings) return line.postings;
  const lists = line.said.split("\t").map((list) => {
    const shelf = parts.letters.findIndex((letters) => letters.includes(list[0]));
    const [gaps, beyond] = list.slice(1).split(".");
    const refs = refsOf(parts, shelf, gaps);
    return { field: parts.letters[shelf].indexOf(list[0]), refs, beyond: beyond && numbers(beyond).reverse() };
  });
  const holders = lists.reduce((sum, { refs }) => sum + refs.length, 0);
  const rarity = Math.log(1 + Math.abs((total(parts) - holders + 0.5) / (holders + 0.5)));
  line.postings = lists.map(({ field, refs, beyond }) => {
    const known = []; // by how often
    const weights = new Float64Array(refs.length);
    for (let at = 0; at < refs.length; at++) {
      const often = beyond ? 1 + beyond[at] : 1;
      const score = () => ((rarity * ((K1 + 1) * often)) / (K1 * (1 - B) + often)) * parts.boosts[field];
      weights[at] = known[often] ??= Math.round(score() * 1000) / 1000;
    }
    return { field: parts.fields[field], refs, weights };
  });
  return line.postings;
}

// The postings of `terms` and of all terms that begin with one of `beginnings`, by term.
async function lookUp(parts, terms, beginnings) {
  const found = new Map();
  if (!parts.firsts.length) return found;
  const one = async (term) => {
    const line = (await linesOf(parts, fileOf(parts, term))).get(term);
    if (line) found.set(term, line);
  };
  const many = async (beginning) => {
    const { from, to } = filesOf(parts, beginning);
    const files = await Promise.all(Array.from({ length: to - from + 1 }, (_, at) => linesOf(parts, from + at)));
    for (const file of files) for (const [term, line] of file) if (term.startsWith(beginning)) found.set(term, line);
  };
  await Promise.all([...terms.map(one), ...beginnings.map(many)]);
  return new Map([...found].map(([term, line]) => [term, postingsOf(parts, line)]));
}

// What `lunr.Index` is made from, of these terms and, with `kept`, of those documents alone. A score is the product of
// the query's vector and the fields' vectors over the query's terms, so hits, order and scores are those of the whole.
function partOf(parts, found, kept = null) {
  const invertedIndex = Object.create(null);
  const vectors = Object.create(null);
  const terms = [...found.keys()].sort(); // terms are numbered in order, in the whole index too
  terms.forEach((term, at) => {
    const posting = (invertedIndex[term] = { _index: at });
    for (const field of parts.fields) posting[field] = {};
    for (const { field, refs, weights } of found.get(term))
      refs.forEach((ref, each) => {
        if (kept && !kept[ref]) return;
        posting[field][ref] = {};
        (vectors[`${field}/${ref}`] ||= []).push(at, weights[each]);
      });
  });
  const fieldVectors = Object.create(null);
  for (const name in vectors) fieldVectors[name] = new lunr.Vector(vectors[name]);
  const pipeline = new lunr.Pipeline();
  return { invertedIndex, fieldVectors, tokenSet: lunr.TokenSet.fromArray(terms), fields: parts.fields, pipeline };
}

// Names: a page whose name is the query comes first, then names that begin so, then councils named within it.

const EXACT = 0;
const SHARED = 1; // a name that others bear too: Kingston, Poole
const BEGINS = 2;
const WITHIN = 3;
const CALLED = 4; // what readers call a theme begins so
const MENTIONED = 5;
const TOUCHED = 6; // a theme or grade makes up half of the query
const OTHER = 7;

function rank(entry, query) {
  if (entry.known.includes(query)) return EXACT;
  if (entry.weak.includes(query)) return SHARED;
  if ((entry.isCouncil ? entry.known : [entry.main]).some((name) => name.startsWith(query))) return BEGINS;
  if (` ${entry.main}`.includes(` ${query}`)) return WITHIN;
  if (entry.known.some((name) => name.startsWith(query))) return CALLED;
  const mentioned = entry.known.filter((name) => ` ${query} `.includes(` ${name} `));
  if (entry.isCouncil && mentioned.length) return MENTIONED;
  const most = Math.max(...mentioned.map((name) => name.split(" ").length));
  return most * 2 >= query.split(" ").length ? TOUCHED : OTHER; // else the query is about more than that
}

function namesFor(names, typed) {
  const query = typed.join(" ");
  if (!query) return [];
  return names
    .map((entry) => ({ entry, rank: rank(entry, query) }))
    .filter((each) => each.rank < OTHER)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, NAMES_SHOWN);
}

function marked(parts, refs) {
  const marks = new Uint8Array(total(parts));
  for (const ref of refs) marks[ref] = 1;
  return marks;
}

// A query is read into groups: a word, or several that together have another name, each with its choices. A document
// must hold one choice of every group. Words in quotes stand for themselves, and the texts are read for them.

function readQuery(query, synonyms) {
  const quoted = query.split(/["“”„«»]/);
  const closed = quoted.length % 2 ? quoted.length : quoted.length - 1; // a mark without its fellow quotes nothing
  const groups = [];
  const phrases = [];
  let left = WORDS_READ;
  quoted.forEach((piece, at) => {
    const said = words(piece).slice(0, left);
    left -= said.length;
    const exact = at % 2 === 1 && at < closed;
    if (exact && said.length) phrases.push(said);
    groups.push(...(exact ? said.map((word) => ({ said: [word], choices: [[word]] })) : grouped(said, synonyms)));
  });
  const last = groups.at(-1);
  if (last && quoted.at(-1).trim()) last.prefix = last.said.at(-1).length >= PREFIX_FROM ? last.said.at(-1) : "";
  const different = [...new Map(groups.map((group) => [group.said.join(" "), group])).values()];
  const telling = different.filter(({ said }) => said.some(isTelling));
  return { groups: different, needed: telling.length ? telling : different, phrases };
}

const isTelling = (word) => word.length >= TELLING_FROM && lunr.stopWordFilter(word) !== undefined;

function grouped(typed, synonyms) {
  const groups = [];
  for (let at = 0; at < typed.length; ) {
    let many = Math.min(4, typed.length - at);
    while (many > 1 && !synonyms.has(typed.slice(at, at + many).join(" "))) many--;
    const said = typed.slice(at, at + many);
    groups.push({ said, choices: [said, ...(synonyms.get(said.join(" ")) || [])] });
    at += many;
  }
  return groups;
}

function termsOf({ groups }) {
  return [...new Set(groups.flatMap(({ choices }) => choices.flat()).flatMap((word) => [word, stem(word)]))];
}

function termsFor(parts, asked) {
  const beginning = asked.groups.at(-1)?.prefix;
  return lookUp(parts, termsOf(asked), beginning ? [beginning] : []);
}

// For each word of a group's choices, the terms under which it is looked for.
function waysOf(group, word, found) {
  const ways = [word, stem(word)];
  if (group.prefix === word) ways.push(...[...found.keys()].filter((term) => term.startsWith(word)));
  return ways.filter((term) => found.has(term));
}

function holders(parts, group, found) {
  const marks = new Uint8Array(total(parts));
  for (const choice of group.choices) {
    const counts = choice.length > 1 ? new Uint8Array(total(parts)) : marks;
    choice.forEach((word, at) => {
      for (const term of waysOf(group, word, found))
        for (const { refs } of found.get(term)) for (const ref of refs) if (counts[ref] === at) counts[ref] = at + 1;
    });
    if (counts !== marks) counts.forEach((count, ref) => (marks[ref] ||= Number(count === choice.length)));
  }
  return marks;
}

function matching(parts, { needed }, found) {
  const each = needed.map((group) => holders(parts, group, found));
  const all = new Uint8Array(total(parts)).map((_, ref) => each.every((marks) => marks[ref]));
  if (all.includes(1) || needed.length < 2) return { marks: all, onlySome: false };
  const some = all.map((_, ref) => each.some((marks) => marks[ref]));
  return { marks: some, onlySome: some.includes(1) };
}

// What lunr is asked for: each clause a term, what it counts for, and whether all that begins so is meant.
function clausesOf({ groups }) {
  return groups.flatMap(({ choices, prefix }) =>
    choices.flatMap((choice, at) => {
      const weight = at ? 0.5 : 1; // another name counts for less than the word itself
      return choice.flatMap((word) => [
        { term: stem(word), boost: 10 * weight },
        { term: word, boost: 5 * weight },
        ...(prefix === word ? [{ term: word, boost: 2, begins: true }] : []),
      ]);
    }),
  );
}

// lunr makes objects for every document that a word stands in, too many when it stands in thousands. So the same weights
// are summed first, and lunr ranks those alone that can be among the first `enough`; articles come before inspections.
function finalists(parts, clauses, found, kept, enough) {
  const [articles] = parts.counts;
  const held = kept.subarray(0, articles).reduce((sum, mark) => sum + mark, 0);
  const scores = new Float64Array(total(parts));
  for (const [term, postings] of found) {
    const asked = clauses.filter((clause) => clause.term === term || (clause.begins && term.startsWith(clause.term)));
    const boost = asked.reduce((sum, clause) => sum + clause.boost, 0);
    for (const { refs, weights } of postings) refs.forEach((ref, at) => (scores[ref] += boost * weights[at]));
  }
  const [from, to, wanted] = held < enough ? [articles, total(parts), enough - held] : [0, articles, enough];
  const running = scores.subarray(from, to).filter((_, at) => kept[from + at]);
  const least = bestOf(running, wanted) * (1 - 1e-9); // sums may differ in their last digit
  return kept.map((mark, ref) => mark && (ref < from || (ref < to && scores[ref] >= least)));
}

// The least of the `wanted` highest scores.
function bestOf(scores, wanted) {
  const best = [];
  let least = 0;
  for (const score of scores) {
    if (score <= least) continue;
    best.push(score);
    if (best.length < 2 * wanted) continue;
    best.sort((one, other) => other - one).length = wanted;
    least = best[wanted - 1];
  }
  return best.sort((one, other) => other - one)[wanted - 1] ?? 0;
}

function ranked(parts, clauses, found, kept) {
  const index = new lunr.Index(partOf(parts, found, kept));
  const hits = index.query((query) => {
    for (const { term, boost, begins } of clauses) {
      const wildcard = begins ? lunr.Query.wildcard.TRAILING : lunr.Query.wildcard.NONE;
      query.term(term, { boost, wildcard, usePipeline: false });
    }
  });
  const refs = hits.map(({ ref }) => Number(ref));
  return [...refs.filter((ref) => ref < parts.counts[0]), ...refs.filter((ref) => ref >= parts.counts[0])];
}

// Words in quotes: the texts of the best are read until `enough` hold every phrase.

const holdsPhrase = (read, phrase) => ` ${read.join(" ")} `.includes(` ${phrase.join(" ")} `);

async function holdingPhrases(parts, { phrases }, refs, enough) {
  const held = [];
  let read = 0;
  for (; read < refs.length && read < PHRASE_TEXTS && held.length < enough; read += 10) {
    const some = refs.slice(read, read + 10);
    const fits = await Promise.all(
      some.map(async (ref) => {
        const card = await cardOf(parts, ref);
        const texts = [card.title, card.text ? await get(card.text, String) : ""].map(words);
        return phrases.every((phrase) => texts.some((text) => holdsPhrase(text, phrase)));
      }),
    );
    held.push(...some.filter((_, at) => fits[at]));
  }
  return { refs: held, read };
}

// Did you mean: only where a word is not known, or where words are like those of a name, is there anything to look for.

function doubt(pages, { groups, phrases }, found, named) {
  if (phrases.length || (named.length && named[0].rank <= WITHIN)) return null;
  const typed = groups.flatMap(({ said }) => said);
  const unknown = typed.filter((word) => !isKnown(pages, found, word, groups.at(-1).prefix === word));
  const telling = typed.filter(isTelling).map((word) => ` ${word} `);
  const isLike = (name) => telling.some((word) => ` ${name} `.includes(word));
  if (!unknown.length && (typed.length < 2 || !pages.some(({ known }) => known.some(isLike)))) return null;
  return { typed, unknown };
}

// Asked for after the answer, which need not wait for all known words.
async function better({ query }) {
  const { pages, synonyms } = await openNames();
  const parts = await openParts();
  const asked = readQuery(query, synonyms);
  const found = await termsFor(parts, asked);
  const doubted = doubt(pages, asked, found, namesFor(pages, words(query).slice(0, WORDS_READ)));
  if (!doubted) return null;
  if (typeof mended === "undefined") importScripts(policy.createScriptURL(place.mending));
  return mended(pages, doubted.typed, doubted.unknown);
}

function isKnown(pages, found, word, last) {
  if (word.length < 3 || found.has(word) || found.has(stem(word))) return true;
  const begins = (other) => other === word || (last && other.startsWith(word));
  if (pages.some((entry) => [...entry.known, ...entry.weak].some((name) => name.split(" ").some(begins)))) return true;
  return last && [...found.keys()].some((term) => term.startsWith(word));
}

// A snippet: the stretch of text in which most words of the query stand, cut into marked and unmarked parts.

function snippet(text, { needed }) {
  const every = needed.flatMap(({ choices, prefix }) =>
    [...new Set(choices.flat())].map((word) => ({ word, stem: stem(word), prefix: prefix === word })),
  );
  const telling = every.filter(({ word }) => isTelling(word));
  const shown = telling.length ? telling : every;
  const meant = (term, word) => word === term.word || stem(word) === term.stem || (term.prefix && word.startsWith(term.word));
  const marks = [];
  for (const place of text.matchAll(/[\p{L}\p{N}]+(?:['‘’ʼ‛′][\p{L}\p{N}]+)*/gu)) {
    const inside = words(place[0]);
    const at = shown.findIndex((term) => inside.some((word) => meant(term, word)));
    if (at >= 0) marks.push({ at, start: place.index, end: place.index + place[0].length });
  }
  let from = 0;
  let most = 0;
  for (const mark of marks) {
    const near = marks.filter((each) => each.start >= mark.start && each.end <= mark.start + SNIPPET);
    const kinds = new Set(near.map((each) => each.at)).size * 100 + near.length;
    if (kinds > most) [most, from] = [kinds, mark.start];
  }
  const start = from < 60 ? 0 : text.lastIndexOf(" ", from - 40) + 1;
  const space = text.indexOf(" ", start + SNIPPET);
  const end = space < 0 ? text.length : space;
  const parts = [[start ? "… " : "", false]];
  let done = start;
  for (const mark of marks.filter((each) => each.start >= start && each.end <= end)) {
    parts.push([text.slice(done, mark.start), false], [text.slice(mark.start, mark.end), true]);
    done = mark.end;
  }
  parts.push([text.slice(done, end) + (end < text.length ? " …" : ""), false]);
  return parts.filter(([part]) => part);
}

async function answer({ query, filters, skip, count, facets }) {
  const typed = words(query).slice(0, WORDS_READ);
  const { pages, synonyms } = await openNames();
  const named = namesFor(pages, typed);
  const names = named.map(({ entry: { name, url, note } }) => ({ name, url, note }));
  if (!count) return { names };
  const parts = await openParts();
  const nothing = { names, totals: [0, 0], hits: [], onlySome: false, unsure: false, facets: null };
  const filtered = Object.values(filters).some((chosen) => chosen.length);
  if (!typed.length && !filtered && !facets) return nothing;
  const asked = readQuery(query, synonyms);
  const beginning = asked.groups.at(-1)?.prefix;
  const found = await termsFor(parts, asked);
  const { marks, onlySome } = typed.length
    ? matching(parts, asked, found)
    : { marks: new Uint8Array(total(parts)).fill(1), onlySome: false };
  if ((filtered || facets) && typeof openFacets === "undefined") importScripts(policy.createScriptURL(place.facets));
  const facetValues = filtered || facets ? await openFacets(parts) : null;
  const narrowing = filtered ? narrowed(parts, facetValues, filters) : [];
  let kept = filtered ? within(marks, narrowing) : marks;
  const sum = (marks) => marks.reduce((count, mark) => count + mark, 0);
  let refs = [];
  let all = !beginning || filesOf(parts, beginning).all;
  if (typed.length) {
    const clauses = clausesOf(asked);
    const enough = asked.phrases.length ? PHRASE_TEXTS : skip + count;
    refs = ranked(parts, clauses, found, finalists(parts, clauses, found, kept, enough));
  } else refs = [...kept.keys()].filter((ref) => kept[ref]);
  if (asked.phrases.length) {
    const held = await holdingPhrases(parts, asked, refs, skip + count + 1);
    refs = held.refs;
    all &&= held.read >= sum(kept);
    kept = marked(parts, refs);
  }
  const shown = await Promise.all(refs.slice(skip, skip + count).map((ref) => cardOf(parts, ref)));
  return {
    names,
    totals: [sum(kept.subarray(0, parts.counts[0])), sum(kept.subarray(parts.counts[0]))],
    all,
    hits: shown,
    onlySome,
    unsure: typed.length > 0 && doubt(pages, asked, found, named) !== null,
    facets: facets ? facetCounts(parts, facetValues, asked.phrases.length ? kept : marks, narrowing, filters) : null,
  };
}

const tasks = {
  answer,
  better,
  snippet: async ({ query, text }) => snippet(await get(text, String), readQuery(query, (await openNames()).synonyms)),
};

self.onmessage = ({ data: { id, from, task, ...asked } }) => {
  place = from;
  tasks[task](asked).then(
    (result) => self.postMessage({ id, result }),
    (error) => self.postMessage({ id, error: String(error) }),
  );
};
