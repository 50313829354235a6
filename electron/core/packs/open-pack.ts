import { ServiceError } from '../../../shared/errors/errors.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { textSha256 } from '../../../shared/json/content-hash.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import type { PackManifest } from '../../../shared/pack/pack-manifest.ts';
import type { PackExample, PackPractice, PackPresentation } from '../../../shared/pack/pack-rows.ts';
import { type Container, containerProblem } from '../../../shared/pack/read-container.ts';
import { type PackSink, readPackFiles } from '../../../shared/pack/read-pack-files.ts';
import { CHAIN_START } from '../../../shared/pack/return-chain.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { Store, type WriteStore } from '../store/engine/database.ts';
import {
  insertPackedPair,
  insertPackedText,
  keepEarlierRubric,
  keepKnown,
  keepOpenedPack,
  openedPack,
  packedPairs,
  pinKey,
  pinnedKey,
} from '../store/packs/opened-packs.ts';
import { listStudies } from '../store/study/studies.ts';
import { collectGarbage } from '../work/collect-garbage.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { inTransaction } from '../work/transaction.ts';
import { makeVendorStore } from './vendor-store.ts';
import { withContainer } from './with-container.ts';

export interface OpenPackRequest {
  readonly storePath: string;
  readonly file: { readonly path: string; readonly name: string };
  /** A passphrase or an age identity; not looked at for a pack that is not encrypted any more. */
  readonly secret: string;
  readonly nowMs: number;
}

export interface OpenedPackResult {
  readonly packId: string;
  readonly isKeyKnown: boolean;
}

const ROWS_BETWEEN_LOOKS = 2000;

/**
 * Verifies a pack and takes it into a vendor's store, whole or not at all. A pack that was opened before is recognised; one
 * that tops it up adds to it. Nothing that was done is lost or asked again.
 */
export async function openPack(
  { storePath, file, secret, nowMs }: OpenPackRequest,
  controls: TaskControls = NO_CONTROLS,
): Promise<OpenedPackResult> {
  return withContainer(file, secret, async (container) => {
    const store = new Store(storePath, { readonly: false });
    try {
      return await inTransaction(store, controls, (store) =>
        takePack(store, container, file.name, nowMs, controls),
      );
    } finally {
      store.close();
    }
  });
}

async function takePack(
  store: WriteStore,
  container: Container,
  name: string,
  nowMs: number,
  controls: TaskControls,
): Promise<OpenedPackResult> {
  const { manifest, manifestText, publicKey } = container;
  const { packId, revision, study } = manifest;
  if (listStudies(store).length > 0) throw new ServiceError('conflict', { key: 'pack.has_studies' });
  const pinned = pinnedKey(store, study.id);
  if (pinned !== undefined && pinned !== publicKey) throw otherKey(name, pinned, publicKey);
  const known = openedPack(store, packId);
  if (known !== undefined && known.publicKey !== publicKey) throw otherKey(name, known.publicKey, publicKey);
  if (known !== undefined && known.study !== study.id)
    throw containerProblem(name, { key: 'pack.other_study' });
  const sha256 = textSha256(manifestText);
  if (known !== undefined && known.revision > revision)
    throw new ServiceError('conflict', { key: 'pack.later_is_open', values: { name } });
  if (known !== undefined && known.revision === revision && known.manifestSha256 !== sha256)
    throw containerProblem(name, { key: 'pack.revision_differs', values: { revision } });
  if (known?.manifestSha256 === sha256) return { packId, isKeyKnown: true };
  makeVendorStore(store);
  if (known !== undefined) {
    const { guideline, rubric } = JSON.parse(known.manifest) as PackManifest;
    keepEarlierRubric(store, packId, guideline.version, rubric);
  }
  pinKey(store, study.id, publicKey, nowMs);
  keepOpenedPack(store, {
    packId,
    study: study.id,
    revision,
    manifest: manifestText,
    manifestSha256: sha256,
    publicKey,
    openedAt: nowMs,
    chain: CHAIN_START,
  });
  await takeFiles(store, container, controls);
  appendAudit(store, {
    at: nowMs,
    studyId: null,
    actor: 'vendor',
    action: 'pack.opened',
    details: { packId, revision, manifestSha256: sha256, publicKey, isKeyKnown: pinned !== undefined },
  });
  return { packId, isKeyKnown: pinned !== undefined };
}

/** Takes the files of a pack into the store, row by row. */
async function takeFiles(store: WriteStore, container: Container, controls: TaskControls): Promise<void> {
  const { manifest, name } = container;
  const { packId } = manifest;
  const bytesTotal = manifest.files.reduce((sum, { rows }) => sum + rows, 0);
  const examples: PackExample[] = [];
  const practice: PackPractice[] = [];
  let rows = 0;
  /** What an earlier revision gave the rater whose list is read. */
  let had: readonly PackPresentation[] = [];
  const sink: PackSink = {
    onRow: () => {
      if (++rows % ROWS_BETWEEN_LOOKS !== 0) return;
      controls.onProgress({ bytesDone: rows, bytesTotal, records: rows });
      collectGarbage();
      throwIfCancelled(controls);
    },
    text: ({ id, messages }) => insertPackedText(store, packId, id, JSON.stringify(messages)),
    startOfList: (rater) => {
      had = packedPairs(store, packId, rater);
    },
    presentation: (rater, place, row, where) => {
      const before = had[place];
      if (before === undefined) insertPackedPair(store, packId, rater, place, row);
      else if (canonicalJson(before) !== canonicalJson(row))
        throw containerProblem(name, { key: 'pack.earlier_has_other', values: where });
    },
    endOfList: (count, file) => {
      if (count < had.length)
        throw containerProblem(name, { key: 'pack.earlier_has_more', values: { file } });
    },
    example: (row) => examples.push(row),
    practice: (row) => practice.push(row),
  };
  await readPackFiles(container, sink);
  keepKnown(store, packId, 'example', examples);
  keepKnown(store, packId, 'practice', practice);
}

function otherKey(name: string, pinned: string, publicKey: string): ServiceError {
  return new ServiceError(
    'forbidden',
    { key: 'pack.other_key', values: { name, before: keyWords(pinned), now: keyWords(publicKey) } },
    { before: keyWords(pinned), now: keyWords(publicKey) },
  );
}
