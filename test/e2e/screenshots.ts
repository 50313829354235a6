/** Makes the README's pictures from the real app: `npm run screenshots`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { productFolder } from '../../electron/core/product.ts';
import { launchBrowser } from '../support/browser.ts';
import { startHttpFixture } from '../support/http-fixture.ts';

const folder = join(productFolder, 'resources', 'screenshots');
mkdirSync(folder, { recursive: true });
const fixture = await startHttpFixture({ withPage: true });
const browser = await launchBrowser();
const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
const shoot = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });

await page.goto(fixture.host.launchUrl());
await page.getByRole('button', { name: 'Open the sample study' }).click();
await page.getByRole('button', { name: 'Agreement', exact: true }).click();
await page.locator('[data-part=judges] .plot').first().waitFor();
await shoot('agreement-light');
await page.getByRole('button', { name: 'Back to the study' }).click();
await page.getByRole('button', { name: 'Judges', exact: true }).click();
await page.getByRole('button', { name: 'New judge' }).click();
await page.getByLabel('Template').selectOption('pairwise-with-tie');
await page.getByLabel('Name').fill('careful');
await page.getByLabel('Model').fill('my-model');
await page.getByText('2 requests for each sample').waitFor();
await shoot('judge-light');
await page.getByRole('button', { name: 'Back to the study' }).click();
await page.getByRole('button', { name: 'Change the design' }).click();
await page.getByText(/votes on .* pairs/u).waitFor();
await page.getByRole('region', { name: 'How many labels' }).evaluate((panel) => panel.scrollIntoView());
await shoot('design-light');
await page.getByRole('button', { name: 'Back to the study' }).click();
await page.getByLabel('Rate as').fill('ada');
await page.keyboard.press('Enter');
await page.locator('.pair[data-presentation=shown]').waitFor();
await page.waitForTimeout(700);
for (const key of ['1', '2', '3']) {
  await page.keyboard.press(key);
  await page.waitForTimeout(900);
}
await shoot('rate-light');
await page.keyboard.press('x');
await page.waitForTimeout(400);
await shoot('differences-light');
await page.keyboard.press('x');
await page.keyboard.press('x');
await page.emulateMedia({ colorScheme: 'dark' });
await page.waitForTimeout(300);
await shoot('rate-dark');
await browser.close();
await fixture.close();
