/** Two windows are normal: one key for a browser's profile while the host runs, bound to its origin, and one place for one rater. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type App, createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import { startHttpHost } from '../../electron/hosts/http/server.ts';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openTestApp } from '../support/open-app.ts';
import { openWindow } from '../support/open-window.ts';
import { pressUntil, shownText } from '../support/rater-page.ts';
import { qualityRows } from '../support/simulated-rater.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it('a second tab, a duplicated one and a closed one that is opened again work; another profile and origin do not', async () => {
  const fixture = await startHttpFixture({ withPage: true });
  await importText(fixture.app.context.store.path, jsonLines(qualityRows(6)));
  const { page, context } = await openWindow(browser, fixture);
  const { origin } = fixture.host;
  const cookies: string[] = [];
  context.on('response', (response) => {
    if ('set-cookie' in response.headers()) cookies.push(response.url());
  });
  await page.goto(fixture.host.launchUrl());
  const studies = { role: 'heading', name: 'Studies' } as const;
  await page.getByRole(studies.role, { name: studies.name }).waitFor();
  const second = await context.newPage();
  await second.goto(`${origin}/#/studies`);
  await second.locator('.card').waitFor();
  await page.close();
  await second.close();
  const again = await context.newPage();
  await again.goto(origin);
  await again.locator('.card').waitFor();

  // Whoever has no key is told what to do, and gets nothing: a browser of its own, and one that comes by another name.
  const stranger = await browser.newContext();
  onTestFinished(() => stranger.close());
  const other = await stranger.newPage();
  await other.goto(origin);
  await other.getByText('This window has no key to the store').first().waitFor();
  expect(await other.locator('.card').count()).toBe(0);
  const byName = await context.newPage();
  await byName.goto(origin.replace('127.0.0.1', 'localhost'));
  await byName.getByText('This window has no key to the store').first().waitFor();

  // A server of somebody else on this machine, in the same browser: another port has neither the key nor a cookie.
  const seen: (string | undefined)[] = [];
  const evil = createServer((request, response) => {
    seen.push(request.headers.cookie, request.headers.authorization);
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>evil</title>');
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void evil.close());
  const neighbour = await context.newPage();
  await neighbour.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
  const got = await neighbour.evaluate(async (target) => {
    const attempts = [
      fetch(`${target}/api/studies.list`, { method: 'POST', credentials: 'include', body: '{}' }),
      fetch(`${target}/api/studies.list`, {
        method: 'POST',
        mode: 'no-cors',
        credentials: 'include',
        body: '{}',
      }),
    ];
    const replies = await Promise.all(
      attempts.map((attempt) => attempt.then(async (reply) => `${reply.type} ${await reply.text()}`, String)),
    );
    return { replies, kept: { ...localStorage }, cookie: document.cookie };
  }, origin);
  expect(got.replies[0]).toContain('Failed to fetch');
  expect(got.replies[1]).toBe('opaque ');
  expect(got.kept).toEqual({});
  expect(got.cookie).toBe('');
  expect(seen.filter((each) => each !== undefined)).toEqual([]);
  expect(cookies).toEqual([]);
});

it('one rater is held in one place, and a window of an earlier start goes on with its vote', async () => {
  await ensurePage({ print: () => undefined, complain: () => undefined, progress: () => undefined });
  const { storePath } = await openTestApp();
  const { studyId } = await importText(storePath, jsonLines(qualityRows(6)));
  const open = async (port = 0) => {
    const app: App = await createApp({ clock: systemClock, entropy: systemEntropy, host: 'http', storePath });
    const host = await startHttpHost(app, { port });
    return { app, host };
  };
  const first = await open();
  const call = async (name: string, input: unknown) => {
    const reply = await first.app.call(name, input);
    if (!reply.ok) throw new Error(reply.error.message);
  };
  await call('studies.configure', { studyId, design: { minimumViewingMs: 0 } });
  const { page, context } = await openWindow(browser, { close: async () => undefined });
  const { origin, port } = first.host;
  await page.goto(first.host.launchUrl());
  await page.goto(`${origin}/#/begin/${studyId}`);
  await page.getByLabel('Rate as (a pseudonym)').fill('ada');
  await page.keyboard.press('Enter');
  await page.locator('.pair[data-presentation=shown]').waitFor();

  const second = await context.newPage();
  await second.goto(`${origin}/#/begin/${studyId}`);
  await second.getByLabel('Rate as (a pseudonym)').fill('ada');
  await second.keyboard.press('Enter');
  await second.locator('.pair[data-presentation=shown]').waitFor();
  await page.bringToFront();
  await pressUntil(page, '1', async () => (await page.getByText('continued in another window').count()) > 0);
  await page.getByRole('button', { name: 'Continue here' }).click();
  await page.locator('.pair[data-presentation=shown]').waitFor();
  await second.close();

  await first.host.close();
  await first.app.close();
  const next = await open(port);
  onTestFinished(async () => {
    await next.host.close();
    await next.app.close();
  });
  const before = await shownText(page);
  await pressUntil(page, '1', async () => (await page.getByText('has no key to the store').count()) > 0);
  expect(await shownText(page)).toBe(before);
  const opened = await context.newPage();
  await opened.goto(next.host.launchUrl());
  await opened.locator('.card').waitFor();
  await expect.poll(() => shownText(page)).not.toBe(before);
  const progress = await next.app.call('studies.show', { studyId });
  expect(progress).toMatchObject({ ok: true, value: { raterProgress: [{ name: 'ada', votes: 1 }] } });
});
