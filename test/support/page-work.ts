/** What a page's own thread does in one go, counted: unlike times, counts are the same on every machine. */
import type { Page } from 'playwright-core';

export interface PageWork {
  /** Most characters of JSON that were parsed at once. */
  readonly parsed: number;
  /** Longest text that an expression was let go through, in characters. */
  readonly searched: number;
  /** Most elements that came into the page at once. */
  readonly elements: number;
  /** Most characters of text that came into the page at once. */
  readonly characters: number;
  /** Most elements that were there at one time: a pair that comes on screen is laid out in one go. */
  readonly there: number;
}

/** What one go may do at most. A slow machine needs a few dozen milliseconds for each of them. */
export const LARGEST_WORK: PageWork = {
  parsed: 262_144,
  searched: 262_144,
  elements: 18_000,
  characters: 80_000,
  there: 30_000,
};

/** Counts from the next address on that the page opens. @returns what was the most so far */
export async function countWork(page: Page): Promise<() => Promise<PageWork>> {
  await page.addInitScript(() => {
    const most = { parsed: 0, searched: 0, elements: 0, characters: 0, there: 0 };
    Object.assign(globalThis, { touchstoneWork: most });
    const parse = JSON.parse;
    JSON.parse = (text: string, ...rest: never[]) => {
      most.parsed = Math.max(most.parsed, text.length);
      return parse(text, ...rest) as unknown;
    };
    // Every way to use an expression goes through this one.
    const execute = RegExp.prototype.exec;
    RegExp.prototype.exec = function (this: RegExp, text: string) {
      most.searched = Math.max(most.searched, String(text).length);
      return execute.call(this, text);
    };
    // The browser's own ways to read a body at once, which no other counter sees.
    const read = Response.prototype.text;
    for (const way of ['json', 'text', 'arrayBuffer', 'blob']) {
      Object.assign(Response.prototype, {
        [way]: async function (this: Response) {
          const text = await read.call(this);
          most.parsed = Math.max(most.parsed, text.length);
          return way === 'json' ? (parse(text) as unknown) : text;
        },
      });
    }
    new MutationObserver((changes) => {
      let [elements, characters] = [0, 0];
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          characters += node.textContent?.length ?? 0;
          elements += node instanceof Element ? 1 + node.querySelectorAll('*').length : 0;
        }
      }
      most.elements = Math.max(most.elements, elements);
      most.characters = Math.max(most.characters, characters);
      most.there = Math.max(most.there, document.getElementsByTagName('*').length);
    }).observe(document, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { touchstoneWork: PageWork }).touchstoneWork);
}
