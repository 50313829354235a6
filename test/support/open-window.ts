import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

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
  // A shared machine takes its time; what never comes still fails.
  context.setDefaultTimeout(40_000);
  onTestFinished(async () => {
    await context.close();
    await host.close();
  });
  return { context, page: await context.newPage() };
}
