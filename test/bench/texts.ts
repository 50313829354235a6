/**
 * `npm run bench:texts [-- GROUP…]`: how long hostile texts hold up a rater's page, in a real Chromium. Every text stands on
 * both sides of a pair that is shown and answered; what counts is the processor time of the page's longest task.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { answerPair, nameOfPair, rateTexts } from '../support/rate-texts.ts';
import { longestTaskMs } from '../support/task-times.ts';

/** No pair may hold up the page for longer. */
const LONGEST_TASK_MS = 100;
/** What colours and formulas may still come in after the pair is there. */
const LOOKED_AT_MS = 500;
const MOST_LISTED = 5;
/** Pairs of a store: some megabytes each. */
const MOST_AT_ONCE = 12;

const { positionals } = parseArgs({ allowPositionals: true });
const groups = hostileTexts();
for (const name of positionals) {
  if (groups[name] === undefined)
    throw new Error(`No group ${name}. There are: ${Object.keys(groups).join(', ')}.`);
}

console.log(
  `${cpus()[0]?.model} × ${cpus().length}; the longest task of a pair may take ${LONGEST_TASK_MS} ms\n`,
);
const browser = await launchBrowser();
let tooLong = 0;
let problems = 0;
try {
  for (const [group, texts] of Object.entries(groups)) {
    if (positionals.length > 0 && !positionals.includes(group)) continue;
    const took: [name: string, ms: number][] = [];
    const entries = Object.entries(texts());
    for (let from = 0; from < entries.length; from += MOST_AT_ONCE)
      took.push(...(await timesOf(browser, Object.fromEntries(entries.slice(from, from + MOST_AT_ONCE)))));
    took.sort(([, one], [, two]) => two - one);
    tooLong += took.filter(([, ms]) => ms > LONGEST_TASK_MS).length;
    console.log(`${group}: ${took.length} pairs`);
    for (const [name, ms] of took.slice(0, MOST_LISTED))
      console.log(`  ${ms.toFixed(0).padStart(5)} ms  ${name}`);
  }
} finally {
  await browser.close();
}
if (tooLong > 0) console.log(`\n${tooLong} pairs held up the page for more than ${LONGEST_TASK_MS} ms.`);
if (problems > 0) console.log(`\n${problems} errors in the page.`);
process.exitCode = tooLong + problems > 0 ? 1 : 0;

async function timesOf(
  browser: Browser,
  texts: Readonly<Record<string, string>>,
): Promise<[name: string, ms: number][]> {
  const fixture = await startHttpFixture({ withPage: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const errors = await rateTexts(page, fixture, texts);
    const took: [name: string, ms: number][] = [];
    for (let pair = 0; pair < Object.keys(texts).length; pair++) {
      const name = await nameOfPair(page);
      const ms = await longestTaskMs(browser, page, async () => {
        await page.waitForTimeout(LOOKED_AT_MS);
        await answerPair(page);
      });
      took.push([name, ms]);
    }
    for (const error of errors) console.log(`  error in the page: ${error}`);
    problems += errors.length;
    return took;
  } finally {
    await context.close();
    await fixture.close();
  }
}
