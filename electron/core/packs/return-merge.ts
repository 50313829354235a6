/** Takes the rows of one return into the lead's store: what is good becomes votes, the rest is kept aside with its reason. */

import {
  type MergedFile,
  type MergeRow,
  ROW_CLASSES,
  type RowClass,
} from '../../../shared/contract/pack-methods.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import type { ReturnReader, SealedRow } from '../../../shared/pack/return-reader.ts';
import type { ReturnRow } from '../../../shared/pack/return-rows.ts';
import { RowCheck } from '../../../shared/pack/row-check.ts';
import { shownDetailsOfRow } from '../../../shared/pack/row-details.ts';
import { ROLE_OF_KIND } from '../../../shared/study/presentation-kind.ts';
import { verdictOfAnswer } from '../../../shared/study/verdict.ts';
import { detailsOfPair } from '../../../shared/study/vote-details.ts';
import { noteToKeep } from '../../../shared/text/note-text.ts';
import { settleQualifying } from '../rating/training.ts';
import type { WriteStore } from '../store/engine/database.ts';
import type { PackRow } from '../store/packs/packs.ts';
import { packRaters } from '../store/packs/packs.ts';
import {
  bindKey,
  cameElsewise,
  isFollowed,
  keyOfRater,
  keysOfPack,
  lastReturned,
  lastTaken,
  type ReturnedRow,
  returnedRow,
} from '../store/packs/returned-rows.ts';
import { insertConsentBySha256 } from '../store/rating/consents.ts';
import { raterById, startBlock } from '../store/rating/raters.ts';
import { retractionOf } from '../store/rating/ratings.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { LeadContent } from './lead-content.ts';
import { MergeWrites } from './merge-writes.ts';
import type { PresentationOfRater } from './pack-presentations.ts';

interface MergeSource {
  readonly store: WriteStore;
  readonly study: StudyRow;
  readonly pack: PackRow;
  readonly content: LeadContent;
  readonly request: {
    readonly trusts: readonly string[];
    readonly accepts: readonly string[];
    readonly nowMs: number;
  };
  readonly key: string;
}

type Fault = Exclude<RowClass, 'new' | 'known' | 'superseded'>;

interface Found {
  readonly fault: Fault;
  readonly reason: string;
}

/** Rows that are listed; the rest are counted. */
const MOST_LISTED = 500;

/** A clock may be ahead of the lead's by a day: somebody's calendar, or a zone. */
const MOST_AHEAD_MS = 24 * 60 * 60 * 1000;

/** Faults that a lead may overrule, row by row. What is not signed by a known key is not among them. */
const OVERRULED: ReadonlySet<Fault> = new Set(['late', 'out_of_design', 'impossible']);

export function noCounts(): Record<RowClass, number> {
  return Object.fromEntries(ROW_CLASSES.map((kind) => [kind, 0])) as Record<RowClass, number>;
}

export class ReturnMerge {
  readonly #source: MergeSource;
  readonly #check: RowCheck;
  readonly #raterIds: ReadonlyMap<string, number>;
  readonly #trusted: boolean;
  readonly #accepts: ReadonlySet<string>;
  readonly #raters = new Set<string>();
  readonly #rows: MergeRow[] = [];
  readonly #counts = noCounts();
  /** Pairs with a row of this file that is new. */
  readonly #touched = new Set<string>();
  readonly #writes: MergeWrites;
  readonly #lastTaken: number;
  readonly #lastKnown: number;
  /** Whose key a rater's rows must bear, as far as it was looked up. */
  readonly #keys = new Map<number, string>();
  readonly #unknownKeys = new Set<string>();
  #clockShifts = 0;
  taken = 0;
  keptAside = 0;
  /** Rows written to the store. */
  changes = 0;

  constructor(source: MergeSource) {
    this.#source = source;
    const { store, pack, content, request, key } = source;
    this.#check = new RowCheck(content.content);
    this.#raterIds = new Map(packRaters(store, pack.id).map(({ id, name }) => [name, id]));
    // A machine that works for one rater of a pack may work for others of it.
    this.#trusted =
      request.trusts.includes(key) ||
      request.trusts.includes(keyWords(key)) ||
      keysOfPack(store, pack.id).includes(key);
    this.#accepts = new Set(request.accepts);
    this.#writes = new MergeWrites(store);
    this.#lastTaken = lastTaken(store, pack.id, key);
    this.#lastKnown = lastReturned(store, pack.id, key);
  }

  /** Takes the next rows that their seals stand for. */
  takeAll(rows: readonly SealedRow[]): void {
    const votes = rows.flatMap(({ row }) => (row?.type === 'vote' ? [row.presentation] : []));
    this.#source.content.expect(votes);
    for (const row of rows) this.#take(row);
  }

  /** Takes the next row that its seal stands for. */
  #take({ n, line, sha256, row, isUnbroken }: SealedRow): void {
    if (row === null) {
      this.#fault(n, null, sha256, line, {
        fault: 'out_of_design',
        reason: 'says what no row of a return says',
      });
      return;
    }
    if ('rater' in row) this.#raters.add(row.rater);
    const fault = this.#faultOf(n, sha256, row);
    // What is missing before it may be what makes it late, or impossible.
    const found: Found | null =
      fault === null && !isUnbroken
        ? { fault: 'altered', reason: 'comes after a row that is missing or altered' }
        : fault;
    const { store, pack, key } = this.#source;
    const before = n > this.#lastKnown ? undefined : returnedRow(store, pack.id, key, n, sha256);
    const wasTaken = before !== undefined && (before.fault === null || before.isAccepted === 1);
    if (wasTaken) {
      this.#counts.known++;
      return;
    }
    if (found !== null && !(this.#accepts.has(sha256) && OVERRULED.has(found.fault))) {
      this.#fault(n, row, sha256, line, found, before);
      return;
    }
    this.#accept(n, row, sha256, line, found);
  }

  /** What became of the rows, with what is not as it was signed. */
  finish(reader: ReturnReader): Pick<MergedFile, 'raters' | 'counts' | 'rows' | 'clockShifts'> {
    this.#writes.flush();
    this.#settleTraining();
    for (const { line, n, reason } of reader.problems)
      this.#list({ line, n, class: 'altered', reason, rater: null, sha256: null });
    this.#counts.altered += reader.problemCount;
    return {
      raters: [...this.#raters].sort(),
      counts: { ...this.#counts },
      rows: this.#rows,
      clockShifts: this.#clockShifts,
    };
  }

  #faultOf(n: number, sha256: string, row: ReturnRow): Found | null {
    const { store, pack, key } = this.#source;
    // In the light of all rows before, also of those that were taken long ago.
    const problem = this.#check.take(row);
    if (row.type === 'clock') this.#clockShifts++;
    if (n <= this.#lastKnown && cameElsewise(store, pack.id, key, n, sha256))
      return { fault: 'altered', reason: 'says something else than an earlier return had in its place' };
    // Before what a lead may accept: two votes of one command can never both stand.
    if ('command' in row && this.#writes.isCommandRecorded(row.command))
      return { fault: 'altered', reason: 'bears the command of another row' };
    if ('rater' in row) {
      const unknown = this.#unknownKey(row.rater);
      if (unknown !== null) return unknown;
    } else if (!this.#trusted) return this.#noKey();
    if (problem !== null) return problem;
    if (row.at > this.#source.request.nowMs + MOST_AHEAD_MS)
      return {
        fault: 'impossible',
        reason: `was recorded at ${new Date(row.at).toISOString()}, which is to come`,
      };
    if (pack.closedAt !== null && row.at > pack.closedAt)
      return { fault: 'late', reason: 'was recorded after the pack was closed' };
    return null;
  }

  #unknownKey(rater: string): Found | null {
    const { store, pack, key, request } = this.#source;
    const raterId = this.#raterIds.get(rater);
    if (raterId === undefined) return null;
    const bound = this.#keys.get(raterId) ?? keyOfRater(store, pack.id, raterId);
    if (bound !== undefined) this.#keys.set(raterId, bound);
    if (bound === key) return null;
    if (bound !== undefined)
      return { fault: 'unknown_key', reason: `“${rater}” works under another key: ${keyWords(bound)}` };
    if (!this.#trusted) return this.#noKey();
    bindKey(store, pack.id, raterId, key, request.nowMs);
    this.changes++;
    return null;
  }

  #noKey(): Found {
    return {
      fault: 'unknown_key',
      reason: `is signed with a key nobody has compared yet: ${keyWords(this.#source.key)}`,
    };
  }

  #fault(
    n: number,
    row: ReturnRow | null,
    sha256: string,
    line: string,
    { fault, reason }: Found,
    before?: Pick<ReturnedRow, 'fault' | 'reason'>,
  ): void {
    const { pack, key } = this.#source;
    this.#counts[fault]++;
    const rater = row !== null && 'rater' in row ? row.rater : null;
    // A key is unknown once, not row by row.
    if (fault !== 'unknown_key' || !this.#unknownKeys.has(reason))
      this.#list({
        line: null,
        n,
        class: fault,
        reason,
        rater,
        sha256: OVERRULED.has(fault) ? sha256 : null,
      });
    if (fault === 'unknown_key') this.#unknownKeys.add(reason);
    // Files that were damaged in different places find different faults: which one stays must not hang on their order.
    if (before !== undefined && `${before.fault}|${before.reason}` <= `${fault}|${reason}`) return;
    // Nothing says yet that these come from a vendor.
    if (fault === 'unknown_key') return;
    this.keptAside++;
    this.changes++;
    this.#writes.addRow({
      packId: pack.id,
      publicKey: key,
      n,
      sha256,
      line,
      fault,
      reason,
      isAccepted: 0,
      ratingId: null,
    });
  }

  #accept(n: number, row: ReturnRow, sha256: string, line: string, found: Found | null): void {
    const { pack, key } = this.#source;
    const ratingId = this.#record(n, row);
    this.changes++;
    if (row.type === 'vote' || row.type === 'retraction') {
      this.taken++;
      if (this.#touched.has(row.presentation)) this.#counts.superseded++;
      else this.#counts.new++;
      this.#touched.add(row.presentation);
    } else this.#counts.new++;
    this.#writes.addRow({
      packId: pack.id,
      publicKey: key,
      n,
      sha256,
      line,
      fault: found?.fault ?? null,
      reason: found?.reason ?? null,
      isAccepted: found === null ? 0 : 1,
      ratingId,
    });
  }

  /** Writes what a row says. Null where it says nothing about a vote, or a later row about the same pair was taken before. */
  #record(n: number, row: ReturnRow): number | null {
    const { store } = this.#source;
    const raterId = 'rater' in row ? this.#raterIds.get(row.rater) : undefined;
    if (raterId === undefined) return null;
    if (row.type === 'consent') {
      insertConsentBySha256(store, raterId, row.textSha256, row.at);
      return null;
    }
    if (row.type === 'block_closed') {
      startBlock(store, raterId, Math.max(raterById(store, raterId)?.block ?? 0, row.block + 1));
      return null;
    }
    if (row.type !== 'vote' && row.type !== 'retraction') return null;
    const presentation = this.#source.content.presentations.find(row.presentation);
    if (presentation?.raterId !== raterId) return null;
    if (n < this.#lastTaken && isFollowed(store, this.#source.pack.id, this.#source.key, n, row.presentation))
      return null;
    const supersedes = this.#writes.latestRatingId(raterId, presentation.id);
    if (row.type === 'retraction' && supersedes === null) return null;
    const event = {
      commandId: row.command,
      raterId,
      pairId: presentation.pairId,
      presentationId: presentation.id,
      recordedAt: row.at,
      afterUnblinding: this.#source.study.unblindedAt !== null,
      supersedes,
      role: ROLE_OF_KIND[presentation.kind],
    };
    const rating =
      row.type === 'vote'
        ? { ...event, ...voteOf(row, presentation) }
        : retractionOf({ ...event, guidelineVersion: null });
    return this.#writes.addRating({ ...rating, presentationId: presentation.id });
  }

  /** Keeps results of qualifying sets that are through. */
  #settleTraining(): void {
    const { store, study, request } = this.#source;
    for (const name of this.#raters) {
      const rater = raterById(store, this.#raterIds.get(name) ?? 0);
      if (rater === undefined) continue;
      settleQualifying(store, study, rater, request.nowMs);
    }
  }

  #list(row: MergeRow): void {
    if (this.#rows.length < MOST_LISTED) this.#rows.push(row);
  }
}

function voteOf(row: Extract<ReturnRow, { type: 'vote' }>, { leftSide }: PresentationOfRater) {
  // What stands at marked places is this store's own text; the return does not carry it.
  const details = detailsOfPair(shownDetailsOfRow(row.details ?? {}), leftSide);
  return {
    kind: 'vote' as const,
    verdict: verdictOfAnswer(row.answer, leftSide),
    strength: row.strength ?? null,
    skipReason: row.answer === 'skipped' ? (row.skipReason ?? 'other') : null,
    note: noteToKeep(row.note),
    leftSide,
    viewedMs: row.viewedMs,
    guidelineVersion: row.guideline,
    idleMs: row.idleMs,
    confidence: row.confidence ?? null,
    details: details === null ? null : JSON.stringify(details),
  };
}
