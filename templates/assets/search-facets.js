// Filters and facets, for `search-worker.js`, which loads this when results are narrowed.
// Within a facet any chosen value will do, between facets all must; a grade is one of the chosen area. Beside a value stands
// how many results there are with it, whatever else is chosen in its own facet.
"use strict";

const SHELVES = { articles: "Articles", inspections: "Inspections" };

const openFacets = (parts) =>
  named("facets", "json", (text) => {
    const { labels, documents } = JSON.parse(text);
    const refs = (lists) => lists.flatMap((gaps, shelf) => [...refsOf(parts, shelf, gaps)]);
    const read = ([name, values]) => [
      name,
      Object.entries(values).map(([value, lists]) => ({ value, label: labels[name]?.[value] ?? value, refs: refs(lists) })),
    ];
    const starts = [0, parts.counts[0]];
    const what = Object.entries(SHELVES).map(([value, label], at) => ({
      value,
      label,
      refs: Array.from({ length: parts.counts[at] }, (_, number) => starts[at] + number),
    }));
    return { labels, values: { what, ...Object.fromEntries(Object.entries(documents).map(read)) } };
  });

const CHOSEN = {
  what: ({ what }) => what.length && ((value) => what.includes(value)),
  judgement: ({ grade, area }) =>
    (grade.length || area) &&
    ((value) => {
      const [its, of] = value.split(" ");
      return (!grade.length || grade.includes(its)) && (!area || area === of);
    }),
  authority: ({ authority }) => authority.length && ((value) => authority.includes(value)),
  framework: ({ framework }) => framework.length && ((value) => framework.includes(value)),
  theme: ({ theme }) => theme.length && ((value) => theme.includes(value)),
  year: ({ from, to }) => (from || to) && ((value) => (!from || value >= from) && (!to || value <= to)),
};

// For each facet in which something is chosen, the documents that the choice leaves.
function narrowed(parts, { values }, filters) {
  return Object.entries(CHOSEN).flatMap(([name, chosen]) => {
    const wanted = chosen(filters);
    if (!wanted) return [];
    return [{ name, marks: marked(parts, values[name].filter(({ value }) => wanted(value)).flatMap(({ refs }) => refs)) }];
  });
}

const within = (marks, narrowing) => marks.map((mark, ref) => mark && narrowing.every((each) => each.marks[ref]));

function facetCounts(parts, { labels, values }, marks, narrowing, { grade, area }) {
  const but = (name) => within(marks, narrowing.filter((each) => each.name !== name));
  const sum = (refs, held) => refs.reduce((count, ref) => count + held[ref], 0);
  const counted = (name) => {
    const held = but(name);
    return values[name].map(({ value, label, refs }) => ({ value, label, count: sum(refs, held) }));
  };
  const held = but("judgement");
  const judged = (kind, fits) =>
    Object.entries(labels[kind]).map(([value, label]) => {
      const refs = values.judgement.filter((each) => fits(value, ...each.value.split(" "))).flatMap((each) => each.refs);
      return { value, label, count: sum([...new Set(refs)], held) };
    });
  return {
    what: counted("what"),
    grade: judged("grade", (value, its, of) => value === its && (!area || area === of)),
    area: judged("area", (value, its, of) => value === of && (!grade.length || grade.includes(its))),
    authority: counted("authority"),
    framework: counted("framework"),
    theme: counted("theme"),
    year: counted("year").reverse(),
  };
}
