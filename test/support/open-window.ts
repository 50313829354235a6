import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { PATIENCE_MS } from './patience.ts';

interface Closable {
  close(): Promise<void>;
}

/** A window of its own for the test that is running, closed after it together with the host that served it. */
export async function openWindow(
  browser: Browser,
  host: Closable,
  viewport = { width: 1280, height: 800 },
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport });
  context.setDefaultTimeout(PATIENCE_MS);
  onTestFinished(async () => {
    await context.close();
    await host.close();
  });
  return { context, page: await context.newPage() };
}
