import { ServiceError } from '../../../shared/errors/errors.ts';
import {
  type ShownVote,
  timesProblem,
  type VoteTimes,
  voteProblem,
} from '../../../shared/rating/vote-problem.ts';
import type { Rubric } from '../../../shared/study/rubric.ts';
import type { StudyDesign } from '../../../shared/study/study.ts';

/**
 * Throws `invalid_input` where a vote says what its study does not ask, leaves out what it does, or has times that cannot be.
 *
 * @param wasRead whether the rater has a vote on the pair already, and only thinks again
 */
export function requireFittingVote(
  design: StudyDesign,
  rubric: Rubric,
  vote: ShownVote & VoteTimes,
  wasRead: boolean,
): void {
  const problem = voteProblem(design, rubric, vote);
  if (problem !== null) throw new ServiceError('invalid_input', `${problem} Nothing was recorded.`);
  const times = timesProblem(wasRead ? 0 : design.minimumViewingMs, vote);
  if (times !== null) throw new ServiceError('invalid_input', `The pair ${times}. Nothing was recorded.`);
}
