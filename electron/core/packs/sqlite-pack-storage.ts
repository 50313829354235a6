import type { VoteDraft } from '../../../shared/contract/rating-methods.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { textSha256 } from '../../../shared/json/content-hash.ts';
import type { PackManifest } from '../../../shared/pack/pack-manifest.ts';
import type { PackExample, PackPractice } from '../../../shared/pack/pack-rows.ts';
import { chainHash } from '../../../shared/pack/return-chain.ts';
import type { NewReturnRow } from '../../../shared/pack/return-rows.ts';
import type { Signer } from '../../../shared/pack/signing.ts';
import type { PackStorage, SessionOwner, StoredPack } from '../../../shared/pack-work/pack-storage.ts';
import type { Conversation } from '../../../shared/study/conversation.ts';
import type { Clock } from '../ports/ports.ts';
import type { ReadStore, Store } from '../store/engine/database.ts';
import {
  addDone,
  appendLogLine,
  claimOfSession,
  earlierRubric,
  findCommand,
  keepClaim,
  logLines,
  logLinesAfter,
  logState,
  newestLogTime,
  type OpenedPackRow,
  openedPack,
  openedPacks,
  packClaims,
  packedExamples,
  packedPairs,
  packedPractice,
  packedText,
} from '../store/packs/opened-packs.ts';
import { draftsOn, putDraft } from '../store/rating/vote-drafts.ts';
import { ownSigner } from './own-signer.ts';

const LINES_AT_A_TIME = 2000;

/** A vendor's work in a SQLite store: every append is one transaction, on disk when it resolves. */
export class SqlitePackStorage implements PackStorage {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  packs(): Promise<readonly StoredPack[]> {
    return Promise.resolve(openedPacks(this.#store).map(storedPack));
  }

  pack(packId: string): Promise<StoredPack | undefined> {
    const row = openedPack(this.#store, packId);
    return Promise.resolve(row === undefined ? undefined : storedPack(row));
  }

  earlierRubric(packId: string, guideline: number) {
    return Promise.resolve(earlierRubric(this.#store, packId, guideline));
  }

  presentations(packId: string, rater: string) {
    return Promise.resolve(packedPairs(this.#store, packId, rater));
  }

  examples(packId: string) {
    return Promise.resolve(packedExamples(this.#store, packId).map((row) => JSON.parse(row) as PackExample));
  }

  practice(packId: string, presentation: string) {
    const row = packedPractice(this.#store, packId, presentation);
    return Promise.resolve(row === undefined ? undefined : (JSON.parse(row) as PackPractice));
  }

  texts(packId: string, ids: readonly string[]) {
    const texts = new Map<string, Conversation>();
    for (const id of ids) {
      const text = packedText(this.#store, packId, id);
      if (text !== undefined) texts.set(id, text);
    }
    return Promise.resolve(texts);
  }

  claims(packId: string) {
    return Promise.resolve(packClaims(this.#store, packId));
  }

  async startSession(owner: SessionOwner, session: string, passphrase: Parameters<typeof keepClaim>[3]) {
    this.#store.write((store) => keepClaim(store, owner, session, passphrase));
  }

  sessionOwner(session: string) {
    return Promise.resolve(claimOfSession(this.#store, session));
  }

  lines(packId: string, rater: string) {
    return Promise.resolve(logLines(this.#store, packId, rater));
  }

  async *allLines(packId: string): AsyncGenerator<string> {
    yield* logLinesInOrder(this.#store, packId);
  }

  findCommand(command: string) {
    return Promise.resolve(findCommand(this.#store, command));
  }

  async append(
    owner: SessionOwner,
    session: string,
    rows: readonly NewReturnRow[],
    step: number,
  ): Promise<readonly string[] | null> {
    const { packId, rater } = owner;
    return this.#store.write((store) => {
      const current = claimOfSession(store, session);
      const log = logState(store, packId);
      if (current?.packId !== packId || current.rater !== rater || log === undefined) return null;
      let { rows: n, chain } = log;
      const lines = rows.map((row) => {
        n++;
        const line = canonicalJson({ ...row, n });
        chain = chainHash(chain, textSha256(line));
        appendLogLine(store, packId, {
          n,
          rater: 'rater' in row ? row.rater : null,
          command: 'command' in row ? row.command : null,
          at: row.at,
          line,
          chain,
        });
        return line;
      });
      if (step !== 0) addDone(store, packId, rater, step);
      return lines;
    });
  }

  async putDraft(presentation: string, draft: VoteDraft | null) {
    // Nothing to take away is no reason to wait for the disk.
    if (draft === null && draftsOn(this.#store, [presentation]).length === 0) return;
    this.#store.write((store) => putDraft(store, presentation, draft, this.#clock.nowMs()));
  }

  draftsOn(presentations: readonly string[]) {
    return Promise.resolve(draftsOn(this.#store, presentations));
  }

  newestAt(packId: string) {
    return Promise.resolve(newestLogTime(this.#store, packId));
  }

  signer(): Promise<Signer> {
    return Promise.resolve(ownSigner(this.#store, this.#clock.nowMs()));
  }
}

/** Every line of a pack's log, in its order. */
export function* logLinesInOrder(store: ReadStore, packId: string): Generator<string> {
  for (let after = 0; ; after += LINES_AT_A_TIME) {
    const lines = logLinesAfter(store, packId, after, LINES_AT_A_TIME);
    yield* lines;
    if (lines.length < LINES_AT_A_TIME) return;
  }
}

function storedPack({ manifest, ...row }: OpenedPackRow): StoredPack {
  const { manifestSha256, publicKey, openedAt, rows } = row;
  return { manifest: JSON.parse(manifest) as PackManifest, manifestSha256, publicKey, openedAt, rows };
}
