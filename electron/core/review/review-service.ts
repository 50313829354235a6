/** Disagreements and what becomes of them: classes, adjudication, audits. */

import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { askAgain, earlierGaps, insertClass } from '../store/review/disagreement-classes.ts';
import { adjudicatedPairs, insertReview } from '../store/review/reviews.ts';
import { isPairOfStudy } from '../store/study/pair-runs.ts';
import { requireStudy } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { REVIEW_DRAW } from './tasks.ts';

export function classifyDisagreement(
  { store, ports }: AppContext,
  { studyId, pair, class: chosen }: ParsedInputOf<'disagreements.classify'>,
): ReplyOf<'disagreements.classify'> {
  store.write((store) => {
    const study = requireStudy(store, studyId);
    if (!isPairOfStudy(store, study.id, pair))
      throw new ServiceError('not_found', { key: 'review.pair_unknown' });
    const at = ports.clock.nowMs();
    const { guidelineVersion } = study;
    insertClass(store, { pairId: pair, class: chosen, guidelineVersion, at });
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: 'lead',
      action: 'disagreement.classified',
      details: { pair, class: chosen, guidelineVersion },
    });
  });
  return { class: chosen };
}

/** Gives pairs with a gap of an earlier guideline to the raters who labelled them, once more. */
export function askAboutGaps(
  { store, ports }: AppContext,
  { studyId }: ParsedInputOf<'disagreements.askAgain'>,
): ReplyOf<'disagreements.askAgain'> {
  const opened = store.write((store) => {
    const study = requireStudy(store, studyId);
    const pairs = earlierGaps(store, study.id, study.guidelineVersion);
    if (pairs.length === 0) throw new ServiceError('conflict', { key: 'review.no_gap' });
    const count = askAgain(store, pairs, study.guidelineVersion);
    const details = { pairs: pairs.length, presentations: count, guidelineVersion: study.guidelineVersion };
    const at = ports.clock.nowMs();
    appendAudit(store, { at, studyId: study.id, actor: 'lead', action: 'gaps.asked_again', details });
    return count;
  });
  return { opened };
}

/** Chooses the pairs off this thread and keeps them, unless another review took some of them meanwhile. */
export async function makeReview(
  { store, ports }: AppContext,
  { studyId, plan }: ParsedInputOf<'reviews.make'>,
  controls: TaskControls,
): Promise<ReplyOf<'reviews.make'>> {
  const seed = ports.entropy.hex(16);
  const draw = await runInWorker(REVIEW_DRAW, { storePath: store.path, studyId, plan, seed }, controls);
  if (draw.pairs.length === 0) {
    throw new ServiceError('conflict', {
      key: plan.kind === 'audit' ? 'review.no_pair_in_common' : 'review.no_disagreement',
    });
  }
  const reviewId = ports.entropy.hex(12);
  const made = store.write((store) => {
    const study = requireStudy(store, studyId);
    const queued = adjudicatedPairs(store, study.id);
    if (plan.kind === 'adjudication' && draw.pairs.some(({ pairId }) => queued.has(pairId)))
      throw new ServiceError('conflict', { key: 'review.drawn_meanwhile' });
    const madeAt = ports.clock.nowMs();
    insertReview(store, study.id, { publicId: reviewId, madeAt, ...draw });
    appendAudit(store, {
      at: madeAt,
      studyId: study.id,
      actor: 'lead',
      action: 'review.made',
      details: { plan: draw.plan, pairs: draw.pairs.length, seed },
    });
    return { reviewId, pairs: draw.pairs.length };
  });
  return made;
}
