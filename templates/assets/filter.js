// The list of councils: a box that leaves those whose name or other name begins a word with what is typed.

const WAIT = 300; // a screen reader hears the count after the last key, not at each

const filter = document.getElementById("filter");
const box = filter.querySelector("input");
const count = filter.querySelector("[role=status]");
const rows = [...document.querySelectorAll("[data-names]")];
const sections = [...document.querySelectorAll("main > .section")];
let speaking;

const plain = (text) =>
  ` ${text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[’'\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()}`;
const names = new Map(rows.map((each) => [each, each.dataset.names.split("|").map(plain)]));

box.addEventListener("input", () => {
  const typed = plain(box.value);
  let shown = 0;
  for (const [each, known] of names) {
    each.hidden = !known.some((name) => name.includes(typed));
    shown += !each.hidden;
  }
  for (const section of sections) section.hidden = !section.querySelector("[data-names]:not([hidden])");
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    count.textContent = box.value.trim() ? `${shown} council${shown === 1 ? "" : "s"}` : "";
  }, WAIT);
});
