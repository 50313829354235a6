/** What a lead decides about single pairs. All of it logged. */
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { KnownAnswerCounts } from '../../../shared/study/known-answer.ts';
import { type HumanVerdict, verdictOfAnswer } from '../../../shared/study/verdict.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import type { ReadStore, WriteStore } from '../store/engine/database.ts';
import {
  adjudicatedPairs,
  decisionsOnPair,
  insertReview,
  type ReviewedPair,
  reviewsOf,
} from '../store/review/reviews.ts';
import { pairById } from '../store/study/comparisons.ts';
import { knownAnswerCounts, knownStageOf } from '../store/study/known-answers.ts';
import { insertPairDecision, isLeftOut } from '../store/study/pair-decisions.ts';
import { isPairOfStudy } from '../store/study/pair-runs.ts';
import { requireStudy, type StudyRow } from '../store/study/studies.ts';
import { keepKnownAnswer } from '../studies/design-service.ts';
import { leadLeftSide } from './pair-view.ts';

/** Leaves all of some pairs out, or none of them. */
export function leavePairsOut(
  context: Pick<AppContext, 'store' | 'ports'>,
  input: ParsedInputOf<'pairs.leaveOut'>,
): ReplyOf<'pairs.leaveOut'> {
  return decideAboutPairs(context, input, true);
}

/** Takes all of some pairs back in, or none of them. */
export function takePairsBack(
  context: Pick<AppContext, 'store' | 'ports'>,
  input: ParsedInputOf<'pairs.takeBack'>,
): ReplyOf<'pairs.takeBack'> {
  return decideAboutPairs(context, input, false);
}

/** Deciding what is so already is refused, so that the log says what changed. */
function decideAboutPairs(
  { store, ports }: Pick<AppContext, 'store' | 'ports'>,
  { studyId, pairs, reason }: ParsedInputOf<'pairs.leaveOut'>,
  isOut: boolean,
): { changed: number } {
  const chosen = [...new Set(pairs)];
  store.write((store) => {
    const study = requireStudy(store, studyId);
    const at = ports.clock.nowMs();
    for (const pair of chosen) {
      const { number } = requirePair(store, study, pair);
      if (isLeftOut(store, pair) === isOut)
        throw new ServiceError('conflict', {
          key: isOut ? 'pairs.left_out_already' : 'pairs.not_left_out',
          values: { number },
        });
      const stage = knownStageOf(store, pair);
      if (isOut && (stage === 'practice' || stage === 'qualifying'))
        throw new ServiceError('conflict', { key: 'pairs.known_trains', values: { number } });
      insertPairDecision(store, pair, { isLeftOut: isOut, reason, decidedAt: at });
      appendAudit(store, {
        at,
        studyId: study.id,
        actor: 'lead',
        action: isOut ? 'pair.left_out' : 'pair.taken_back',
        details: { pair, reason },
      });
    }
  });
  return { changed: chosen.length };
}

/** A pair of the study, by its number in the store. */
function requirePair(store: ReadStore, study: StudyRow, pairId: number): { number: number; id: string } {
  const pair = isPairOfStudy(store, study.id, pairId) ? pairById(store, pairId) : undefined;
  if (pair === undefined) throw new ServiceError('not_found', { key: 'pairs.unknown' });
  return { number: pair.ordinal + 1, id: pair.externalId };
}

/** Names the answer of a pair, given on the sides on which the lead saw it. */
export function markKnown(
  { store, ports }: Pick<AppContext, 'store' | 'ports'>,
  { studyId, pair, stage, answer, explanation }: ParsedInputOf<'pairs.markKnown'>,
): KnownAnswerCounts {
  return store.write((store) => {
    const study = requireStudy(store, studyId);
    const { number, id } = requirePair(store, study, pair);
    const verdict = verdictOfAnswer(answer, leadLeftSide(study, id)) as Exclude<HumanVerdict, 'skipped'>;
    const problem = keepKnownAnswer(store, study, stage, { pairId: pair, verdict, explanation });
    if (problem !== undefined)
      throw new ServiceError('conflict', {
        key: 'pairs.cannot_be_known',
        values: { number, reason: problem },
      });
    const at = ports.clock.nowMs();
    const details = { added: 1 };
    appendAudit(store, { at, studyId: study.id, actor: 'lead', action: 'known_answers.added', details });
    return knownAnswerCounts(store, study.id);
  });
}

/** Gives pairs to adjudicators, in the order of the study. */
export function queueForAdjudication(
  { store, ports }: Pick<AppContext, 'store' | 'ports'>,
  { studyId, pairs, showsVotes }: ParsedInputOf<'pairs.queue'>,
): ReplyOf<'pairs.queue'> {
  const reviewId = ports.entropy.hex(12);
  return store.write((store) => {
    const study = requireStudy(store, studyId);
    requireNothingTold(store, study);
    const queued = adjudicatedPairs(store, study.id);
    const rows = [...new Set(pairs)]
      .map((pairId) => ({ pairId, number: requirePair(store, study, pairId).number }))
      .sort((one, two) => one.number - two.number)
      .filter(({ pairId }) => !queued.has(pairId) && mayBeDecided(store, pairId))
      .map(({ pairId }): ReviewedPair => ({ pairId, stratum: 'lead_chose', people: null, judge: null }));
    if (rows.length === 0) throw new ServiceError('conflict', { key: 'pairs.none_left_to_queue' });
    const madeAt = ports.clock.nowMs();
    const plan = { kind: 'adjudication', judge: null, pairs: rows.length, showsVotes } as const;
    insertReview(store, study.id, { publicId: reviewId, madeAt, plan, pairs: rows });
    appendAudit(store, {
      at: madeAt,
      studyId: study.id,
      actor: 'lead',
      action: 'review.made',
      details: { plan, pairs: rows.length, seed: '' },
    });
    return { reviewId, pairs: rows.length };
  });
}

/**
 * A pair that stands in an adjudication is not queued again. Where one of a blind study rests on a judge, that would tell on
 * which pairs the judge says other than people.
 */
function requireNothingTold(store: ReadStore, study: StudyRow): void {
  if (study.unblindedAt !== null) return;
  if (
    reviewsOf(store, study.id).some(
      ({ kind, plan }) => kind === 'adjudication' && typeof plan.judge === 'string',
    )
  )
    throw new ServiceError('study_blinded', { key: 'pairs.queue_would_tell' });
}

function mayBeDecided(store: WriteStore, pairId: number): boolean {
  return (
    decisionsOnPair(store, pairId).length === 0 &&
    knownStageOf(store, pairId) === undefined &&
    !isLeftOut(store, pairId)
  );
}
