/** Builds what tests open before the first of them begins: two that find it old would build it twice, into one folder. */
import { ensureDesktop, ensurePackPage, ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';

const SILENT = { print: () => undefined, complain: () => undefined, progress: () => undefined };

export default async function buildPages(): Promise<void> {
  for (const ensure of [ensurePage, ensurePackPage, ensureDesktop]) await ensure(SILENT);
}
