// The search page: results as you type, in words and not in markup; the address keeps the query and the filters.

document.getElementById("search-browse").hidden = location.search.length > 1;

const { ask, slash } = await import(document.querySelector("script[data-worker]").src);

const EACH = 10;
const WAIT = 150; // after the last key, before the address follows
const ENOUGH = 3; // letters of the last word for which results are worth fetching while it is being typed
const SPEAK_AFTER = 500;
const SEVERAL = ["what", "grade", "authority", "framework", "theme"]; // filters of which more than one may be chosen
const SINGLE = ["area", "from", "to"];

const part = (name) => document.getElementById(`search-${name}`);
const form = part("form");
const box = form.elements.q;
const narrow = part("narrow");
const plainTitle = document.title;

let asked = 0; // answers to older questions are dropped
let awaited = null; // the query whose answer has not come
let shown = 0;
let settled = true; // false while the query in the address is still being typed
let filters = {};
let labels = {}; // of values, by facet, as far as they are known
let timer;
let speaker;

// The address

function read() {
  const given = new URLSearchParams(location.search);
  box.value = given.get("q") || "";
  filters = Object.fromEntries([
    ...SEVERAL.map((name) => [name, given.getAll(name).filter(Boolean)]),
    ...SINGLE.map((name) => [name, given.get(name) || ""]),
  ]);
}

function address(query, chosen) {
  const given = new URLSearchParams(query.trim() ? { q: query.trim() } : {});
  for (const name of SEVERAL) for (const value of chosen[name]) given.append(name, value);
  for (const name of SINGLE) if (chosen[name]) given.append(name, chosen[name]);
  return given.size ? `${location.pathname}?${given}` : location.pathname;
}

function keep() {
  const url = address(box.value, filters);
  if (url === location.pathname + location.search) return;
  if (settled) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}

const chosen = () =>
  [...SEVERAL, ...SINGLE].flatMap((name) => [filters[name]].flat().filter(Boolean).map((value) => ({ name, value })));

function without({ name, value }) {
  return { ...filters, [name]: Array.isArray(filters[name]) ? filters[name].filter((each) => each !== value) : "" };
}

const nothingChosen = () => Object.fromEntries([...SEVERAL.map((name) => [name, []]), ...SINGLE.map((name) => [name, ""])]);

// Pieces of the page

function element(kind, text, given = {}) {
  const made = Object.assign(document.createElement(kind), given);
  made.textContent = text;
  return made;
}

function copy(name) {
  return part(name).content.firstElementChild.cloneNode(true);
}

function nameItem({ name, url, note }) {
  const item = copy("name");
  const link = item.querySelector("a");
  link.href = url;
  link.textContent = name;
  item.querySelector("[data-note]").textContent = note;
  return item;
}

// A text is fetched for its snippet when its result comes into view.
const inView = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) if (isIntersecting) showSnippet(target);
}, { threshold: 0.5 });
const snippets = new WeakMap();

async function showSnippet(place) {
  inView.unobserve(place);
  const parts = await ask({ task: "snippet", ...snippets.get(place) }).catch(() => []); // the title has to do
  place.replaceChildren(...parts.map(([text, marked]) => (marked ? element("mark", text) : text)));
}

function hitItem({ title, url, date, source, badges, text }) {
  const item = copy("hit");
  const link = item.querySelector("a");
  link.href = url;
  link.textContent = title;
  item.querySelector("[data-origin]").textContent = [date, source].filter(Boolean).join(" · ");
  const held = item.querySelector("[data-badges]");
  if (!badges.length) held.remove();
  for (const grade of new Set(badges.map(([grade]) => grade))) {
    const areas = badges.filter(([each]) => each === grade).map(([, area], at) => (at ? area.toLowerCase() : area));
    const entry = document.createElement("span");
    entry.append(copy(`badge-${grade}`), " ", areas.join(", "));
    held.append(entry, " ");
  }
  const snippet = item.querySelector("[data-snippet]");
  if (text) {
    snippets.set(snippet, { text, query: box.value });
    inView.observe(snippet);
  } else snippet.remove();
  return item;
}

async function better(query, mine) {
  const parts = await ask({ task: "better", query }).catch(() => null); // the results stand without an offer
  if (mine === asked) offer(parts);
}

function offer(parts) {
  part("better").hidden = !parts;
  if (!parts) return;
  const link = part("better").querySelector("a");
  link.href = address(parts.map(([word]) => word).join(" "), filters);
  link.replaceChildren(
    ...parts.flatMap(([word, changed], at) => [at ? " " : "", changed ? element("em", word) : word]),
  );
}

// Filters

const SAID = { from: (value) => `From ${value}`, to: (value) => `Until ${value}` };

function showChosen() {
  const made = chosen().map((each) => {
    const said = SAID[each.name]?.(each.value) ?? labels[each.name]?.get(each.value) ?? each.value;
    const item = document.createElement("li");
    const link = element("a", said, { href: address(box.value, without(each)) });
    link.prepend(element("span", "Remove the filter ", { className: "unseen" }));
    link.append(element("span", " ×"));
    link.lastChild.ariaHidden = "true";
    item.append(link);
    return item;
  });
  if (made.length > 1) {
    const item = document.createElement("li");
    item.append(element("a", "Clear all", { href: address(box.value, nothingChosen()) }));
    made.push(item);
  }
  part("chosen").replaceChildren(...made);
  part("chosen").hidden = !made.length;
}

// Results

function say(words, at_once) {
  clearTimeout(speaker);
  speaker = setTimeout(() => (part("count").textContent = words), at_once ? 0 : SPEAK_AFTER);
}

const many = (count, one) => `${count.toLocaleString("en-GB")} ${one}${count === 1 ? "" : "s"}`;

function counted({ totals: [articles, inspections], names, onlySome, all }, query) {
  const each = [articles && many(articles, "article"), inspections && many(inspections, "inspection")].filter(Boolean);
  const found = (all ? "" : "At least ") + each.join(" and ");
  const limits = chosen().length ? " with these filters" : "";
  if (onlySome && each.length) return `Nothing has all of these words. Showing ${found} with some of them${limits}.`;
  if (!each.length && query && names.length) return `Nothing but ${many(names.length, "page")} by name for ‘${query}’${limits}`;
  if (!each.length && !all) return `None of the likeliest articles has these words as they stand${limits}. There may be others.`;
  if (!each.length) return query ? `Nothing found for ‘${query}’${limits}` : `Nothing found${limits}`;
  return query ? `${found} for ‘${query}’${limits}` : `${found}${limits}`;
}

function links() {
  return [...part("results").querySelectorAll("a")].filter((link) => link.offsetParent);
}

function show(result, showFacets) {
  const typed = box.value.trim();
  const some = Boolean(typed) || chosen().length > 0;
  const total = result.totals[0] + result.totals[1];
  const held = links().find((link) => link === document.activeElement);
  inView.disconnect();
  part("trouble").hidden = true;
  part("browse").hidden = some;
  part("results").hidden = !some;
  part("names").replaceChildren(...result.names.map(nameItem));
  part("hits").replaceChildren(...result.hits.map(hitItem));
  offer(null);
  if (result.facets) {
    for (const [name, values] of Object.entries(result.facets))
      labels[name] = new Map(values.map(({ value, label }) => [value, label]));
    showFacets(part("facets"), result.facets, filters);
  }
  showChosen();
  shown = result.hits.length;
  part("more").hidden = shown >= total;
  part("empty").hidden = !some || total > 0 || result.names.length > 0;
  // Whoever was among the results before the last answer came stays there.
  if (held) (links().find((link) => link.href === held.href) || links()[0] || box).focus();
  document.title = typed ? `${typed} – ${plainTitle}` : plainTitle;
}

async function look(speak_at_once) {
  const mine = ++asked;
  const query = (awaited = box.value);
  try {
    const [result, narrowing] = await Promise.all([
      ask({ query, filters, skip: 0, count: EACH, facets: narrow.open }),
      narrow.open && import(narrow.dataset.script),
    ]);
    if (mine !== asked) return;
    awaited = null;
    if (query !== box.value) return look(); // more was typed meanwhile
    show(result, narrowing.showFacets);
    if (result.unsure) better(query, mine);
    const some = query.trim() || chosen().length;
    say(some ? counted(result, query.trim()) : "", speak_at_once);
  } catch {
    if (mine !== asked) return;
    awaited = null;
    part("results").hidden = true;
    part("trouble").hidden = false;
    say("The search could not be loaded.", true);
  }
}

function search(speak_at_once = false) {
  clearTimeout(timer);
  keep();
  look(speak_at_once);
}

async function more() {
  const mine = asked;
  const before = shown;
  const result = await ask({ query: box.value, filters, skip: shown, count: EACH }).catch(() => null);
  if (mine !== asked) return;
  if (!result) return say("More results could not be loaded. Try again.", true);
  part("hits").append(...result.hits.map(hitItem));
  shown += result.hits.length;
  part("more").hidden = shown >= result.totals[0] + result.totals[1];
  part("hits").children[before]?.querySelector("a").focus();
}

function settle() {
  settled = true;
  search(true);
}

function restore() {
  read();
  settled = true;
  if (chosen().length) narrow.open = true;
  search();
}

// A key is answered at once where no answer is under way; else when that answer comes, or after the last key.
box.addEventListener("input", () => {
  clearTimeout(timer);
  clearTimeout(speaker);
  const begun = box.value.match(/\S*$/)[0].length;
  const soon = awaited === null && (!begun || begun >= ENOUGH);
  if (soon) look();
  timer = setTimeout(() => {
    keep();
    settled = false;
    if (!soon && awaited !== box.value) look();
  }, WAIT);
});
box.addEventListener("focus", () => ask({ query: "", filters, count: EACH }).catch(() => {}), { once: true }); // loads lunr.js
form.addEventListener("submit", (event) => {
  event.preventDefault();
  settle();
});
part("facets").addEventListener("change", ({ target: { name, value, checked } }) => {
  if (SINGLE.includes(name)) filters = { ...filters, [name]: value };
  else if (checked) filters = { ...filters, [name]: [...filters[name], value] };
  else filters = without({ name, value });
  settle();
});
narrow.addEventListener("toggle", () => narrow.open && search());
addEventListener("popstate", restore);
part("more").addEventListener("click", more);
part("again").addEventListener("click", () => search());

// Links that lead to this page with another query or other filters are followed without leaving it.
for (const name of ["better", "chosen"])
  part(name).addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    restore();
    (name === "better" ? box : narrow.querySelector("summary")).focus();
  });

addEventListener("keydown", (event) => {
  const found = links();
  const at = found.indexOf(document.activeElement);
  if (at < 0 && document.activeElement !== box) return;
  if (event.key === "ArrowDown" && found[at + 1]) found[at + 1].focus();
  else if (event.key === "ArrowUp" && at >= 0) (found[at - 1] || box).focus();
  else if (event.key === "Escape" && at >= 0) box.focus();
  else return;
  event.preventDefault();
});

const key = part("slash");
key.checked = slash.on;
key.closest("[hidden]").hidden = false;
key.addEventListener("change", () => (slash.on = key.checked));

narrow.hidden = false;
read();
if (box.value || chosen().length) restore();
else part("browse").hidden = false;
