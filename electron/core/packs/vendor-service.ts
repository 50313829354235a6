/** What a vendor's window is answered: packs, and the work in them. */
import { dirname, join } from 'node:path';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import type { AppContext } from '../context/app-context.ts';
import type { PackPlace } from '../context/beside.ts';
import type { HandedFile } from '../ports/ports.ts';
import { hasStudy } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { CHECK, OPENING, RETURN } from './tasks.ts';
import { isVendorStore } from './vendor-store.ts';

/**
 * Verifies a handed-in pack and opens it. The first one makes an empty store a vendor's. Where there are studies it is opened in
 * the store beside, which is then shown.
 */
export async function openHandedPack(
  context: AppContext,
  { uploadId, secret }: ParsedInputOf<'packs.open'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.open'>> {
  const { store, beside } = context;
  const file = context.files.file(uploadId);
  if (beside.packs === undefined || isVendorStore(store) || !hasStudy(store))
    return { ...(await openIn(context, file, secret, controls)), isBeside: false, address: null };
  const opened = await openIn(await beside.packs.open(), file, secret, controls);
  return { ...opened, isBeside: true, address: await beside.packs.show() };
}

async function openIn(
  { store, ports, packs, announce }: PackPlace,
  { path, name }: HandedFile,
  secret: string,
  controls: TaskControls,
): Promise<Omit<ReplyOf<'packs.open'>, 'isBeside' | 'address'>> {
  const request = { storePath: store.path, file: { path, name }, secret, nowMs: ports.clock.nowMs() };
  const opened = await runInWorker(OPENING, request, controls);
  packs.forget();
  announce({ type: 'changed', area: 'studies' });
  const all = await packs.listOpened();
  const pack = all.find(({ packId }) => packId === opened.packId);
  if (pack === undefined) throw new Error('a pack was opened and is not there');
  return { ...pack, isKeyKnown: opened.isKeyKnown };
}

/** Writes the return where it is to be, or beside the store, where the host hands it out. */
export async function makeReturn(
  context: AppContext,
  { packId, placeId }: ParsedInputOf<'packs.makeReturn'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.makeReturn'>> {
  const { store, files, ports, packs } = context;
  const { header, isComplete } = await packs.returnOf(packId);
  const name = `${packId.slice(0, 8)}-${header.key.slice(0, 6).replaceAll(/[^A-Za-z0-9]/gu, '0')}.touchreturn`;
  const target = placeId === undefined ? join(dirname(store.path), 'returns', name) : files.place(placeId);
  const request = { storePath: store.path, header, isComplete, target, nowMs: ports.clock.nowMs() };
  const { rows } = await runInWorker(RETURN, request, controls);
  return {
    name,
    rows,
    isComplete,
    words: keyWords(header.key),
    path: target,
    downloadId: ports.host === 'http' ? files.addFile(target).uploadId : null,
  };
}

/** What the rule of a pack says of the work so far, worked out in a thread of its own. */
export function checkPackWork(
  { store }: AppContext,
  { packId }: ParsedInputOf<'packs.check'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.check'>> {
  return runInWorker(CHECK, { storePath: store.path, packId }, controls);
}
