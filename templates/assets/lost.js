// The page for a wrong address: puts its words into the box, and offers the pages whose names are like them.

const { ask } = await import(document.querySelector("script[data-worker]").src);

const FEWEST = 3; // letters that a name must share with the address

const suggested = document.getElementById("suggested");
const step = decodeURIComponent(location.pathname).replace(/index\.html$/, "").split("/").filter(Boolean).at(-1) || "";
const words = step.replace(/\.\w+$/, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 100);

function link(text, url) {
  const made = document.createElement("a");
  made.href = url;
  made.textContent = text;
  const item = document.createElement("li");
  item.append(made);
  return item;
}

// Pages called so; else by the words that the search would have them mean; else those whose names begin so.
async function likeNames() {
  const { names } = await ask({ query: words });
  if (names.length) return names;
  const better = await ask({ task: "better", query: words });
  const mended = better ? (await ask({ query: better.map(([word]) => word).join(" ") })).names : [];
  if (mended.length) return mended;
  for (let end = words.length - 1; end >= FEWEST; end--) {
    const begun = (await ask({ query: words.slice(0, end) })).names;
    if (begun.length) return begun;
  }
  return [];
}

if (words && words !== "404") {
  document.getElementById("lost-box").value = words;
  const meant = await likeNames().catch(() => []); // the box is enough
  suggested.querySelector("ul").replaceChildren(...meant.slice(0, 5).map(({ name, url }) => link(name, url)));
  suggested.hidden = !meant.length;
}
