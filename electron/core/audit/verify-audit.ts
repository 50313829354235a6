/** Whether the log is whole, and whether the votes are those it has receipts of. */
import type { AuditReport } from '../../../shared/contract/audit-methods.ts';
import { auditHead, auditRows, EmptiedDigest, isEmptied, loggedDeletions } from '../store/engine/audit.ts';
import { isAuditAction, type RecordSeal, readAct, type StoredAct } from '../store/engine/audit-actions.ts';
import { type AuditRow, auditHash } from '../store/engine/audit-hash.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { isNoteErased } from '../store/rating/erased-notes.ts';
import { exclusionsOfStore } from '../store/rating/rater-decisions.ts';
import {
  firstReceipt,
  joinedReceipts,
  RECEIPT_VERSION,
  ratingReceipt,
} from '../store/rating/rating-receipt.ts';
import { ratingsGivenHere } from '../store/rating/ratings.ts';
import { sealOf, sealProblem, unsealedRecords } from '../store/rating/record-seal.ts';
import { leftOutPairsOfStore } from '../store/study/pair-decisions.ts';

/**
 * Goes through the log from its first row and stops at the first that is not what was written there, or is not there.
 * A log and its head that were both written anew from some row on cannot be told from an honest one here: hold the
 * head's hash against one that was noted elsewhere.
 */
export function verifyAudit(store: ReadStore): AuditReport {
  const head = auditHead(store);
  const receipts = new Receipts(store);
  const exclusions = new Exclusions();
  const leftOut = new LeftOutPairs();
  let [entries, before] = [0, ''];
  const emptied = new Emptied();
  // What earlier seals cover may have gone with a study since: the last deletion seals all that is left.
  let deletionsToCome = loggedDeletions(store);
  let lastSeal: RecordSeal | null = null;
  const brokenAt = (row: number, reason: string): AuditReport => {
    const earlier = receipts.firstBroken();
    return {
      entries: head.entries,
      hash: head.hash,
      broken: earlier === null || earlier.row >= row ? { row, reason } : earlier,
      notCovered: [],
    };
  };
  for (const row of auditRows(store)) {
    if (row.id !== entries + 1) return brokenAt(entries + 1, 'is missing');
    if (row.id > head.entries) return brokenAt(row.id, 'was added behind the end of the log');
    const act = isEmptied(row) ? null : actOf(row);
    if (isEmptied(row)) emptied.take(row);
    else if (row.hash !== auditHash(before, row))
      return brokenAt(row.id, 'is not what was written, or not in its place');
    if (act === 'unreadable') return brokenAt(row.id, `does not hold what a row of “${row.action}” holds`);
    if (act !== null) {
      receipts.take(row.id, act);
      exclusions.take(row, act);
      leftOut.take(row, act);
      if (act.action === 'study.deleted') {
        deletionsToCome--;
        const first = emptied.account(row, act.details);
        if (first !== null)
          return brokenAt(
            first || row.id,
            'or one behind it is not what was left of it when its study was deleted',
          );
      }
      const seal = sealOf(act);
      if (seal !== null && deletionsToCome <= 0) {
        lastSeal = seal;
        const problem = sealProblem(store, seal);
        if (problem !== null) return brokenAt(row.id, problem);
      }
    }
    entries = row.id;
    before = row.hash ?? '';
  }
  if (entries < head.entries) return brokenAt(entries + 1, 'is missing');
  if (before !== head.hash) return brokenAt(entries, 'is not the row the log was closed with');
  const changed = receipts.firstBroken();
  if (changed !== null) return { entries, hash: head.hash, broken: changed, notCovered: [] };
  const unaccounted = emptied.firstUnaccounted();
  if (unaccounted !== null)
    return brokenAt(unaccounted, 'says nothing, and no deletion of a study accounts for it');
  const unrecorded = ratingsGivenHere(store).find((id) => !receipts.has(id));
  if (unrecorded !== undefined)
    return brokenAt(entries + 1, `is missing: rating ${unrecorded} is recorded by no row`);
  const decided = exclusions.firstBroken(store, entries) ?? leftOut.firstBroken(store, entries);
  return { entries, hash: head.hash, broken: decided, notCovered: unsealedRecords(store, lastSeal) };
}

/** What a row records; null where this version does not know its action, and has nothing to hold against it. */
function actOf({ action, details }: AuditRow): StoredAct | 'unreadable' | null {
  if (!isAuditAction(action)) return null;
  try {
    return readAct(action, details);
  } catch {
    return 'unreadable';
  }
}

/** Rows that were emptied, until the deletion of their study accounts for them. */
class Emptied {
  readonly #studies = new Map<number | null, { readonly digest: EmptiedDigest; readonly first: number }>();

  take(row: AuditRow): void {
    const known = this.#studies.get(row.studyId) ?? { digest: new EmptiedDigest(), first: row.id };
    this.#studies.set(row.studyId, known);
    known.digest.take(row);
  }

  /** The first row of a study that a deletion does not account for as it is; null where it does. */
  account({ studyId }: AuditRow, { emptied }: StoredAct<'study.deleted'>['details']): number | null {
    const { digest, first } = this.#studies.get(studyId) ?? { digest: new EmptiedDigest(), first: 0 };
    this.#studies.delete(studyId);
    const { rows, sha256 } = digest.end();
    return rows === emptied.rows && sha256 === emptied.sha256 ? null : first;
  }

  firstUnaccounted(): number | null {
    const firsts = [...this.#studies.values()].map(({ first }) => first);
    return firsts.length === 0 ? null : Math.min(...firsts);
  }
}

/** Whose votes are left out, as the log says and as the store has it. */
class Exclusions {
  readonly #logged = new Map<string, { readonly row: number; readonly isOn: boolean }>();

  take({ id, studyId }: AuditRow, { action, details }: StoredAct): void {
    const decide = (rater: string, isOn: boolean) =>
      this.#logged.set(keyOf(studyId, rater), { row: id, isOn });
    if (action === 'rater.excluded') decide(details.rater, true);
    if (action === 'rater.restored') decide(details.rater, false);
    if (action === 'rater.decided_elsewhere' && details.about === 'exclusion')
      decide(details.rater, details.isOn);
  }

  firstBroken(store: ReadStore, entries: number): AuditReport['broken'] {
    for (const { studyId, name, isExcluded } of exclusionsOfStore(store)) {
      const logged = this.#logged.get(keyOf(studyId, name));
      if ((logged?.isOn ?? false) === isExcluded) continue;
      return logged === undefined
        ? { row: entries + 1, reason: `is missing: “${name}” is left out by no row` }
        : { row: logged.row, reason: `decided otherwise about “${name}” than the store has it now` };
    }
    return null;
  }
}

/** Which pairs are left out, as the log says and as the store has it. */
class LeftOutPairs {
  readonly #logged = new Map<number, { readonly row: number; readonly isLeftOut: boolean }>();

  take({ id }: AuditRow, { action, details }: StoredAct): void {
    if (action === 'pair.left_out' || action === 'pair.taken_back')
      this.#logged.set(details.pair, { row: id, isLeftOut: action === 'pair.left_out' });
  }

  firstBroken(store: ReadStore, entries: number): AuditReport['broken'] {
    const stored = new Set(leftOutPairsOfStore(store));
    for (const [pair, { row, isLeftOut }] of this.#logged)
      if (isLeftOut !== stored.has(pair))
        return { row, reason: `decided otherwise about pair ${pair} than the store has it now` };
    for (const pair of stored)
      if (!this.#logged.has(pair))
        return { row: entries + 1, reason: `is missing: pair ${pair} is left out by no row` };
    return null;
  }
}

function keyOf(studyId: number | null, rater: string): string {
  return `${studyId}|${rater}`;
}

/**
 * What the log says of ratings, held against them as they are. An erased note leaves a receipt as it was, but for those of
 * older stores: these have a row that stands for the erasure, which is believed where the note is gone and was erased.
 */
class Receipts {
  readonly #store: ReadStore;
  readonly #recorded = new Set<number>();
  /** Ratings of older stores that are not as their row says, with what they were then. */
  readonly #pending = new Map<number, { readonly row: number; readonly sha256: string }>();
  #broken: AuditReport['broken'] = null;

  constructor(store: ReadStore) {
    this.#store = store;
  }

  take(row: number, act: StoredAct): void {
    if (act.action === 'note.erased') this.#account(act.details);
    if (act.action === 'ratings.merged') this.#holdJoined(row, act.details);
    const receipt = receiptOf(act);
    if (receipt !== null) this.#hold(row, receipt);
  }

  has(ratingId: number): boolean {
    return this.#recorded.has(ratingId);
  }

  firstBroken(): AuditReport['broken'] {
    const [oldest = null] = [...this.#pending].sort(([, one], [, two]) => one.row - two.row);
    if (oldest === null) return this.#broken;
    const [ratingId, { row }] = oldest;
    if (this.#broken !== null && this.#broken.row <= row) return this.#broken;
    return { row, reason: `records rating ${ratingId}, which says something else now` };
  }

  #hold(row: number, { ratingId, sha256, version }: Receipt): void {
    this.#recorded.add(ratingId);
    if (sha256 === null) {
      if (ratingReceipt(this.#store, ratingId) === undefined)
        this.#break(row, `records rating ${ratingId}, which is not there`);
      return;
    }
    const now = (version === RECEIPT_VERSION ? ratingReceipt : firstReceipt)(this.#store, ratingId);
    if (now === sha256) return;
    if (now === undefined) this.#break(row, `records rating ${ratingId}, which is not there`);
    else if (version === RECEIPT_VERSION)
      this.#break(row, `records rating ${ratingId}, which says something else now`);
    else if (!this.#pending.has(ratingId)) this.#pending.set(ratingId, { row, sha256 });
  }

  /** Ratings that a return brought have one receipt together. */
  #holdJoined(row: number, { from, to, sha256 }: StoredAct<'ratings.merged'>['details']): void {
    for (let ratingId = from; ratingId <= to; ratingId++) this.#recorded.add(ratingId);
    if (joinedReceipts(this.#store, from, to) !== sha256)
      this.#break(row, `records ratings ${from} to ${to}, of which one is gone or says something else now`);
  }

  #break(row: number, reason: string): void {
    if (this.#broken === null || row < this.#broken.row) this.#broken = { row, reason };
  }

  #account({ ratingId, before, sha256 }: StoredAct<'note.erased'>['details']): void {
    if (this.#pending.get(ratingId)?.sha256 !== before) return;
    if (firstReceipt(this.#store, ratingId) === sha256 && isNoteErased(this.#store, ratingId))
      this.#pending.delete(ratingId);
  }
}

interface Receipt {
  readonly ratingId: number;
  readonly sha256: string | null;
  readonly version: number;
}

/** The rating a row stands for. Rows of older stores say which, and not what it said. */
function receiptOf({ action, details }: StoredAct): Receipt | null {
  if (action !== 'rating.recorded' && action !== 'rating.retracted') return null;
  const { ratingId, sha256 = null, receipt = 1 } = details;
  const retractionId = 'retractionId' in details ? details.retractionId : undefined;
  return { ratingId: retractionId ?? ratingId, sha256, version: receipt };
}
