/** What the lead says of pairs on which people, or a judge, part. */
import type { DisagreementClass } from '../../../shared/domain/review/disagreement-class.ts';
import type { GapPair } from '../../../shared/domain/review/guideline-gaps.ts';
import type { Store } from './database.ts';

export interface ClassOfPair {
  readonly pairId: number;
  readonly class: DisagreementClass;
  readonly guidelineVersion: number;
}

/** The newest class of each pair of a study that has one. */
export function classesOf(store: Store, studyId: number): ClassOfPair[] {
  return store
    .query<ClassOfPair>(
      `SELECT c.pair_id AS pairId, c.class AS class, c.guideline_version AS guidelineVersion
       FROM disagreement_classes c JOIN pairs ON pairs.id = c.pair_id
       WHERE pairs.study_id = ? AND c.class IS NOT NULL
         AND c.id = (SELECT max(id) FROM disagreement_classes l WHERE l.pair_id = c.pair_id)
       ORDER BY pairs.ordinal`,
    )
    .all(studyId);
}

export function insertClass(
  store: Store,
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

const CODES = `CASE r.verdict WHEN 'first' THEN 0 WHEN 'second' THEN 1 WHEN 'tie' THEN 2 ELSE 3 END`;

/**
 * Pairs that were classed as a gap of the guideline, with the labels of raters who count: each one's last under the
 * guideline of the gap or an earlier one, and the last under a later one. What was retracted is no label.
 */
export function gapPairs(store: Store, studyId: number): GapPair[] {
  const labels = store.rawQuery<[number, number, number]>(
    `SELECT r.rater_id, ${CODES}, coalesce(r.guideline_version, 1) FROM ratings r
     JOIN raters ON raters.id = r.rater_id AND raters.role = 'rater' AND raters.is_excluded = 0
     WHERE r.pair_id = ? AND r.kind = 'vote' AND r.role = 'label' AND r.verdict <> 'skipped'
       AND NOT EXISTS (SELECT 1 FROM ratings back WHERE back.supersedes = r.id AND back.kind = 'retraction')
     ORDER BY r.id`,
  );
  return classesOf(store, studyId)
    .filter((each) => each.class === 'guideline_gap')
    .map(({ pairId, guidelineVersion }) => {
      const before = new Map<number, number>();
      const after = new Map<number, number>();
      for (const [rater, code, version] of labels.all(pairId))
        (version > guidelineVersion ? after : before).set(rater, code);
      return {
        version: guidelineVersion,
        item:
          store.query<{ item: number }>('SELECT item_id AS item FROM pairs WHERE id = ?').get(pairId)?.item ??
          0,
        before: [...before.values()],
        after: [...after.values()],
      };
    });
}

/** Opens the labels of pairs again for those who gave them, of raters who count and may work. Returns how many. */
export function askAgain(store: Store, pairIds: readonly number[]): number {
  return pairIds.reduce(
    (sum, pairId) =>
      sum +
      store.run(
        `UPDATE presentations SET is_open = 1, is_asked_again = 1 WHERE pair_id = ? AND kind = 'ordinary' AND is_open = 0
           AND rater_id IN (SELECT id FROM raters WHERE role = 'rater' AND is_excluded = 0 AND is_paused = 0)`,
        pairId,
      ).changes,
    0,
  );
}
