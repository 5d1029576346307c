// What results can be narrowed by, for `search-page.js`, which loads this when a reader opens it.

const LISTED = 12; // values of a facet that are shown without "more"
const IN_ORDER = ["what", "grade"]; // the others stand by how many results they have

const made = (kind, given) => Object.assign(document.createElement(kind), given);
const many = (count) => `(${count.toLocaleString("en-GB")})`;

function choice(name, { value, label, count }, checked) {
  const entry = document.createElement("label");
  const tick = made("input", { type: "checkbox", name, value, checked });
  entry.append(tick, ` ${label} `, made("span", { className: "search-note", textContent: many(count) }));
  return entry;
}

function choices(name, values, chosen, open) {
  const held = values.filter(({ value, count }) => count || chosen.includes(value));
  if (!IN_ORDER.includes(name)) held.sort((a, b) => b.count - a.count);
  const each = held.map((value) => choice(name, value, chosen.includes(value.value)));
  if (each.length <= LISTED) return each;
  const rest = made("details", { open });
  rest.append(made("summary", { textContent: `${each.length - LISTED} more` }), ...each.slice(LISTED));
  return [...each.slice(0, LISTED), rest];
}

function options(any, values, chosen) {
  const held = values.filter(({ value, count }) => count || chosen === value);
  return [
    made("option", { value: "", textContent: any }),
    ...held.map(({ value, label, count }) =>
      made("option", { value, textContent: `${label} ${many(count)}`, selected: chosen === value }),
    ),
  ];
}

// Puts what is to be chosen from into `fields`; the focus stays where it was.
export function showFacets(fields, facets, filters) {
  const { name, value } = document.activeElement;
  const had = fields.contains(document.activeElement);
  for (const place of fields.querySelectorAll("[data-values]")) {
    const each = place.dataset.values;
    const open = place.querySelector("details")?.open;
    place.replaceChildren(...choices(each, facets[each], filters[each], open));
  }
  fields.elements.area.replaceChildren(...options("any area", facets.area, filters.area));
  fields.elements.from.replaceChildren(...options("any year", facets.year, filters.from));
  fields.elements.to.replaceChildren(...options("any year", facets.year, filters.to));
  if (!had || !name) return;
  [...fields.elements].find((each) => each.name === name && (each.type !== "checkbox" || each.value === value))?.focus();
}
