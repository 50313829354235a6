import type { GuidelineGaps } from '../../../shared/contract/review-methods.ts';
import { contradiction, guidelineGaps } from '../../../shared/review/guideline-gaps.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { classesOf, gapPairs } from '../store/review/disagreement-classes.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** What each guideline left open, and whether raters still part over it under a later one. */
export function reportGaps(store: ReadStore, study: StudyRow): GuidelineGaps {
  return {
    version: study.guidelineVersion,
    gaps: guidelineGaps(gapPairs(store, study.id), contradictionElsewhere(store, study)),
  };
}

/** How often two raters contradict each other on pairs that show no gap. */
function contradictionElsewhere(store: ReadStore, study: StudyRow): number | null {
  const gaps = new Set(
    classesOf(store, study.id)
      .filter((each) => each.class === 'guideline_gap')
      .map(({ pairId }) => pairId),
  );
  const { raters, pairIds } = loadCardData(store, study);
  let [sum, pairs] = [0, 0];
  pairIds.forEach((pairId, pair) => {
    if (gaps.has(pairId)) return;
    const codes = raters
      .map(({ codes: all }) => all[pair] ?? CODE.missing)
      .filter((code) => code >= 0 && code <= CODE.both_bad);
    const share = contradiction(codes);
    if (share === null) return;
    sum += share;
    pairs++;
  });
  return pairs === 0 ? null : sum / pairs;
}
