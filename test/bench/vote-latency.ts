/** Key press to next pair painted, in a real Chromium, with the vote on disk before the pair is shown. */
import { type App, createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { startHttpHost } from '../../electron/hosts/http/server.ts';
import { launchBrowser } from '../support/browser.ts';

const VOTES = 300;
/** Votes before the ones that count: a browser compiles what it runs often. */
const WARM_UP = 30;
/** A key that the page has no use for, pressed to see how long a change without a vote takes; even, to leave no change. */
const BARE_KEY = 'F8';
const BARE_PRESSES = 130;

/** Milliseconds from a key to what it changes being painted, in the order of the presses. */
interface KeyLatencies {
  readonly votes: readonly number[];
  /** The same page, listener and measure, for a change of one attribute of the pair. */
  readonly bare: readonly number[];
}

declare global {
  interface Window {
    paints: number[];
  }
}

/** Median and 99th percentile of some latencies, on one line. */
export function printLatencies(
  name: string,
  milliseconds: readonly number[],
  print: (text: string) => void,
): void {
  const sorted = milliseconds.toSorted((first, second) => first - second);
  const at = (share: number) => (sorted[Math.floor(share * sorted.length)] ?? Number.NaN).toFixed(1);
  print(
    `key to next pair painted, ${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms over ${sorted.length} votes`,
  );
}

/**
 * How long votes take, beside how long a key takes without one.
 *
 * @param meanwhile what the same process is kept busy with, over and over, while the votes are given
 */
export async function voteLatencies(
  storePath: string,
  meanwhile?: (app: App) => Promise<unknown>,
): Promise<KeyLatencies> {
  const app = await createApp({ clock: systemClock, entropy: systemEntropy, host: 'http', storePath });
  const host = await startHttpHost(app);
  const browser = await launchBrowser();
  try {
    const [study] = ((await app.call('studies.list', {})) as unknown as { value: { studyId: string }[] })
      .value;
    await app.call('studies.configure', { studyId: study?.studyId, design: { minimumViewingMs: 0 } });
    const page = await browser.newPage();
    await page.goto(host.launchUrl());
    await page.getByRole('button', { name: /Bench/u }).click();
    await page.getByLabel('Rate as').fill(`rater ${Date.now()}`);
    await page.keyboard.press('Enter');
    await page.locator('.pair[data-presentation=shown]').waitFor();
    await page.evaluate((bareKey) => {
      window.paints = [];
      let pressedAt = 0;
      let shown: Element | null = document.querySelector('.pair[data-presentation=shown]');
      document.addEventListener(
        'keydown',
        ({ key }) => {
          pressedAt = performance.now();
          if (key === bareKey) shown?.toggleAttribute('inert');
        },
        { capture: true },
      );
      const channel = new MessageChannel();
      // A task queued from an animation frame runs once that frame was painted.
      channel.port1.onmessage = () => window.paints.push(performance.now() - pressedAt);
      new MutationObserver((changes) => {
        const now = document.querySelector('.pair[data-presentation=shown]');
        const isBare = changes.some(({ attributeName }) => attributeName === 'inert');
        if (now === null || (now === shown && !isBare)) return;
        shown = now;
        requestAnimationFrame(() => channel.port2.postMessage(null));
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    }, BARE_KEY);
    const press = async (key: string, count: number) => {
      await page.keyboard.press(key);
      await page.waitForFunction((before) => window.paints.length > before, count);
      await page.waitForTimeout(60);
    };
    for (let count = 0; count < BARE_PRESSES; count++) await press(BARE_KEY, count);
    const bare = await page.evaluate(() => window.paints.splice(0));
    let isVoting = true;
    const busy = (async () => {
      while (meanwhile !== undefined && isVoting) await meanwhile(app);
    })();
    for (let vote = 0; vote < VOTES + WARM_UP; vote++) await press(vote % 2 === 0 ? '1' : '2', vote);
    isVoting = false;
    await busy;
    const votes = await page.evaluate(() => window.paints);
    return { votes: votes.slice(WARM_UP), bare: bare.slice(WARM_UP) };
  } finally {
    await browser.close();
    await host.close();
    await app.close();
  }
}
