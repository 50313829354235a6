import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { agreementOptionsSchema } from '../../../shared/domain/agreement-options.ts';
import type { AppContext } from '../app-context.ts';
import { runInWorker } from '../jobs/run-in-worker.ts';
import { requireStudy } from './study-service.ts';

/** A card is worked out in a thread of its own, never on the one that serves keys. */
export async function agreementCard(
  { store, cards }: AppContext,
  input: ParsedInputOf<'agreement.card'>,
): Promise<ReplyOf<'agreement.card'>> {
  requireStudy(store, input.studyId);
  const { head, parts } = await cards.card(
    {
      storePath: store.path,
      studyId: input.studyId,
      judge: input.judge ?? null,
      options: agreementOptionsSchema.parse(input.options),
      slice: input.slice ?? null,
    },
    input.parts,
  );
  return { ...head, parts };
}

export async function listComparisons(
  { store }: AppContext,
  input: ParsedInputOf<'agreement.comparisons'>,
): Promise<ReplyOf<'agreement.comparisons'>> {
  const study = requireStudy(store, input.studyId);
  if (study.unblindedAt === null) {
    throw new ServiceError('study_blinded', 'This study is blind. Unblind it to read its comparisons.');
  }
  const { studyId, slice, filter, offset, limit } = input;
  return runInWorker('comparisons', {
    storePath: store.path,
    studyId,
    options: agreementOptionsSchema.parse(input.options),
    slice: slice ?? null,
    filter,
    offset,
    limit,
  });
}
