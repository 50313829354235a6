/** Key press to next pair painted, in a real Chromium, with the vote on disk before the pair is shown. */
import { type App, createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { startHttpHost } from '../../electron/hosts/http/server.ts';
import { launchBrowser } from '../support/browser.ts';

const VOTES = 300;
/** Votes before the ones that count: a browser compiles what it runs often. */
const WARM_UP = 30;

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
 * Milliseconds per vote, in the order they were given.
 *
 * @param meanwhile what the same process is kept busy with, over and over, while the votes are given
 */
export async function voteLatencies(
  storePath: string,
  meanwhile?: (app: App) => Promise<unknown>,
): Promise<number[]> {
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
    await page.evaluate(() => {
      window.paints = [];
      let pressedAt = 0;
      document.addEventListener('keydown', () => (pressedAt = performance.now()), { capture: true });
      const channel = new MessageChannel();
      // A task queued from an animation frame runs once that frame was painted.
      channel.port1.onmessage = () => window.paints.push(performance.now() - pressedAt);
      let shown: Element | null = document.querySelector('.pair[data-presentation=shown]');
      new MutationObserver(() => {
        const now = document.querySelector('.pair[data-presentation=shown]');
        if (now === null || now === shown) return;
        shown = now;
        requestAnimationFrame(() => channel.port2.postMessage(null));
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    let isVoting = true;
    const busy = (async () => {
      while (meanwhile !== undefined && isVoting) await meanwhile(app);
    })();
    for (let vote = 0; vote < VOTES + WARM_UP; vote++) {
      await page.keyboard.press(vote % 2 === 0 ? '1' : '2');
      await page.waitForFunction((count) => window.paints.length > count, vote);
      await page.waitForTimeout(60);
    }
    isVoting = false;
    await busy;
    return (await page.evaluate(() => window.paints)).slice(WARM_UP);
  } finally {
    await browser.close();
    await host.close();
    await app.close();
  }
}
