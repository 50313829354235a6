import type { OpenComparison } from '../../../shared/contract/agreement-methods.ts';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import { consensusColumn } from '../../../shared/domain/agreement-report.ts';
import { cellsOf, foldedCode } from '../../../shared/domain/label-pairs.ts';
import { type CategoryName, CODE } from '../../../shared/domain/verdict-codes.ts';
import { conversationsOf } from '../exports/native-row.ts';
import { loadStudyColumns, type StudyColumns } from '../store/agreement-columns.ts';
import { pairById } from '../store/comparisons.ts';
import { Store } from '../store/database.ts';
import { judgmentsOfPair } from '../store/judgments.ts';
import { votesOfPair } from '../store/ratings.ts';
import { studyByPublicId } from '../store/studies.ts';

export interface ComparisonsRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly options: AgreementOptions;
  readonly between: { readonly judge: string } | { readonly raterA: string; readonly raterB: string };
  readonly row: CategoryName;
  readonly column: CategoryName;
  readonly offset: number;
  readonly limit: number;
}

/** The comparisons behind one cell of a matrix, named and with every vote. For unblinded studies only. */
export async function findComparisons(
  request: ComparisonsRequest,
): Promise<{ total: number; comparisons: OpenComparison[] }> {
  const store = new Store(request.storePath, { readonly: true });
  try {
    return store.read(() => {
      const study = studyByPublicId(store, request.studyId);
      if (study === undefined) throw new ServiceError('not_found', 'There is no such study in this store.');
      if (study.unblindedAt === null) {
        throw new ServiceError('study_blinded', 'This study is blind. Unblind it to read its comparisons.');
      }
      const columns = loadStudyColumns(store, study.id);
      const [rows, columnCodes] = comparedColumns(columns, request);
      const fold = (code: number | undefined) => foldedCode(code ?? CODE.missing, request.options);
      const matching = [...columns.pairIds].filter((_pairId, index) =>
        cellsOf(fold(rows[index]), fold(columnCodes[index]), request.options.ties).some(
          ({ row, column }) => row === CODE[request.row] && column === CODE[request.column],
        ),
      );
      const page = matching.slice(request.offset, request.offset + request.limit);
      return { total: matching.length, comparisons: page.map((pairId) => openComparison(store, pairId)) };
    });
  } finally {
    store.close();
  }
}

function comparedColumns(columns: StudyColumns, request: ComparisonsRequest): [Int8Array, Int8Array] {
  const raterCodes = (name: string) => {
    const rater = columns.raters.find((candidate) => candidate.name === name);
    if (rater === undefined) throw new ServiceError('not_found', `This study has no rater named “${name}”.`);
    return rater.codes;
  };
  if ('raterA' in request.between)
    return [raterCodes(request.between.raterA), raterCodes(request.between.raterB)];
  const { judge: judgeName } = request.between;
  const judge = columns.judges.find((candidate) => candidate.name === judgeName);
  if (judge === undefined)
    throw new ServiceError('not_found', `This study has no judge named “${judgeName}”.`);
  return [consensusColumn(columns, request.options).codes, judge.codes];
}

function openComparison(store: Store, pairId: number): OpenComparison {
  const pair = pairById(store, pairId);
  if (pair === undefined) throw new Error(`pair ${pairId} vanished inside a transaction`);
  const { prompt, first, second } = conversationsOf(pair);
  return {
    id: pair.externalId,
    task: prompt,
    first: { system: pair.firstSystem, output: first },
    second: { system: pair.secondSystem, output: second },
    slices: JSON.parse(pair.slices) as Record<string, string>,
    human: votesOfPair(store, pairId).map(({ rater, verdict, note }) => ({ rater, verdict, note })),
    judge: judgmentsOfPair(store, pairId).map(({ judge, order, verdict, raw }) => ({
      judge,
      order,
      verdict,
      raw,
    })),
  };
}
