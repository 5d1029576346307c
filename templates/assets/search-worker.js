// Answers queries in a worker: lunr.js over the index built with the site, beside the names of pages.
// All that depends on how the index is cut into files is in `open` and `cardsOf`.
"use strict";

const PREFIX_FROM = 2; // letters from which the last word typed stands for all words that begin with it
const NAMES_SHOWN = 8;
const SNIPPET = 190; // letters, about two lines

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

const fetched = new Map();

function get(url) {
  if (!fetched.has(url)) {
    const answer = fetch(url).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return response.json();
    });
    fetched.set(url, answer);
    answer.catch(() => fetched.delete(url));
  }
  return fetched.get(url);
}

let opened = null;

function open(place) {
  if (!opened) {
    opened = openFiles(place);
    opened.catch(() => (opened = null));
  }
  return opened;
}

async function openFiles({ lunrUrl, filesUrl }) {
  const files = await get(filesUrl);
  const [index, names] = await Promise.all([get(files.index), get(files.names)]);
  if (!self.lunr) importScripts(policy.createScriptURL(lunrUrl));
  return { files, index: lunr.Index.load(index), names: names.map(readName) };
}

function readName(entry) {
  const joined = (name) => words(name).join(" ");
  return {
    ...entry,
    main: joined(entry.name),
    known: [entry.name, ...entry.also].map(joined),
    weak: entry.weak.map(joined),
  };
}

async function cardsOf(files, refs) {
  const blocks = await Promise.all(refs.map((ref) => get(files.cards[Math.floor(ref / files.cards_each)])));
  return blocks.map((block, at) => block[refs[at] % files.cards_each]);
}

// Names: a page whose name is the query comes first, then names that begin so, then councils named within it.

const EXACT = 0;
const SHARED = 1; // a name that others bear too: Kingston, Poole
const BEGINS = 2;
const WITHIN = 3;
const MENTIONED = 4;
const OTHER = 5;

function rank(entry, query) {
  if (entry.known.includes(query)) return EXACT;
  if (entry.weak.includes(query)) return SHARED;
  if (entry.known.some((name) => name.startsWith(query))) return BEGINS;
  if (` ${entry.main}`.includes(` ${query}`)) return WITHIN;
  if (entry.kind === "authority" && entry.known.some((name) => ` ${query} `.includes(` ${name} `))) return MENTIONED;
  return OTHER;
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

// Articles: every word of the query is looked for as its stem, as itself and, the last one, as a beginning.

function readQuery(typed) {
  const once = [...new Set(typed)];
  const terms = once.map((word, at) => ({
    word,
    stem: stem(word),
    prefix: at === once.length - 1 && word.length >= PREFIX_FROM,
    telling: lunr.stopWordFilter(word) !== undefined && word.length >= PREFIX_FROM,
  }));
  const telling = terms.filter((term) => term.telling);
  return { terms, needed: telling.length ? telling : terms };
}

function meant(term, word) {
  return word === term.word || stem(word) === term.stem || (term.prefix && word.startsWith(term.word));
}

function found(term, matched) {
  return matched.some((known) => known === term.stem || known === term.word || (term.prefix && known.startsWith(term.word)));
}

function articlesFor(index, { terms, needed }) {
  const hits = index.query((query) => {
    for (const term of terms) {
      query.term(term.stem, { boost: 10, usePipeline: false });
      query.term(term.word, { boost: 5, usePipeline: false });
      if (term.prefix) query.term(term.word, { boost: 2, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
    }
  });
  const hold = (hit, term) => found(term, Object.keys(hit.matchData.metadata));
  const all = hits.filter((hit) => needed.every((term) => hold(hit, term)));
  const some = all.length ? [] : hits.filter((hit) => needed.some((term) => hold(hit, term)));
  return { refs: (all.length ? all : some).map((hit) => Number(hit.ref)), onlySome: some.length > 0 && needed.length > 1 };
}

// Did you mean: for several words that are nearly a name, the name; for a word that no page holds, the nearest that one
// does. Each part says whether it was changed.

async function betterQuery(all, typed, named) {
  if (named.length && named[0].rank <= WITHIN) return null;
  const name = typed.length > 1 && nearest(typed.join(" "), all.names.flatMap(({ known }) => known.map((each) => [each, 1])));
  if (name) return name.split(" ").map((word) => [word, !typed.includes(word)]);
  const unknown = typed.filter((word, at) => !isKnown(all, word, at === typed.length - 1));
  if (!unknown.length) return null;
  const known = await get(all.files.words);
  const parts = typed.map((word) => {
    const near = unknown.includes(word) && nearest(word, known);
    return [near || word, Boolean(near)];
  });
  return parts.some(([, changed]) => changed) ? parts : null;
}

function isKnown({ index, names }, word, last) {
  if (word.length < 3 || index.invertedIndex[word] || index.invertedIndex[stem(word)]) return true;
  const begins = (other) => other === word || (last && other.startsWith(word));
  if (names.some((entry) => [...entry.known, ...entry.weak].some((name) => name.split(" ").some(begins)))) return true;
  return last && index.tokenSet.intersect(lunr.TokenSet.fromString(`${word}*`)).toArray().length > 0;
}

function nearest(word, known) {
  const most = word.length >= 7 ? 2 : 1;
  const otherStart = (other) => Number(other[0] !== word[0]);
  const near = known
    .filter(([other]) => other.length > 2 && Math.abs(other.length - word.length) <= most)
    .map(([other, count]) => ({ other, count, far: distance(word, other, most) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || otherStart(a.other) - otherStart(b.other) || b.count - a.count);
  return near.length ? near[0].other : null;
}

// Letters put in, left out, changed or swapped with their neighbour, as far as `most`.
function distance(one, other, most) {
  let before = null;
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1];
      line[at] = Math.min(above[at] + 1, line[at - 1] + 1, above[at - 1] + (same ? 0 : 1));
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1])
        line[at] = Math.min(line[at], before[at - 2] + 1);
    }
    if (Math.min(...line) > most) return most + 1;
    [before, above] = [above, line];
  }
  return above[other.length];
}

// A snippet: the stretch of text in which most words of the query stand, cut into marked and unmarked parts.

function snippet(text, { terms, needed }) {
  const shown = terms.filter((term) => needed.includes(term));
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

async function answer({ place, query, from, count }) {
  const typed = words(query).slice(0, 32);
  const all = await open(place);
  const named = namesFor(all.names, typed);
  const names = named.map(({ entry: { name, url, note } }) => ({ name, url, note }));
  if (!count || !typed.length) return { names, total: 0, hits: [], onlySome: false, better: null };
  const asked = readQuery(typed);
  const { refs, onlySome } = articlesFor(all.index, asked);
  const shown = refs.slice(from, from + count);
  const [cards, better] = await Promise.all([cardsOf(all.files, shown), betterQuery(all, typed, named)]);
  const hits = cards.map(({ text, ...card }) => ({ ...card, snippet: snippet(text, asked) }));
  return { names, total: refs.length, hits, onlySome, better };
}

self.onmessage = ({ data: { id, ...asked } }) =>
  answer(asked).then(
    (result) => self.postMessage({ id, result }),
    (error) => self.postMessage({ id, error: String(error) }),
  );
