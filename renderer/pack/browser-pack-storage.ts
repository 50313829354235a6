/** A vendor's work in this browser: the pack's texts stay in memory, what was done is in IndexedDB. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { VoteDraft } from '../../shared/contract/rating-methods.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { textSha256 } from '../../shared/json/content-hash.ts';
import { CHAIN_START, chainHash } from '../../shared/pack/return-chain.ts';
import type { NewReturnRow, ReturnRow } from '../../shared/pack/return-rows.ts';
import type { Signer } from '../../shared/pack/signing.ts';
import type { Claim, PackStorage, SessionOwner, StoredPack } from '../../shared/pack-work/pack-storage.ts';
import { newSecretKey, nobleSigner } from './noble-signing.ts';
import type { PackInPage } from './read-pack.ts';

interface Work extends DBSchema {
  /** How far the log of a pack is, and the key that signed the packs of its study. */
  packs: {
    key: string;
    value: {
      packId: string;
      study: string;
      publicKey: string;
      openedAt: number;
      rows: number;
      chain: string;
    };
  };
  log: {
    key: [string, number];
    value: { packId: string; n: number; rater: string; command: string; at: number; line: string };
    indexes: { command: string; rater: [string, string] };
  };
  claims: {
    key: [string, string];
    value: { packId: string; rater: string; session: string; passphrase: Claim['passphrase']; done: number };
    indexes: { session: string };
  };
  keys: { key: string; value: { name: string; secretKey: Uint8Array } };
  settings: { key: string; value: { name: string; value: unknown } };
}

/** What the names of drafts among the settings begin with: versions of this page share one layout. */
const DRAFT = 'draft ';

type WorkDatabase = IDBPDatabase<Work>;

const DURABLE = { durability: 'strict' } as const;

/** What stands for no rater and no command: IndexedDB has no index over null. */
const NOBODY = '';

export function openWork(): Promise<WorkDatabase> {
  return openDB<Work>('touchstone-packs', 1, {
    upgrade(database) {
      database.createObjectStore('packs', { keyPath: 'packId' });
      const log = database.createObjectStore('log', { keyPath: ['packId', 'n'] });
      log.createIndex('command', 'command');
      log.createIndex('rater', ['packId', 'rater']);
      const claims = database.createObjectStore('claims', { keyPath: ['packId', 'rater'] });
      claims.createIndex('session', 'session', { unique: true });
      database.createObjectStore('keys', { keyPath: 'name' });
      database.createObjectStore('settings', { keyPath: 'name' });
    },
  });
}

/** The key that a pack, or packs of its study, were signed with here before. */
export async function knownKey(
  database: WorkDatabase,
  { packId, study }: PackInPage['manifest'],
): Promise<string | undefined> {
  const packs = await database.getAll('packs');
  return packs.find((pack) => pack.packId === packId || pack.study === study.id)?.publicKey;
}

export class BrowserPackStorage implements PackStorage {
  readonly #database: WorkDatabase;
  readonly #pack: PackInPage;

  constructor(database: WorkDatabase, pack: PackInPage) {
    this.#database = database;
    this.#pack = pack;
  }

  /** Notes that the pack is open here. */
  async keep(openedAt: number): Promise<void> {
    const { manifest, publicKey } = this.#pack;
    const transaction = this.#database.transaction('packs', 'readwrite', DURABLE);
    const known = await transaction.store.get(manifest.packId);
    if (known === undefined)
      await transaction.store.put({
        packId: manifest.packId,
        study: manifest.study.id,
        publicKey,
        openedAt,
        rows: 0,
        chain: CHAIN_START,
      });
    await transaction.done;
  }

  async packs(): Promise<readonly StoredPack[]> {
    const pack = await this.pack(this.#pack.manifest.packId);
    return pack === undefined ? [] : [pack];
  }

  async pack(packId: string): Promise<StoredPack | undefined> {
    const { manifest, manifestSha256, publicKey } = this.#pack;
    const known = packId === manifest.packId ? await this.#database.get('packs', packId) : undefined;
    if (known === undefined) return undefined;
    return { manifest, manifestSha256, publicKey, openedAt: known.openedAt, rows: known.rows };
  }

  /** A page has one revision for as long as it is open, and whoever opens another one begins anew. */
  async earlierRubric() {
    return null;
  }

  async presentations(_packId: string, rater: string) {
    return this.#pack.presentations.get(rater) ?? [];
  }

  async examples() {
    return this.#pack.examples;
  }

  async practice(_packId: string, presentation: string) {
    return this.#pack.practice.get(presentation);
  }

  async texts(_packId: string, ids: readonly string[]) {
    return new Map(
      ids.flatMap((id) => (this.#pack.texts.has(id) ? [[id, this.#pack.texts.get(id) ?? []]] : [])),
    );
  }

  async claims(packId: string): Promise<readonly Claim[]> {
    return (await this.#database.getAll('claims')).filter((claim) => claim.packId === packId);
  }

  async startSession({ packId, rater }: SessionOwner, session: string, passphrase: Claim['passphrase']) {
    const transaction = this.#database.transaction('claims', 'readwrite', DURABLE);
    const known = await transaction.store.get([packId, rater]);
    await transaction.store.put({
      packId,
      rater,
      session,
      passphrase: known === undefined ? passphrase : known.passphrase,
      done: known?.done ?? 0,
    });
    await transaction.done;
  }

  async sessionOwner(session: string): Promise<SessionOwner | undefined> {
    const claim = await this.#database.getFromIndex('claims', 'session', session);
    return claim === undefined ? undefined : { packId: claim.packId, rater: claim.rater };
  }

  async lines(packId: string, rater: string): Promise<readonly string[]> {
    const rows = await this.#database.getAllFromIndex('log', 'rater', [packId, rater]);
    return rows.sort((left, right) => left.n - right.n).map(({ line }) => line);
  }

  async *allLines(packId: string): AsyncGenerator<string> {
    const rows = await this.#database.getAll(
      'log',
      IDBKeyRange.bound([packId, 0], [packId, Number.MAX_SAFE_INTEGER]),
    );
    for (const { line } of rows) yield line;
  }

  async findCommand(command: string) {
    return this.#database.getFromIndex('log', 'command', command);
  }

  async append(
    { packId, rater }: SessionOwner,
    session: string,
    rows: readonly NewReturnRow[],
    step: number,
  ): Promise<readonly string[] | null> {
    const transaction = this.#database.transaction(['packs', 'log', 'claims'], 'readwrite', DURABLE);
    const claims = transaction.objectStore('claims');
    const claim = await claims.get([packId, rater]);
    const pack = await transaction.objectStore('packs').get(packId);
    if (claim?.session !== session || pack === undefined) {
      await transaction.done;
      return null;
    }
    let { rows: n, chain } = pack;
    const lines: string[] = [];
    for (const row of rows) {
      n++;
      const line = canonicalJson({ ...row, n });
      chain = chainHash(chain, textSha256(line));
      await transaction.objectStore('log').add({
        packId,
        n,
        rater: 'rater' in row ? row.rater : NOBODY,
        command: 'command' in row ? row.command : NOBODY,
        at: row.at,
        line,
      });
      lines.push(line);
    }
    await transaction.objectStore('packs').put({ ...pack, rows: n, chain });
    if (step !== 0) await claims.put({ ...claim, done: claim.done + step });
    await transaction.done;
    return lines;
  }

  async putDraft(presentation: string, draft: VoteDraft | null): Promise<void> {
    const name = `${DRAFT}${presentation}`;
    if (draft === null) await this.#database.delete('settings', name);
    else await this.#database.put('settings', { name, value: draft });
  }

  async draftsOn(presentations: readonly string[]) {
    const kept = await Promise.all(
      presentations.map(async (presentationId) => ({
        presentationId,
        stored: await this.#database.get('settings', `${DRAFT}${presentationId}`),
      })),
    );
    return kept.flatMap(({ presentationId, stored }) =>
      stored === undefined ? [] : [{ presentationId, draft: stored.value as VoteDraft }],
    );
  }

  async newestAt(packId: string): Promise<number | null> {
    const pack = await this.#database.get('packs', packId);
    const newest = pack === undefined ? undefined : await this.#database.get('log', [packId, pack.rows]);
    return newest === undefined ? null : (JSON.parse(newest.line) as ReturnRow).at;
  }

  async signer(): Promise<Signer> {
    const transaction = this.#database.transaction('keys', 'readwrite', DURABLE);
    let key = await transaction.store.get('own');
    if (key === undefined) {
      key = { name: 'own', secretKey: newSecretKey() };
      await transaction.store.add(key);
    }
    await transaction.done;
    return nobleSigner(key.secretKey);
  }
}
