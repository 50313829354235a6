import type { z } from 'zod';
import { ServiceError } from '../../../shared/contract/errors.ts';
import { canonicalJson } from '../../../shared/formats/canonical-json.ts';
import { textSha256 } from '../../../shared/pack/content-hash.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import {
  EXAMPLES_FILE,
  type PackManifest,
  PRACTICE_FILE,
  TEXTS_FILE,
} from '../../../shared/pack/pack-manifest.ts';
import { packRow } from '../../../shared/pack/pack-row.ts';
import {
  PARTS,
  type PackExample,
  type PackPractice,
  type PackPresentation,
  packExampleSchema,
  packPracticeSchema,
  packPresentationSchema,
  packTextSchema,
} from '../../../shared/pack/pack-rows.ts';
import type { Container } from '../../../shared/pack/read-container.ts';
import { CHAIN_START } from '../../../shared/pack/return-chain.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../jobs/task-controls.ts';
import { inTransaction } from '../jobs/transaction.ts';
import { appendAudit } from '../store/audit.ts';
import { Store } from '../store/database.ts';
import {
  insertPackedPair,
  insertPackedText,
  keepKnown,
  keepOpenedPack,
  openedPack,
  packedPairs,
  pinKey,
  pinnedKey,
} from '../store/opened-packs.ts';
import { listStudies } from '../store/studies.ts';
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
    const store = new Store(storePath, { readonly: false, cacheKib: 64 * 1024 });
    try {
      return await inTransaction(store, controls, () => taken(store, container, file.name, nowMs, controls));
    } finally {
      store.close();
    }
  });
}

async function taken(
  store: Store,
  container: Container,
  name: string,
  nowMs: number,
  controls: TaskControls,
): Promise<OpenedPackResult> {
  const { manifest, manifestText, publicKey } = container;
  const { packId, revision, study } = manifest;
  if (listStudies(store).length > 0)
    throw new ServiceError(
      'conflict',
      'This store holds studies of its own. A pack is opened in a store of its own: touchstone pack open FILE.',
    );
  const pinned = pinnedKey(store, study.id);
  if (pinned !== undefined && pinned !== publicKey) throw otherKey(name, pinned, publicKey);
  const known = openedPack(store, packId);
  if (known !== undefined && known.publicKey !== publicKey) throw otherKey(name, known.publicKey, publicKey);
  if (known !== undefined && known.study !== study.id)
    throw failed(name, 'bears the id of a pack of another study that is open here');
  const sha256 = textSha256(manifestText);
  if (known !== undefined && known.revision > revision)
    throw new ServiceError(
      'conflict',
      `${name}: a later revision of this pack is open here already. Nothing was changed.`,
    );
  if (known !== undefined && known.revision === revision && known.manifestSha256 !== sha256)
    throw failed(name, `claims to be revision ${revision} of a pack that is open here, and is not the same`);
  if (known?.manifestSha256 === sha256) return { packId, isKeyKnown: true };
  makeVendorStore(store);
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
  const reader = new PackReader(store, container, name, controls);
  await reader.readTexts();
  await reader.readLists();
  await reader.readKnown();
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
class PackReader {
  readonly #store: Store;
  readonly #container: Container;
  readonly #manifest: PackManifest;
  readonly #name: string;
  readonly #controls: TaskControls;
  readonly #total: number;
  readonly #texts = new Set<string>();
  #rows = 0;

  constructor(store: Store, container: Container, name: string, controls: TaskControls) {
    this.#store = store;
    this.#container = container;
    this.#manifest = container.manifest;
    this.#name = name;
    this.#controls = controls;
    this.#total = container.manifest.files.reduce((sum, { rows }) => sum + rows, 0);
  }

  async readTexts(): Promise<void> {
    const { packId } = this.#manifest;
    let before = '';
    await this.#readRows(TEXTS_FILE, packTextSchema, (row, where) => {
      if (row.id <= before) throw failed(this.#name, `${where}: id: is not in order, or is there twice`);
      before = row.id;
      this.#texts.add(row.id);
      insertPackedText(this.#store, packId, row.id, JSON.stringify(row.messages));
    });
  }

  async readLists(): Promise<void> {
    const { packId, raters } = this.#manifest;
    const ids = new Set<string>();
    for (const { name: rater, file, training } of raters) {
      const had = packedPairs(this.#store, packId, rater);
      let [place, part] = [0, 0];
      await this.#readRows(file, packPresentationSchema, (row, where) => {
        if (ids.has(row.id)) throw failed(this.#name, `${where}: id: is there twice`);
        ids.add(row.id);
        const partNow = PARTS.indexOf(row.part);
        if (partNow < part || (row.part === 'work') !== place >= training)
          throw failed(this.#name, `${where}: part: is not in its place`);
        part = partNow;
        this.#requireTexts(row, where);
        const before = had[place];
        if (before === undefined) insertPackedPair(this.#store, packId, rater, place, row);
        else if (canonicalJson(before) !== canonicalJson(row))
          throw failed(this.#name, `${where}: is another pair than an earlier revision has there`);
        place++;
      });
      if (place < had.length) throw failed(this.#name, `${file}: has fewer pairs than an earlier revision`);
    }
  }

  async readKnown(): Promise<void> {
    const { packId } = this.#manifest;
    const examples: PackExample[] = [];
    await this.#readRows(EXAMPLES_FILE, packExampleSchema, (row, where) => {
      this.#requireTexts(row, where);
      examples.push(row);
    });
    keepKnown(this.#store, packId, 'example', examples);
    const practice: PackPractice[] = [];
    await this.#readRows(PRACTICE_FILE, packPracticeSchema, (row) => practice.push(row));
    keepKnown(this.#store, packId, 'practice', practice);
  }

  #requireTexts(
    { task, left, right }: Pick<PackPresentation, 'task' | 'left' | 'right'>,
    where: string,
  ): void {
    const field = !this.#texts.has(task)
      ? 'task'
      : !this.#texts.has(left)
        ? 'left'
        : !this.#texts.has(right)
          ? 'right'
          : null;
    if (field !== null) throw failed(this.#name, `${where}: ${field}: the pack has no such text`);
  }

  #readRows<Schema extends z.ZodType>(
    file: string,
    schema: Schema,
    take: (row: z.output<Schema>, where: string) => void,
  ): Promise<void> {
    return this.#container.readLines(file, (text, line) => {
      if (++this.#rows % ROWS_BETWEEN_LOOKS === 0) {
        this.#controls.onProgress({ bytesDone: this.#rows, bytesTotal: this.#total, records: this.#rows });
        throwIfCancelled(this.#controls);
      }
      const where = `${file}, line ${line}`;
      const row = packRow(schema, text);
      if ('reason' in row) throw failed(this.#name, `${where}: ${row.reason}`);
      take(row.value, where);
    });
  }
}

function otherKey(name: string, pinned: string, publicKey: string): ServiceError {
  return new ServiceError(
    'forbidden',
    `STOP. ${name} is signed with another key than the packs of this study before. Before: ${keyWords(pinned)}. Now: ${keyWords(publicKey)}. Ask the sender, by another way than the one this file came, which words are theirs. Nothing was opened.`,
    { before: keyWords(pinned), now: keyWords(publicKey) },
  );
}

function failed(name: string, reason: string): ServiceError {
  return new ServiceError('import_failed', `${name}: ${reason}. Nothing was opened.`);
}
