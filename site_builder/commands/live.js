// Reloads a page of the preview when the site has changed, and lays over it what is wrong when it could not be built.
"use strict";
{
  const { epoch, noSite } = document.currentScript.dataset;
  const panel = document.createElement("div");

  const style = new CSSStyleSheet();
  style.replaceSync(`
    section { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; padding: 16px 24px;
      border-top: 6px solid #b3261e; background: #fff; color: #111; font: 16px/1.5 system-ui, sans-serif; color-scheme: light;
      box-shadow: 0 -4px 24px rgb(0 0 0 / 35%); }
    h2 { margin: 0; font-size: 18px; }
    p { margin: 4px 0 12px; }
    pre { margin: 0; overflow-x: auto; font: 14px/1.5 ui-monospace, monospace; }
    @media print { section { display: none; } }`);

  const add = (parent, name, text) => {
    const element = parent.appendChild(document.createElement(name));
    element.textContent = text;
    return element;
  };

  const show = (message) => {
    const root = panel.shadowRoot ?? panel.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    root.replaceChildren();
    const section = add(root, "section", "");
    section.setAttribute("role", "alert");
    section.tabIndex = 0; // so that the keyboard can scroll it
    add(section, "h2", "The latest change could not be built");
    add(section, "p", "The page behind this is the last good one. This goes away by itself once the change is mended.");
    add(section, "pre", message);
    document.documentElement.append(panel);
  };

  const seen = () =>
    document.hidden && new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
  const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1000));

  const follow = async () => {
    for (let after = Number(epoch); ; ) {
      await seen(); // a browser has few connections to one server: pages in the background leave them to the others
      let news;
      try {
        const reply = await fetch(`/_live/changes?after=${after}`);
        news = await reply.json();
      } catch {
        await aSecond(); // the preview was stopped; when it is back its epoch is higher
        continue;
      }
      if (news.epoch === after) continue;
      after = news.epoch;
      if (news.message && noSite === undefined) show(news.message);
      else location.reload();
    }
  };
  follow();
}
