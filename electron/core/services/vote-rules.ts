import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { Rubric } from '../../../shared/domain/rubric.ts';
import type { StudyDesign } from '../../../shared/domain/study.ts';
import { answersOfScale, strengthsOfScale } from '../../../shared/domain/verdict.ts';

/**
 * Throws `invalid_input` where a vote says what its study does not ask, or leaves out what it does.
 *
 * @param rubric of the version the vote was given under
 */
export function requireFittingVote(
  design: StudyDesign,
  rubric: Rubric,
  vote: ParsedInputOf<'rating.submit'>,
): void {
  const refuse = (message: string): never => {
    throw new ServiceError('invalid_input', `${message} Nothing was recorded.`);
  };
  const { answer, strength, confidence, details = {} } = vote;
  if (!answersOfScale(design.scale).includes(answer))
    refuse(`This study does not offer the answer “${answer}”.`);
  const strongest = strengthsOfScale(design.scale);
  const isSide = answer === 'left' || answer === 'right';
  if (strongest > 0 && isSide && (strength === undefined || strength > strongest))
    refuse(`This study asks by how much a side is better, 1 to ${strongest}.`);
  if (strength !== undefined && (strongest === 0 || !isSide))
    refuse('This study does not ask by how much a side is better.');
  if (confidence !== undefined && !design.asksConfidence)
    refuse('This study does not ask how sure a rater is.');
  const criteria = new Set(rubric.criteria.map(({ name }) => name));
  const unknown = Object.keys(details.criteria ?? {}).find((name) => !criteria.has(name));
  if (unknown !== undefined) refuse(`This study has no criterion “${unknown}”.`);
  const tag = details.reasonTags?.find((each) => !rubric.reasonTags.includes(each));
  if (tag !== undefined) refuse(`This study has no reason “${tag}”.`);
  if ((details.spans ?? []).length > 0 && !design.marksSpans)
    refuse('This study does not ask for marked spans.');
}
