import { ServiceError } from '../../../shared/contract/errors.ts';
import type { Rubric } from '../../../shared/domain/rubric.ts';
import type { StudyDesign } from '../../../shared/domain/study.ts';
import { type ShownVote, voteProblem } from '../../../shared/domain/vote-problem.ts';

/** Throws `invalid_input` where a vote says what its study does not ask, or leaves out what it does. */
export function requireFittingVote(design: StudyDesign, rubric: Rubric, vote: ShownVote): void {
  const problem = voteProblem(design, rubric, vote);
  if (problem !== null) throw new ServiceError('invalid_input', `${problem} Nothing was recorded.`);
}
