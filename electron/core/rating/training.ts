/** The result of a qualifying set. */
import { answersToPass } from '../../../shared/rating/pass-mark.ts';
import { isAsKnown } from '../../../shared/rating/rules.ts';
import type { WriteStore } from '../store/engine/database.ts';
import { insertQualification, qualificationsOf, trainingVotes } from '../store/rating/qualifications.ts';
import type { RaterRow } from '../store/rating/raters.ts';
import { knownAnswers } from '../store/study/known-answers.ts';
import type { RatedStudy } from '../store/study/studies.ts';

/** Keeps the result of a qualifying set once all of it is answered. */
export function settleQualifying(
  store: WriteStore,
  study: RatedStudy,
  rater: Pick<RaterRow, 'id'>,
  nowMs: number,
): void {
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
