/** Where a vendor's work is kept: a SQLite store, or the IndexedDB of a browser. */
import type { VoteDraft } from '../contract/rating-methods.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import type { PackExample, PackPractice, PackPresentation } from '../pack/pack-rows.ts';
import type { NewReturnRow } from '../pack/return-rows.ts';
import type { Signer } from '../pack/signing.ts';
import type { Conversation } from '../study/conversation.ts';
import type { Rubric } from '../study/rubric.ts';

export interface StoredPack {
  readonly manifest: PackManifest;
  readonly manifestSha256: string;
  /** The lead's key that signed it. */
  readonly publicKey: string;
  readonly openedAt: number;
  /** Rows recorded so far. */
  readonly rows: number;
}

/** A pseudonym somebody works under here. */
export interface Claim {
  readonly rater: string;
  /** Salt and scrypt hash as hexadecimal digits; null where none was chosen. */
  readonly passphrase: { readonly salt: string; readonly hash: string } | null;
  /** How many of the rater's pairs of work have an answer. */
  readonly done: number;
}

export interface SessionOwner {
  readonly packId: string;
  readonly rater: string;
}

export interface PackStorage {
  packs(): Promise<readonly StoredPack[]>;
  pack(packId: string): Promise<StoredPack | undefined>;
  /** What a version of the guideline asked that the pack had before it was topped up; null where it had no such version here. */
  earlierRubric(packId: string, guideline: number): Promise<Rubric | null>;
  /** A rater's list, in its order. */
  presentations(packId: string, rater: string): Promise<readonly PackPresentation[]>;
  examples(packId: string): Promise<readonly PackExample[]>;
  practice(packId: string, presentation: string): Promise<PackPractice | undefined>;
  texts(packId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Conversation>>;
  claims(packId: string): Promise<readonly Claim[]>;
  /** Hands a rater's work to a new session; the one before it is refused from now on. */
  startSession(owner: SessionOwner, session: string, passphrase: Claim['passphrase']): Promise<void>;
  sessionOwner(session: string): Promise<SessionOwner | undefined>;
  /** The rater's lines of the log, in its order. */
  lines(packId: string, rater: string): Promise<readonly string[]>;
  /** Every line of the log, in its order. */
  allLines(packId: string): AsyncIterable<string>;
  /** The line a command wrote, and the pack in whose log it stands. */
  findCommand(command: string): Promise<{ readonly packId: string; readonly line: string } | undefined>;
  /**
   * Appends rows to a pack's log, and resolves once they are safe. Resolves to null, with nothing written, where the
   * session is no longer the rater's.
   *
   * @param step what the rows add to the count of answered pairs
   */
  append(
    owner: SessionOwner,
    session: string,
    rows: readonly NewReturnRow[],
    step: number,
  ): Promise<readonly string[] | null>;
  /** Keeps what was said of a pair before its vote, beside the log; null takes it away. */
  putDraft(presentation: string, draft: VoteDraft | null): Promise<void>;
  draftsOn(
    presentations: readonly string[],
  ): Promise<{ readonly presentationId: string; readonly draft: VoteDraft }[]>;
  /** When the newest row of a pack was recorded; null before the first. */
  newestAt(packId: string): Promise<number | null>;
  signer(): Promise<Signer>;
}
