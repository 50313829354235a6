/** Before a rater works: a practice set with feedback, then a qualifying set with a pass mark. */
import type { TrainingStage } from '../../../shared/contract/rating-methods.ts';
import { permutedIndex } from '../../../shared/random/keyed-permutation.ts';
import { answersToPass } from '../../../shared/rating/pass-mark.ts';
import { isAsKnown } from '../../../shared/rating/rules.ts';
import type { Store } from '../store/engine/database.ts';
import { lacksConsent } from '../store/rating/consents.ts';
import { insertPresentation } from '../store/rating/presentations.ts';
import {
  givenInTraining,
  insertQualification,
  qualificationsOf,
  trainingVotes,
} from '../store/rating/qualifications.ts';
import type { RaterRow } from '../store/rating/raters.ts';
import { knownAnswerCounts, knownAnswers } from '../store/study/known-answers.ts';
import { sidesOfPair } from '../store/study/pair-runs.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { RaterTurn } from './rater-turn.ts';
import { takeSide } from './side-choice.ts';

/**
 * Where a rater stands. Without a qualifying set there is nothing to pass, and practice is all. Adjudicators are chosen by
 * the lead and do not qualify.
 */
export function stageOf(store: Store, study: StudyRow, rater: RaterRow): TrainingStage {
  if (rater.isPaused) return 'paused';
  if (lacksConsent(store, study, rater.id)) return 'consent';
  const { training } = study.design;
  if (training === null || rater.role === 'adjudicator') return 'working';
  const counts = knownAnswerCounts(store, study.id);
  const tried = qualificationsOf(store, rater.id);
  if (tried.some(({ passed }) => passed === 1)) return 'working';
  if (tried.length >= training.attempts) return 'refused';
  if (trainingVotes(store, rater.id, 'practice').length < counts.practice) return 'practice';
  return counts.qualifying === 0 ? 'working' : 'qualifying';
}

/** Opens the next pair of a training stage; false when all of it is open or answered. */
export function openTraining(turn: RaterTurn, stage: TrainingStage): boolean {
  const { store, study, rater, entropy, nowMs } = turn;
  if (stage !== 'practice' && stage !== 'qualifying') return false;
  const known = knownAnswers(store, study.id, stage);
  const attempt = stage === 'practice' ? 0 : qualificationsOf(store, rater.id).length;
  const given = givenInTraining(store, rater.id, stage, attempt);
  const key = `${stage}|${study.design.seed}|${rater.name}|${attempt}`;
  // By what was given, not by how many: pairs may be added meanwhile.
  const next = known
    .map((_answer, place) => known[permutedIndex(place, known.length, key)])
    .find((answer) => answer !== undefined && !given.has(answer.pairId));
  const sides = next === undefined ? undefined : sidesOfPair(store, next.pairId);
  if (sides === undefined) return false;
  insertPresentation(store, {
    publicId: entropy.hex(16),
    raterId: rater.id,
    pairId: sides.pairId,
    leftSide: takeSide(turn, sides, 'check'),
    kind: stage,
    repeatOf: null,
    outputs: null,
    // For training this is the attempt: nobody goes back to it.
    block: attempt,
    createdAt: nowMs,
  });
  return true;
}

/** Keeps the result of a qualifying set once all of it is answered. */
export function settleQualifying({ store, study, rater, nowMs }: RaterTurn): void {
  const { training } = study.design;
  if (training === null) return;
  const known = knownAnswers(store, study.id, 'qualifying');
  const attempt = qualificationsOf(store, rater.id).length;
  const votes = trainingVotes(store, rater.id, 'qualifying', attempt);
  if (known.length === 0 || votes.length < known.length) return;
  const answerOf = new Map(known.map((answer) => [answer.pairId, answer]));
  const correct = votes.filter(({ pairId, verdict }) => {
    const answer = answerOf.get(pairId);
    return answer !== undefined && isAsKnown(verdict, answer.verdict, study.design.scale);
  }).length;
  insertQualification(store, {
    raterId: rater.id,
    attempt,
    answered: votes.length,
    correct,
    passMark: training.passMark,
    passed: correct >= answersToPass(training.passMark, votes.length),
    finishedAt: nowMs,
  });
}
