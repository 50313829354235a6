/** What the lead says of pairs on which people, or a judge, part. */
import type { DisagreementClass } from '../../../../shared/review/disagreement-class.ts';
import type { GapPair } from '../../../../shared/review/guideline-gaps.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';

export interface ClassOfPair {
  readonly pairId: number;
  readonly class: DisagreementClass;
  readonly guidelineVersion: number;
}

/** The newest class of each pair of a study that has one. */
export function classesOf(store: ReadStore, studyId: number): ClassOfPair[] {
  return store
    .query<ClassOfPair>(
      `SELECT c.pair_id AS pairId, c.class AS class, c.guideline_version AS guidelineVersion
       FROM disagreement_classes c JOIN pairs ON pairs.id = c.pair_id
       WHERE pairs.study_id = ? AND pairs.is_left_out = 0 AND c.class IS NOT NULL
         AND c.id = (SELECT max(id) FROM disagreement_classes l WHERE l.pair_id = c.pair_id)
       ORDER BY pairs.ordinal`,
    )
    .all(studyId);
}

/** What a pair was called last; undefined where it never was, or no longer is. */
export function newestClassOf(store: ReadStore, pairId: number): ClassOfPair | undefined {
  const newest = store
    .query<Omit<ClassOfPair, 'class'> & { class: DisagreementClass | null }>(
      `SELECT pair_id AS pairId, class, guideline_version AS guidelineVersion FROM disagreement_classes
       WHERE pair_id = ? ORDER BY id DESC LIMIT 1`,
    )
    .get(pairId);
  return newest === undefined || newest.class === null ? undefined : { ...newest, class: newest.class };
}

export function insertClass(
  store: WriteStore,
  row: {
    readonly pairId: number;
    readonly class: DisagreementClass | null;
    readonly guidelineVersion: number;
    readonly at: number;
  },
): void {
  store.run(
    'INSERT INTO disagreement_classes (pair_id, class, guideline_version, classified_at) VALUES (?, ?, ?, ?)',
    row.pairId,
    row.class,
    row.guidelineVersion,
    row.at,
  );
}

/** Each pair's current class, the earlier ones first. */
interface LoggedClass {
  readonly pairId: number;
  readonly class: DisagreementClass | null;
  readonly guidelineVersion: number;
}

/** A gap is one of the version in which it was first seen, until it is called something else. */
function gapVersions(store: ReadStore, studyId: number): Map<number, number> {
  const versions = new Map<number, number>();
  const logged = store
    .query<LoggedClass>(
      `SELECT c.pair_id AS pairId, c.class AS class, c.guideline_version AS guidelineVersion
       FROM disagreement_classes c JOIN pairs ON pairs.id = c.pair_id
       WHERE pairs.study_id = ? AND pairs.is_left_out = 0 ORDER BY c.id`,
    )
    .all(studyId);
  for (const { pairId, class: given, guidelineVersion } of logged) {
    if (given !== 'guideline_gap') versions.delete(pairId);
    else if (!versions.has(pairId)) versions.set(pairId, guidelineVersion);
  }
  return versions;
}

/** Something a rater did with a label: a code, or null for a skip or a vote taken back. */
type LabelEvent = [rater: number, code: number | null, version: number];

const EVENTS = `SELECT r.rater_id,
    CASE WHEN r.kind = 'retraction' OR r.verdict = 'skipped' THEN NULL
      ELSE CASE r.verdict WHEN 'first' THEN 0 WHEN 'second' THEN 1 WHEN 'tie' THEN 2 ELSE 3 END END,
    coalesce(r.guideline_version, 1)
  FROM ratings r JOIN raters ON raters.id = r.rater_id AND raters.role = 'rater' AND raters.is_excluded = 0
  WHERE r.pair_id = ? AND r.role = 'label' ORDER BY r.id`;

/**
 * Pairs that show a gap of a guideline, with the labels of raters who count: each one's last under the guideline of the gap
 * or an earlier one, and the last under a later one. What was taken back is no label.
 */
export function gapPairs(store: ReadStore, studyId: number): GapPair[] {
  const events = store.rawQuery<LabelEvent>(EVENTS);
  return [...gapVersions(store, studyId)].map(([pairId, gapVersion]) => {
    const before = new Map<number, number>();
    const after = new Map<number, number>();
    for (const [rater, code, version] of events.all(pairId)) {
      const labels = version > gapVersion ? after : before;
      if (code === null) labels.delete(rater);
      else labels.set(rater, code);
    }
    return {
      version: gapVersion,
      item:
        store.query<{ item: number }>('SELECT item_id AS item FROM pairs WHERE id = ?').get(pairId)?.item ??
        0,
      before: [...before.values()],
      after: [...after.values()],
    };
  });
}

/** Pairs that show a gap of a guideline before this one. */
export function earlierGaps(store: ReadStore, studyId: number, guidelineVersion: number): number[] {
  return [...gapVersions(store, studyId)]
    .filter(([, version]) => version < guidelineVersion)
    .map(([pairId]) => pairId);
}

/**
 * Opens the labels of pairs again for those who gave them under an earlier guideline, of raters who count and may work.
 * Returns how many.
 */
export function askAgain(store: WriteStore, pairIds: readonly number[], guidelineVersion: number): number {
  return pairIds.reduce(
    (sum, pairId) =>
      sum +
      store.run(
        `UPDATE presentations SET is_open = 1, is_asked_again = 1
         WHERE pair_id = ? AND kind = 'ordinary' AND is_open = 0
           AND rater_id IN (SELECT id FROM raters WHERE role = 'rater' AND is_excluded = 0 AND is_paused = 0)
           AND (SELECT coalesce(r.guideline_version, 1) < ? AND r.verdict <> 'skipped' FROM ratings r
             WHERE r.presentation_id = presentations.id ORDER BY r.id DESC LIMIT 1)`,
        pairId,
        guidelineVersion,
      ).changes,
    0,
  );
}
