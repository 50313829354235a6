/** What a rater sees of what a model wrote, in a real Chromium: everything, at once, whatever it costs to lay out. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { costlyCode, costlyTexts, hugeTexts } from '../support/costly-texts.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { countWork, LARGEST_WORK } from '../support/page-work.ts';
import { answerPair, nameOfPair, rateTexts } from '../support/rate-texts.ts';
import { shown } from '../support/rater-page.ts';
import { longestTaskMs } from '../support/task-times.ts';
import { tries } from '../support/tries.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Opens a study whose outputs are the same text on both sides, and begins to rate it. */
async function rate(texts: Readonly<Record<string, string>>, design: Record<string, unknown> = {}) {
  const fixture = await startHttpFixture({ withPage: true });
  const { page } = await openWindow(browser, fixture);
  const work = await countWork(page);
  return { fixture, page, work, problems: await rateTexts(page, fixture, texts, design) };
}

const CASES = {
  money: 'The plan costs $5 per month now and $10 per month later, or ~5 to ~10 % less with a coupon.',
  refs: 'I checked this claim.\n\n[1]: https://example.org/evidence "Source one"\n[^2]: The second source says the opposite.\n\nSo it is true.',
  code: 'def __init__(self, a*b*c):\n    if x < 3 and y > 4:\n        return List<String>\n# done\nx = a_b_c * 2 * y',
  poem: 'Roses are red\nViolets are blue\nTwo  spaces   here\nEnd',
  html: 'Keep <b>this</b> <!-- hidden note --> and <script>alert(1)</script> after it. <think>secret</think> end',
  path: 'Open C:\\_temp\\*new* and type \\d+\\.\\w then 1\\. go',
  list: 'The winner was born in\n1986. A great year.\n\n+ plus\n- minus',
  setext: 'Total: 40\n---\nTax: 2\n===\nend',
};

describe('what a model wrote', () => {
  it('is what is seen, and a key shows it as it was written', async () => {
    const marked =
      'Some **bold** words, a value of $x^2$, and `code`.\n\n1. one\n2. two\n\n```js\nlet a = 1;\n```';
    const { page, problems, fixture } = await rate({ ...CASES, marked }, {});
    const seen = async () => {
      const [text = ''] = await shown(page).locator('.pane').first().locator('.shown-text').allInnerTexts();
      return text.replace(/\s*\n\s*/gu, '\n').trim();
    };
    for (let pair = 0; pair < Object.keys(CASES).length + 1; pair++) {
      const name = await nameOfPair(page);
      const text = name === 'marked' ? marked : CASES[name as keyof typeof CASES];
      if (name !== 'marked') expect(await seen()).toBe(text.replace(/\s*\n\s*/gu, '\n'));
      else {
        const pane = shown(page).locator('.pane').first();
        await pane.locator('.katex').waitFor();
        await pane.locator('.hljs-keyword').waitFor();
        expect(await pane.locator('strong').innerText()).toBe('bold');
      }
      await page.keyboard.press('r');
      await shown(page).locator('.pane .as-written').first().waitFor();
      const written = await shown(page).locator('.pane').first().locator('.as-written').innerText();
      expect(written.trim()).toBe(text);
      expect(await shown(page).locator('.pane .markdown').first().isVisible()).toBe(false);
      await page.keyboard.press('r');
      await shown(page).locator('.pane .as-written').first().waitFor({ state: 'detached' });
      await answerPair(page);
    }
    expect(problems).toEqual([]);
    const settings = await fixture.app.call('settings.get', {});
    expect(settings).toMatchObject({ ok: true, value: { showsRawText: false } });
  });

  it('is marked as a reason at the same places, laid out or as written, and a reload remembers the view', async () => {
    const text =
      'First **bold words** and `code` stand.\n\n> quoted *here*\n\nThen $x^2$ and more **at the end**.';
    const { page } = await rate({ one: text, two: text }, { marksSpans: true });
    const pane = shown(page).locator('.pane').first();
    await pane.locator('.katex').waitFor();
    const marked = () =>
      page.evaluate(() => {
        const highlights = CSS.highlights as unknown as Map<string, Iterable<Range>>;
        return [...(highlights.get('marked-reason') ?? [])].map((range) => range.toString());
      });
    /** Selects words of the first pane that are on screen, and marks them. */
    const mark = async (words: string) => {
      await page.evaluate((wanted) => {
        const root = document.querySelector('.pair[data-presentation=shown] .pane');
        const nodes: Text[] = [];
        const walker = document.createTreeWalker(root as Element, NodeFilter.SHOW_TEXT, (node) =>
          node.parentElement?.closest('.markdown[hidden], .katex-mathml, h2') === null
            ? NodeFilter.FILTER_ACCEPT
            : NodeFilter.FILTER_REJECT,
        );
        while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
        const all = nodes.map(({ data }) => data).join('');
        const from = all.indexOf(wanted);
        if (from < 0) throw new Error(`${wanted} is not shown in ${all}`);
        const range = document.createRange();
        let start = 0;
        for (const node of nodes) {
          if (from >= start && from < start + node.data.length) range.setStart(node, from - start);
          const end = from + wanted.length;
          if (end > start && end <= start + node.data.length) range.setEnd(node, end - start);
          start += node.data.length;
        }
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
      }, words);
      const before = (await marked()).length;
      await page.keyboard.press('m');
      await expect.poll(async () => (await marked()).length).toBeGreaterThan(before);
    };
    await mark('bold words and code');
    await page.keyboard.press('r');
    await expect.poll(marked).toEqual(['bold words** and `code']);
    await mark('**at the end**');
    await page.keyboard.press('r');
    await expect.poll(marked).toEqual(['bold words and code', 'at the end']);
    await mark('quoted here');
    await page.keyboard.press('r');
    await expect.poll(marked).toEqual(['bold words** and `code', '**at the end'.slice(2), 'quoted *here']);
    await page.reload();
    await shown(page).locator('.as-written').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Show texts as they were written').waitFor();
  });
});

/**
 * Processor time of one task; an idle machine takes a tenth. Without the budgets it is seconds to minutes, so that a busy
 * machine, where processor time grows, too, fails for no other reason.
 */
const LONGEST_TASK_MS = 1000;

describe('a pair of costly texts', () => {
  it('holds the page for no long task, and can be answered at once', async () => {
    const costly = Object.entries(costlyTexts()).filter((_text, place) => place % tries(3, 1) === 0);
    const texts = { ...Object.fromEntries(costly), ...hugeTexts() };
    const { page, problems, work } = await rate(texts);
    const took: Record<string, number> = {};
    for (let pair = 0; pair < Object.keys(texts).length; pair++) {
      const name = await nameOfPair(page);
      took[`answering ${name}`] = await longestTaskMs(browser, page, async () => {
        await page.waitForTimeout(300);
        await answerPair(page);
      });
    }
    expect(Object.entries(took).filter(([, ms]) => ms > LONGEST_TASK_MS)).toEqual([]);
    const done = await work();
    for (const [what, most] of Object.entries(LARGEST_WORK)) {
      expect(done[what as keyof typeof done], what).toBeGreaterThan(0);
      expect(done[what as keyof typeof done], what).toBeLessThanOrEqual(most);
    }
    expect(problems).toEqual([]);
  });
});

/** Every language that has colours, and of each a run that its expressions do not like. */
function codeOfEveryLanguage(run: string): string {
  return costlyCode(1200, [run])
    .map(({ language, text }) => `\`\`\`${language}\n${text}\n\`\`\``)
    .join('\n\n');
}

describe('code that holds up its highlighter', () => {
  it('is there at once, holds up nothing else, and what goes on too long is ended', async () => {
    const endless = { arduino: 'a', csharp: 'a_', cpp: '0x' };
    const texts = {
      ...Object.fromEntries(
        Object.entries(endless).map(([language, run]) => [
          `${language} of 50 kB`,
          `\`\`\`${language}\n${run.repeat(50_000 / run.length)}\n\`\`\``,
        ]),
      ),
      'every language, names': codeOfEveryLanguage('a_'),
      'every language, numbers': codeOfEveryLanguage('0x1e'),
      'every language, quotes': codeOfEveryLanguage('"'),
      'usual code': '```js\nconst usual = 1;\n```',
    };
    const { page, problems } = await rate(texts);
    const took: Record<string, number> = {};
    for (let pair = 0; pair < Object.keys(texts).length; pair++) {
      const name = await nameOfPair(page);
      // Colours come to usual code, however long others took before it.
      if (name === 'usual code') await shown(page).locator('.pane .hljs-keyword').first().waitFor();
      took[name] = await longestTaskMs(browser, page, async () => {
        await page.waitForTimeout(1000);
        await answerPair(page);
      });
    }
    expect(Object.entries(took).filter(([, ms]) => ms > LONGEST_TASK_MS)).toEqual([]);
    expect(problems).toEqual([]);
  });
});
