/** Makes ready what tests open, before the first of them begins: two that find it old would make it twice, in one place. */
import { ensureDesktop, ensurePackPage, ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import { prepareBrowser } from './browser.ts';

const SILENT = { print: () => undefined, complain: () => undefined, progress: () => undefined };

export async function buildPages(): Promise<void> {
  for (const ensure of [ensurePage, ensurePackPage, ensureDesktop]) await ensure(SILENT);
}

export default async function prepare(): Promise<void> {
  await buildPages();
  await prepareBrowser();
}
