import type { Locator, Page } from 'playwright-core';

/** Goes to an element as somebody without a mouse does; fails where the keyboard does not reach it. */
export async function tabTo(
  page: Page,
  target: Locator,
  mostPresses = 80,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < mostPresses; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${target}`);
}
