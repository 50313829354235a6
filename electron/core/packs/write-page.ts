import { readFileSync } from 'node:fs';
import type { ReplyOf } from '../../../shared/contract/methods.ts';
import { readableBytes } from '../files/readable-file.ts';
import { writeWholeFile } from '../files/whole-file.ts';
import { type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { htmlPack } from './html-pack.ts';

export interface WritePageRequest {
  readonly pack: { readonly path: string; readonly name: string };
  /** The built page of packs. */
  readonly page: string;
  readonly target: string;
}

/** Writes an encrypted pack into the built page of packs. */
export function writePage(
  { pack, page, target }: WritePageRequest,
  controls: TaskControls,
): ReplyOf<'packs.writePage'> {
  throwIfCancelled(controls);
  readableBytes(pack);
  const html = htmlPack(readFileSync(page, 'utf8'), readFileSync(pack.path));
  throwIfCancelled(controls);
  writeWholeFile(target, html, 0o600);
  return { path: target, bytes: Buffer.byteLength(html) };
}
