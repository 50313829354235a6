/** What a vendor's window is answered: packs, and the work in them. */
import { dirname, join } from 'node:path';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import { PackHost } from '../../../shared/pack-work/pack-host.ts';
import type { AppContext } from '../context/app-context.ts';
import type { AppPorts } from '../ports/ports.ts';
import { productVersion } from '../ports/product.ts';
import type { Store } from '../store/engine/database.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import { SqlitePackStorage } from './sqlite-pack-storage.ts';
import { OPENING, RETURN } from './tasks.ts';

/** The host of packs over a store. */
export function packHostOf(store: Store, { clock, entropy }: AppPorts): PackHost {
  return new PackHost({
    storage: new SqlitePackStorage(store, clock),
    nowMs: () => clock.nowMs(),
    monotonicMs: () => clock.monotonicMs(),
    hex: (bytes) => entropy.hex(bytes),
    product: productVersion,
  });
}

/** Verifies a handed-in pack and opens it. The first one makes an empty store a vendor's. */
export async function openHandedPack(
  { store, files, ports, packs, jobs }: AppContext,
  { uploadId, secret, jobId }: ParsedInputOf<'packs.open'>,
): Promise<ReplyOf<'packs.open'>> {
  const { path, name } = files.file(uploadId);
  const request = { storePath: store.path, file: { path, name }, secret, nowMs: ports.clock.nowMs() };
  const opened = await jobs.follow(jobId, (controls) => runInWorker(OPENING, request, controls));
  packs.forget();
  const all = await packs.opened();
  const pack = all.find(({ packId }) => packId === opened.packId);
  if (pack === undefined) throw new Error('a pack was opened and is not there');
  return { ...pack, isKeyKnown: opened.isKeyKnown };
}

export function listOpenedPacks({ packs }: AppContext): Promise<ReplyOf<'packs.opened'>> {
  return packs.opened();
}

/** Writes the return beside the store, where the host hands it out. */
export async function makeReturn(
  context: AppContext,
  { packId }: ParsedInputOf<'packs.makeReturn'>,
): Promise<ReplyOf<'packs.makeReturn'>> {
  const { store, files, ports, packs } = context;
  const { header, isComplete } = await packs.returnOf(packId);
  const name = `${packId.slice(0, 8)}-${header.key.slice(0, 6).replaceAll(/[^A-Za-z0-9]/gu, '0')}.touchreturn`;
  const target = join(dirname(store.path), 'returns', name);
  const { rows } = await runInWorker(RETURN, {
    storePath: store.path,
    header,
    isComplete,
    target,
    nowMs: ports.clock.nowMs(),
  });
  return {
    name,
    rows,
    isComplete,
    words: keyWords(header.key),
    path: target,
    downloadId: ports.host === 'http' ? files.addFile(target).uploadId : null,
  };
}

export function checkPackWork({ packs }: AppContext, { packId }: ParsedInputOf<'packs.check'>) {
  return packs.check(packId);
}
