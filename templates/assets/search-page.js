// The search page: results as you type, in words and not in markup; the address keeps the query.

const { ask, slash } = await import(document.querySelector("script[data-worker]").src);

const EACH = 20;
const WAIT = 150; // after the last key
const SPEAK_AFTER = 500;

const part = (name) => document.getElementById(`search-${name}`);
const form = part("form");
const box = form.elements.q;
const plainTitle = document.title;

let asked = 0; // answers to older questions are dropped
let shown = 0;
let settled = true; // false while the query in the address is still being typed
let timer;
let speaker;

const inAddress = () => new URLSearchParams(location.search).get("q") || "";

function say(words, at_once) {
  clearTimeout(speaker);
  speaker = setTimeout(() => (part("count").textContent = words), at_once ? 0 : SPEAK_AFTER);
}

function keep(query) {
  const url = query.trim() ? `${location.pathname}?${new URLSearchParams({ q: query.trim() })}` : location.pathname;
  if (query.trim() === inAddress().trim()) return;
  if (settled) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}

function element(kind, text) {
  const made = document.createElement(kind);
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

function hitItem({ title, url, date, source, badges, snippet }) {
  const item = copy("hit");
  const link = item.querySelector("a");
  link.href = url;
  link.textContent = title;
  item.querySelector("[data-origin]").textContent = [date, source].filter(Boolean).join(" · ");
  const held = item.querySelector("[data-badges]");
  if (!badges.length) held.remove();
  for (const [grade, area] of badges) {
    const badge = copy(`badge-${grade}`);
    const entry = document.createElement("span");
    entry.append(badge, " ", element("span", area));
    held.append(entry, " ");
  }
  item.querySelector("[data-snippet]").append(
    ...snippet.map(([text, marked]) => (marked ? element("mark", text) : text)),
  );
  return item;
}

function better(parts) {
  part("better").hidden = !parts;
  if (!parts) return;
  const link = part("better").querySelector("a");
  link.href = `${location.pathname}?${new URLSearchParams({ q: parts.map(([word]) => word).join(" ") })}`;
  link.replaceChildren(
    ...parts.flatMap(([word, changed], at) => [at ? " " : "", changed ? element("em", word) : word]),
  );
}

function counted(total, names, query, onlySome) {
  const articles = total === 1 ? "1 article" : `${total.toLocaleString("en-GB")} articles`;
  const pages = names === 1 ? "1 page" : `${names} pages`;
  if (onlySome) return `No article has all of these words. Showing ${articles} with some of them.`;
  if (!total && names) return `${pages} by the name of ‘${query}’, no articles`;
  if (!total) return `Nothing found for ‘${query}’`;
  return `${articles} for ‘${query}’`;
}

function show(query, result) {
  const typed = query.trim();
  part("trouble").hidden = true;
  part("browse").hidden = Boolean(typed);
  part("results").hidden = !typed;
  part("names").replaceChildren(...result.names.map(nameItem));
  part("hits").replaceChildren(...result.hits.map(hitItem));
  better(result.better);
  shown = result.hits.length;
  part("more").hidden = shown >= result.total;
  part("empty").hidden = !typed || result.total > 0 || result.names.length > 0;
  document.title = typed ? `${typed} – ${plainTitle}` : plainTitle;
}

async function search(query, { speak_at_once = false } = {}) {
  const mine = ++asked;
  clearTimeout(timer);
  keep(query);
  try {
    const result = await ask(query, 0, EACH);
    if (mine !== asked) return;
    show(query, result);
    say(query.trim() ? counted(result.total, result.names.length, query.trim(), result.onlySome) : "", speak_at_once);
  } catch {
    if (mine !== asked) return;
    part("results").hidden = true;
    part("trouble").hidden = false;
    say("The search could not be loaded.", true);
  }
}

async function more() {
  const mine = asked;
  const before = shown;
  const result = await ask(box.value, shown, EACH).catch(() => null);
  if (mine !== asked) return;
  if (!result) return say("More results could not be loaded. Try again.", true);
  part("hits").append(...result.hits.map(hitItem));
  shown += result.hits.length;
  part("more").hidden = shown >= result.total;
  part("hits").children[before].querySelector("a").focus();
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    search(box.value);
    settled = false;
  }, WAIT);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search(box.value, { speak_at_once: true });
  settled = true;
});
addEventListener("popstate", () => {
  box.value = inAddress();
  settled = true;
  search(box.value);
});
part("more").addEventListener("click", more);
part("again").addEventListener("click", () => search(box.value));
part("better").addEventListener("click", (event) => {
  if (event.target.closest("a") === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  settled = true;
  box.value = event.target.closest("a").textContent;
  search(box.value);
  box.focus();
});

addEventListener("keydown", (event) => {
  const links = [...part("results").querySelectorAll("a")].filter((link) => link.offsetParent);
  const at = links.indexOf(document.activeElement);
  if (at < 0 && document.activeElement !== box) return;
  if (event.key === "ArrowDown" && links[at + 1]) links[at + 1].focus();
  else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || box).focus();
  else if (event.key === "Escape" && at >= 0) box.focus();
  else return;
  event.preventDefault();
});

const key = part("slash");
key.checked = slash.on;
key.closest("[hidden]").hidden = false;
key.addEventListener("change", () => (slash.on = key.checked));

if (inAddress()) {
  box.value = inAddress();
  search(box.value);
}
