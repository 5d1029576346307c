// Every page: asks the search worker, suggests councils in the header's box, and lets "/" reach the box.
// Nothing is loaded before the box has the focus. Without this script the form leads to the search page.

const place = document.querySelector("script[data-worker]").dataset;

const own = {
  createScriptURL(url) {
    const full = new URL(url, location.href);
    if (full.origin !== location.origin) throw new TypeError(`not ours: ${url}`);
    return full.href;
  },
};
const policy = window.trustedTypes ? trustedTypes.createPolicy("site", own) : own;

let worker = null;
let last = 0;
const waiting = new Map();

function started() {
  if (worker) return worker;
  worker = new Worker(policy.createScriptURL(place.worker));
  worker.onmessage = ({ data: { id, result, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    error ? reject(new Error(error)) : resolve(result);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker = null; // the script could not be fetched; the next question tries again
    for (const { reject } of waiting.values()) reject(new Error("the search could not be loaded"));
    waiting.clear();
  };
  return worker;
}

// What the worker says to a question; without a `count` it gives names of pages alone.
export function ask(question) {
  return new Promise((resolve, reject) => {
    started();
    waiting.set(++last, { resolve, reject });
    worker.postMessage({ id: last, task: "answer", from: { ...place }, ...question });
  });
}

// Whether "/" reaches the search box; a reader may turn it off on the search page.
export const slash = {
  get on() {
    try {
      return localStorage.getItem("slash") !== "off";
    } catch {
      return true;
    }
  },
  set on(wanted) {
    try {
      wanted ? localStorage.removeItem("slash") : localStorage.setItem("slash", "off");
    } catch {
      // a browser that keeps nothing keeps the key
    }
  },
};

const boxes = [...document.querySelectorAll('form[action="/search/"] input[name="q"]')];
const main = boxes.filter((box) => box.dataset.main !== undefined); // where a page has a larger one of its own

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !slash.on) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = [...main, ...boxes].find((each) => each.offsetParent); // on a narrow screen the header's is not shown
  if (!box) return;
  event.preventDefault();
  box.focus();
});

function suggest(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-names`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Pages with this name");
  box.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  }))
    box.setAttribute(name, value);
  let chosen = -1;

  function choose(at) {
    chosen = at;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function show(names) {
    list.replaceChildren(
      ...names.map(({ name, note, url }, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.dataset.url = url;
        const small = document.createElement("small");
        small.textContent = note;
        option.append(name, " ", small);
        return option;
      }),
    );
    list.hidden = !names.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  box.addEventListener("input", async () => {
    const query = box.value;
    const { names } = await ask({ query }).catch(() => ({ names: [] })); // the form still leads to the search page
    if (query === box.value) show(names);
  });
  box.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count) show([]);
    else if (event.key === "ArrowDown" && count) choose(chosen + 1 < count ? chosen + 1 : -1);
    else if (event.key === "ArrowUp" && count) choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => show([]));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // keeps the focus, and with it the list, until the click
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
}

for (const box of boxes) {
  box.addEventListener("focus", () => ask({ query: "" }).catch(() => {}), { once: true }); // loads the names
  if (box.form.id !== "search-form") suggest(box); // the search page shows its results below the box instead
}
