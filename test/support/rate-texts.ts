/** A study whose outputs are given texts, on a rater's screen. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { importFiles, jsonLines } from './comparisons.ts';
import type { HttpFixture } from './http-fixture.ts';
import { pressUntil, shown } from './rater-page.ts';

/** Imports texts by name, each as both sides of a pair, and begins to rate them. @returns the page's own errors, as they come */
export async function rateTexts(
  page: Page,
  { app, host, folder }: HttpFixture,
  texts: Readonly<Record<string, string>>,
  design: Record<string, unknown> = {},
): Promise<string[]> {
  const rows = Object.entries(texts).map(([id, text]) => ({
    id,
    prompt: `Case: ${id}.`,
    a: { system: 'zq-one', text },
    b: { system: 'zq-two', text: `${text} ` },
  }));
  const path = join(folder, 'texts.jsonl');
  writeFileSync(path, jsonLines(rows));
  const { studyId } = await importFiles(app.context.store.path, [{ path, name: 'texts.jsonl' }]);
  const reply = await app.call('studies.configure', { studyId, design: { minimumViewingMs: 0, ...design } });
  if (!reply.ok) throw new Error(reply.error.message);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(host.launchUrl());
  await page.getByRole('button', { name: /Study/u }).last().click();
  await page.getByLabel('Rate as').fill('ada');
  await page.keyboard.press('Enter');
  await shown(page).waitFor();
  return problems;
}

/** The name of the pair on screen; nothing where none is. */
export function nameOfPair(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      /Case: ([^.]*)\./u.exec(
        document.querySelector('.pair[data-presentation=shown] .task')?.textContent ?? '',
      )?.[1] ?? '',
  );
}

/** Answers the pair on screen, and waits until it is gone. */
export async function answerPair(page: Page): Promise<void> {
  const before = await nameOfPair(page);
  await pressUntil(page, '1', async () => (await nameOfPair(page)) !== before);
}
