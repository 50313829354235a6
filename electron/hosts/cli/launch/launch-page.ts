/** The one-time address on its way to a browser, past whoever lists the processes of this machine. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makePrivateFolder } from '../../../core/files/private-folder.ts';

/** How long the file stays: as long as the code in it is good. */
const LIFETIME_MS = 10 * 60 * 1000;

export interface LaunchPage {
  /** Address of the file, which holds no secret: what stands in the arguments of a browser anybody may read. */
  readonly url: string;
  remove(): void;
}

/**
 * Writes a page that only this user may read and that leads on to an address. The address itself stands in no argument of any
 * process.
 */
export function makeLaunchPage(address: string): LaunchPage {
  const folder = makePrivateFolder('launch');
  const path = join(folder, 'touchstone.html');
  const target = JSON.stringify(address).replaceAll('<', '\\u003c');
  writeFileSync(
    path,
    `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Touchstone</title>
<script>location.replace(${target})</script>
<noscript>Touchstone needs JavaScript.</noscript>
`,
    { mode: 0o600, flag: 'wx' },
  );
  const remove = () => rmSync(folder, { recursive: true, force: true });
  setTimeout(remove, LIFETIME_MS).unref();
  process.once('exit', remove);
  return { url: pathToFileURL(path).href, remove };
}
