import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { agreementOptionsSchema } from '../../../shared/domain/agreement-options.ts';
import type { AppContext } from '../app-context.ts';
import { runInWorker } from '../jobs/run-in-worker.ts';
import { requireStudy } from './study-service.ts';

/** Resampling takes a while, so it never runs on the thread that serves keys. */
export async function reportAgreement(
  { store }: AppContext,
  input: ParsedInputOf<'agreement.report'>,
): Promise<ReplyOf<'agreement.report'>> {
  requireStudy(store, input.studyId);
  return runInWorker('agreement', {
    storePath: store.path,
    studyId: input.studyId,
    options: agreementOptionsSchema.parse(input.options),
    bySlice: input.bySlice ?? null,
  });
}

export async function listComparisons(
  { store }: AppContext,
  input: ParsedInputOf<'agreement.comparisons'>,
): Promise<ReplyOf<'agreement.comparisons'>> {
  const study = requireStudy(store, input.studyId);
  if (study.unblindedAt === null) {
    throw new ServiceError('study_blinded', 'This study is blind. Unblind it to read its comparisons.');
  }
  const { studyId, between, row, column, offset, limit } = input;
  return runInWorker('comparisons', {
    storePath: store.path,
    studyId,
    options: agreementOptionsSchema.parse(input.options),
    between,
    row,
    column,
    offset,
    limit,
  });
}
