// Runs Lighthouse on pages of a served site, on a phone and on a desktop, and prints one line of JSON for each run.
// Usage: node lighthouse.mjs JOBS.json ADDRESS FOLDER, where JOBS is [{path, form: "mobile" | "desktop", skip: [audit…]}, …],
// ADDRESS is where the site is served in HTTP/1.1 and FOLDER holds key.pem and cert.pem. Hosts speak HTTP/2, which fetches
// everything through one connection, so the pages go to the browser in that.

import {readFile} from 'node:fs/promises';
import {createSecureServer} from 'node:http2';
import {get} from 'node:http';
import {launch} from 'chrome-launcher';
import lighthouse, {desktopConfig} from 'lighthouse';

const RUNS = 3; // where a first run misses a bar: what else the machine does slows a page, and nothing makes it faster
const TRIES = 6; // where nothing is painted in time, or the machine is too busy, which tells nothing of the page
const SLOW_MACHINE = 1000; // Lighthouse's own mark: below this index a machine cannot stand in for a phone
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--ignore-certificate-errors', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const middle = numbers => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
const took = (run, audit) => run.audits[audit].numericValue;
const slow = run => run.categories.performance.score < 0.99 || took(run, 'largest-contentful-paint') > 1500
  || took(run, 'total-blocking-time') > 50 || took(run, 'cumulative-layout-shift') > 0;
const busy = run => run.environment.benchmarkIndex < SLOW_MACHINE;

const [jobs, address, folder] = process.argv.slice(2);
const [key, cert] = await Promise.all(['key.pem', 'cert.pem'].map(name => readFile(`${folder}/${name}`)));
const host = createSecureServer({key, cert}, (asked, answer) => {
  const headers = {'accept-encoding': asked.headers['accept-encoding'] ?? ''};
  get(address + asked.url, {headers}, found => {
    const {connection, date, 'keep-alive': alive, 'transfer-encoding': coding, ...kept} = found.headers;
    answer.writeHead(found.statusCode, kept);
    found.pipe(answer);
  });
});
await new Promise(done => host.listen(0, '127.0.0.1', done));

for (const {path, form, skip} of JSON.parse(await readFile(jobs, 'utf8'))) {
  const url = `https://127.0.0.1:${host.address().port}${path}`;
  let runs = [];
  const spare = [];
  let problem;
  for (let tried = 0; tried < TRIES && runs.length < RUNS; tried++) {
    const chrome = await launch({chromeFlags: FLAGS, chromePath: process.env.CHROME_PATH});
    try {
      const flags = {port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: CATEGORIES, skipAudits: skip};
      const run = (await lighthouse(url, flags, form === 'desktop' ? desktopConfig : undefined)).lhr;
      problem = run.runtimeError?.message;
      if (!problem) (busy(run) && slow(run) ? spare : runs).push(run);
    } finally {
      await chrome.kill();
    }
    if (runs.length && !slow(runs.at(-1))) break;
  }
  runs = runs.length ? runs : spare;
  if (!runs.length) throw new Error(`${path}, ${form}: ${problem}`);
  const scores = Object.fromEntries(CATEGORIES.map(name => [name, name === 'performance'
    ? middle(runs.map(run => run.categories[name].score))
    : Math.min(...runs.map(run => run.categories[name].score))]));
  const least = audit => Math.min(...runs.map(run => took(run, audit)));
  const failed = CATEGORIES.slice(1).flatMap(name => runs[0].categories[name].auditRefs
    .filter(({id, weight}) => weight > 0 && runs[0].audits[id].score !== null && runs[0].audits[id].score < 1)
    .map(({id}) => id));
  console.log(JSON.stringify({path, form, scores, failed, runs: runs.length,
    machine: Math.round(middle(runs.map(run => run.environment.benchmarkIndex))),
    lcp: least('largest-contentful-paint'), tbt: least('total-blocking-time'),
    // what a page moves by itself it moves in every run; fonts that come after the first paint may move a line in one
    cls: middle(runs.map(run => took(run, 'cumulative-layout-shift')))}));
}
host.close();
process.exit(0);
