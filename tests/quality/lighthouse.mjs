// Runs Lighthouse on pages of a served site, on a phone and on a desktop, and prints one line of JSON for each run.
// Usage: node lighthouse.mjs JOBS.json, where JOBS is [{url, form: "mobile" | "desktop", skip: [audit…]}, …].

import {readFile} from 'node:fs/promises';
import {launch} from 'chrome-launcher';
import lighthouse, {desktopConfig} from 'lighthouse';

const RUNS = 3; // performance varies with what else the machine does: the median of so many counts
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const middle = numbers => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

for (const {url, form, skip} of JSON.parse(await readFile(process.argv[2], 'utf8'))) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const chrome = await launch({chromeFlags: FLAGS, chromePath: process.env.CHROME_PATH});
    try {
      const flags = {port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: CATEGORIES, skipAudits: skip};
      runs.push((await lighthouse(url, flags, form === 'desktop' ? desktopConfig : undefined)).lhr);
    } finally {
      await chrome.kill();
    }
    if (runs[0].categories.performance.score >= 0.99) break;
  }
  const scores = Object.fromEntries(CATEGORIES.map(name => [name, name === 'performance'
    ? middle(runs.map(run => run.categories[name].score))
    : Math.min(...runs.map(run => run.categories[name].score))]));
  const took = audit => middle(runs.map(run => run.audits[audit].numericValue));
  const failed = CATEGORIES.slice(1).flatMap(name => runs[0].categories[name].auditRefs
    .filter(({id, weight}) => weight > 0 && runs[0].audits[id].score !== null && runs[0].audits[id].score < 1)
    .map(({id}) => id));
  console.log(JSON.stringify({url, form, scores, failed, runs: runs.length, problem: runs[0].runtimeError?.message,
    lcp: took('largest-contentful-paint'), tbt: took('total-blocking-time'), cls: took('cumulative-layout-shift')}));
}
