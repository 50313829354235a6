/** What the lead settles about a study beside its first settings. */
import type { KnownAnswerCounts } from '../../../shared/contract/design-methods.ts';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { AppContext } from '../app-context.ts';
import { appendAudit } from '../store/audit.ts';
import { insertKnownAnswer, knownAnswerCounts, knownAnswerOf } from '../store/known-answers.ts';
import { pairIdOf } from '../store/pair-runs.ts';
import { isPresentedOrVoted } from '../store/presentations.ts';
import { requireStudy } from './study-service.ts';

/** Names pairs whose answer is known; all of them or, with the first that cannot be one named, none. */
export function addKnownAnswers(
  { store, ports, announce }: AppContext,
  input: ParsedInputOf<'design.addKnownAnswers'>,
): KnownAnswerCounts {
  const counts = store.write(() => {
    const study = requireStudy(store, input.studyId);
    input.answers.forEach(({ pair, stage, ...answer }, index) => {
      const refuse = (reason: string): never => {
        throw new ServiceError(
          'invalid_input',
          `answers[${index}]: the comparison “${pair}” ${reason}. Nothing was changed.`,
        );
      };
      const pairId = pairIdOf(store, study.id, pair) ?? refuse('is not in this study');
      if (knownAnswerOf(store, pairId) !== undefined) refuse('already has a known answer');
      if (isPresentedOrVoted(store, pairId)) refuse('was already given to a rater or has a vote');
      insertKnownAnswer(store, study.id, stage, { pairId, ...answer });
    });
    const added = input.answers.length;
    appendAudit(store, {
      at: ports.clock.nowMs(),
      studyId: study.id,
      actor: 'lead',
      action: 'known_answers.added',
      details: { added },
    });
    return knownAnswerCounts(store, study.id);
  });
  announce({ type: 'changed', area: 'studies' });
  return counts;
}
