/** The agreement card on the screen. */
import type { Browser, Page } from 'playwright-core';
import type { HttpFixture } from './http-fixture.ts';
import { PATIENCE_MS } from './patience.ts';

/** Opens a study's card in a window of its own with all of its parts, and waits until it is whole. */
export async function openCard(browser: Browser, fixture: HttpFixture, study: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: fixture.host.origin });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: new RegExp(study, 'u') }).click();
  await page.getByRole('link', { name: 'Agreement', exact: true }).click();
  await openAllParts(page);
  await settled(page);
  return page;
}

/** Parts of the card are closed until somebody wants them. */
export async function openAllParts(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open all parts' }).click();
}

/** Lets the page draw what was done to it: whatever that begins has begun by then. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/** Waits until every part is there and none is being worked out anew. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-part=judges] h2').waitFor();
  await untilDrawn(page);
  await page.waitForFunction(
    () => document.querySelector('.card-part[aria-busy=true], .card-part .waiting') === null,
  );
}
