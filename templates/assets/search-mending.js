// Did you mean, for `search-worker.js`, which loads this when a word is not known or a name is nearly one.
"use strict";

const knownWords = () => named("words", "txt", (text) => text.split("\n").map((line) => line.split(" ")));

// For several words that are nearly a name, the name; for a word that no page holds, the nearest that one does. Each part
// says whether it was changed.
async function mended(pages, typed, unknown) {
  const name = typed.length > 1 && nearest(typed.join(" "), pages.flatMap(({ known }) => known.map((each) => [each, "a"])));
  if (name) return name.split(" ").map((word) => [word, !typed.includes(word)]);
  if (!unknown.length) return null;
  const words = await knownWords();
  const parts = typed.map((word) => {
    const near = unknown.includes(word) && nearest(word, words);
    return [near || word, Boolean(near)];
  });
  return parts.some(([, changed]) => changed) ? parts : null;
}

function nearest(word, known) {
  const most = word.length >= 7 ? 2 : 1;
  const otherStart = (other) => Number(other[0] !== word[0]);
  const near = known
    .filter(([other]) => other.length > 2 && Math.abs(other.length - word.length) <= most)
    .map(([other, count]) => ({ other, count, far: distance(word, other, most) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || otherStart(a.other) - otherStart(b.other) || (b.count > a.count) - (b.count < a.count));
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
