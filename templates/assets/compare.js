// The page that compares councils: takes those that the address names out of the table of all, and stands them side by side.

const MOST = 4;

const part = (name) => document.getElementById(`compare-${name}`);
const table = part("all").querySelector("table");
const areas = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
const row = (slug) => [...table.tBodies[0].rows].find((each) => each.dataset.slug === slug);
const nameOf = (slug) => row(slug).cells[0].textContent;

const address = (slugs) => `${location.pathname}?${new URLSearchParams(slugs.map((slug) => ["a", slug]))}`;

function element(kind, ...children) {
  const made = document.createElement(kind);
  made.append(...children);
  return made;
}

function head(slug, chosen) {
  const link = row(slug).cells[0].firstElementChild.cloneNode(true);
  const remove = element("a", "Remove");
  const rest = chosen.filter((each) => each !== slug);
  remove.href = rest.length ? address(rest) : location.pathname;
  remove.className = "remove";
  remove.setAttribute("aria-label", `Remove ${nameOf(slug)}`);
  const cell = element("th", link, " ", remove);
  cell.scope = "col";
  return cell;
}

function line(area, at, chosen) {
  const name = element("th", area);
  name.scope = "row";
  return element("tr", name, ...chosen.map((slug) => row(slug).cells[at + 1].cloneNode(true)));
}

function show() {
  const asked = [...new Set(new URLSearchParams(location.search).getAll("a"))].filter(Boolean);
  const known = asked.filter(row);
  const chosen = known.slice(0, MOST);
  const said = asked.filter((slug) => !row(slug)).map((slug) => `No council here is called “${slug}”.`);
  if (known.length > MOST) said.push(`Up to ${MOST} councils stand side by side; the first ${MOST} are shown.`);
  part("said").textContent = said.join(" ");
  part("chosen").hidden = part("share").hidden = !chosen.length;
  part("form").querySelectorAll("[type=hidden]").forEach((each) => each.remove());
  for (const slug of chosen) {
    const kept = element("input");
    Object.assign(kept, { type: "hidden", name: "a", value: slug });
    part("form").prepend(kept);
  }
  // the form sends them in the order in which they were chosen, the new one last
  part("form").prepend(...[...part("form").querySelectorAll("[type=hidden]")].reverse());
  part("form").hidden = chosen.length === MOST;
  for (const option of part("pick").options) option.disabled = chosen.includes(option.value);
  if (!chosen.length) return;
  const made = element("table");
  made.className = "ledger compared";
  made.append(
    element("thead", element("tr", element("td"), ...chosen.map((slug) => head(slug, chosen)))),
    element("tbody", ...areas.map((area, at) => line(area, at, chosen))),
  );
  part("chosen").replaceChildren(made);
  document.title = `${chosen.map(nameOf).join(", ")} compared – ${document.title.split(" – ").at(-1)}`;
}

show();
