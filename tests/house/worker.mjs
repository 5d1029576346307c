// The search worker outside a browser: its files come from standard input, and a task asks for what tests compare.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import vm from "node:vm";

const [script, lunrPath] = process.argv.slice(2);
const { files, task, given } = JSON.parse(readFileSync(0, "utf8"));
const lunr = createRequire(import.meta.url)(lunrPath);
const fetched = new Set();
const answers = new Map();
const self = { location: { href: "https://digest.example/assets/search-worker.x.js", origin: "https://digest.example" }, lunr };
self.postMessage = ({ id, result, error }) => (error ? answers.get(id).reject(new Error(error)) : answers.get(id).resolve(result));
const fetch = async (url) => {
  fetched.add(url);
  const text = files[url.slice(1)];
  return { ok: text !== undefined, status: 404, text: async () => text };
};
const from = { files: "/search/files.json", facets: "search-facets.js", mending: "search-mending.js" };
const importScripts = (url) => vm.runInContext(readFileSync(`${dirname(script)}/${url.split("/").at(-1)}`, "utf8"), room);
const room = vm.createContext({ self, lunr, fetch, importScripts, URL, console });
vm.runInContext(`${readFileSync(script, "utf8")}\nplace = ${JSON.stringify(from)};`, room);
const { lookUp, partOf, openParts } = room;

function ask(question) {
  return new Promise((resolve, reject) => {
    answers.set(answers.size, { resolve, reject });
    self.onmessage({ data: { id: answers.size - 1, from, task: "answer", ...question } });
  });
}

// lunr's own index of the same terms; all of them are numbered in order before the first document comes.
function builtByLunr({ documents, boosts, b }) {
  const builder = new lunr.Builder();
  builder.ref("ref");
  builder.b(b);
  builder.tokenizer = (terms) => (terms || []).map((term) => new lunr.Token(term, {}));
  for (const [field, boost] of Object.entries(boosts)) builder.field(field, { boost });
  const every = [...new Set(documents.flatMap((each) => Object.values(each).flat()))].sort();
  for (const term of every) {
    const posting = (builder.invertedIndex[term] = Object.create(null));
    posting._index = builder.termIndex++;
    for (const field of Object.keys(boosts)) posting[field] = Object.create(null);
  }
  documents.forEach((each, ref) => builder.add({ ref, ...each }));
  return { index: builder.build(), every };
}

const plain = (index) => {
  const { fieldVectors, invertedIndex } = JSON.parse(JSON.stringify(index));
  return { fieldVectors: Object.fromEntries(fieldVectors.filter(([, held]) => held.length)), invertedIndex };
};

function put(query, clauses) {
  for (const { term, ...options } of clauses) query.term(term, { usePipeline: false, ...options });
}

const hitsOf = (index, clauses) => index.query((query) => put(query, clauses)).map(({ ref, score }) => [ref, score]);

const tasks = {
  // Every weight and posting of the index, from the files and from lunr's builder.
  async whole(corpus) {
    const { index, every } = builtByLunr(corpus);
    const ours = new lunr.Index(partOf(await openParts(), await lookUp(await openParts(), every, [])));
    return { ours: plain(ours), theirs: plain(index) };
  },

  // The queries whose hits, order or scores differ between the part they need and lunr's whole index.
  async compare({ queries, ...corpus }) {
    const { index } = builtByLunr(corpus);
    const whole = lunr.Index.load(JSON.parse(JSON.stringify(index)));
    const parts = await openParts();
    const wrong = [];
    let found = 0;
    for (const clauses of queries) {
      const terms = clauses.flatMap(({ term, editDistance }) =>
        editDistance ? whole.tokenSet.intersect(lunr.TokenSet.fromFuzzyString(term, editDistance)).toArray() : [term],
      );
      const beginnings = clauses.filter(({ wildcard }) => wildcard).map(({ term }) => term);
      const part = partOf(parts, await lookUp(parts, terms, beginnings));
      const vectors = Object.create(null); // a query that only forbids goes through all documents
      corpus.documents.forEach((_, ref) => {
        for (const field of parts.fields) vectors[`${field}/${ref}`] = part.fieldVectors[`${field}/${ref}`] || new lunr.Vector();
      });
      const ours = hitsOf(new lunr.Index({ ...part, fieldVectors: vectors }), clauses);
      const theirs = hitsOf(whole, clauses);
      found += theirs.length > 0;
      if (JSON.stringify(ours) !== JSON.stringify(theirs)) wrong.push({ clauses, ours, theirs });
    }
    return { wrong, found };
  },

  async answers(questions) {
    const said = [];
    for (const question of questions) {
      const answer = await ask(question);
      said.push({ ...answer, better: answer.unsure ? await ask({ ...question, task: "better" }) : null });
    }
    return said;
  },
};

console.log(JSON.stringify({ result: await tasks[task](given), fetched: [...fetched] }));
