import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { writeWholeFile } from '../../../core/files/whole-file.ts';
import { htmlPack } from '../../../core/packs/html-pack.ts';
import { readableBytes } from '../../../core/packs/readable-file.ts';
import { ensurePackPage } from '../launch/page-build.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

/** `touchstone pack html PACK --out FILE`: the pack stays encrypted, so no secret is asked for. */
export async function packHtmlCommand(
  path: string,
  { out, json }: { readonly out: string; readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  readableBytes({ path, name: basename(path) });
  const page = readFileSync(await ensurePackPage(terminal), 'utf8');
  const html = htmlPack(page, readFileSync(path));
  writeWholeFile(out, html, 0o600);
  const bytes = Buffer.byteLength(html);
  terminal.print(
    json === true
      ? JSON.stringify({ path: resolve(out), bytes })
      : `${bytes.toLocaleString('en')} bytes written to ${resolve(out)}. It opens from a folder in Chrome, Edge or Firefox, with what opens the pack.`,
  );
  return EXIT.fine;
}
