/** Counts, names and problems gathered while an import runs, bounded whatever the file holds. */

import type {
  IdentityFinding,
  ImportCounts,
  ImportResult,
  RowError,
} from '../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { ErrorMessage } from '../../../shared/errors/messages.ts';
import { placeOfError } from '../../../shared/report/place-of-error.ts';
import { NamedCount } from '../store/staging/named-count.ts';
import { PageTally } from './page-tally.ts';

export const MOST_LISTED = 100;
const MOST_NAMES = 1000;
const MOST_SHOWN = 5;
/** Fields of one file that are told by name. */
const MOST_FIELDS = 100;

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

export class ImportTally {
  readonly counts: Mutable<ImportCounts> = {
    records: 0,
    pairsAdded: 0,
    pairsKnown: 0,
    itemsAdded: 0,
    votesAdded: 0,
    votesKnown: 0,
    judgmentsAdded: 0,
    judgmentsKnown: 0,
    sameContent: 0,
  };
  readonly systems = new Map<string, number>();
  readonly raters = new Map<string, number>();
  readonly judges = new Map<string, number>();
  readonly slices = new Map<string, Set<string>>();
  readonly errors: RowError[] = [];
  /** The first pairs added, to be shown as they are stored. */
  readonly firstPairIds: number[] = [];
  readonly findings: IdentityFinding[] = [];
  /** Outputs with findings: one may have several. */
  readonly outputsFound = new Set<number>();
  readonly duplicates: { id: string; sameAs: string }[] = [];
  /** By file and reason. */
  readonly #leftOut = new Map<
    string,
    { readonly file: string; readonly what: string; readonly records: NamedCount }
  >();
  /** Records that hold a field nothing was made of, by file and field. */
  readonly #unread = new Map<string, Map<string, number>>();
  readonly warnings: string[] = [];
  readonly pages = new PageTally();
  /** Records without an id that hold what an earlier one of the same import holds. */
  sameWithoutId = 0;
  errorCount = 0;
  findingCount = 0;

  addPair(pairId: number): void {
    this.counts.pairsAdded++;
    if (this.firstPairIds.length < MOST_SHOWN) this.firstPairIds.push(pairId);
  }

  addError(error: RowError): void {
    this.errorCount++;
    if (this.errors.length < MOST_LISTED) this.errors.push(error);
  }

  /** @param sample what the record is called by whom its file is from, so that it can be looked up there */
  addLeftOut(file: string, what: string, records = 1, sample?: string): void {
    const key = `${file}|${what}`;
    const known = this.#leftOut.get(key) ?? { file, what, records: new NamedCount() };
    known.records.add(sample, records);
    if (this.#leftOut.size < MOST_NAMES) this.#leftOut.set(key, known);
  }

  /** @param fields of one record, by path */
  addUnread(file: string, fields: readonly string[]): void {
    const counts = this.#unread.get(file) ?? new Map<string, number>();
    this.#unread.set(file, counts);
    for (const field of fields) bump(counts, counts.has(field) || counts.size < MOST_FIELDS ? field : '…');
  }

  /**
   * What records brought less than they hold, each with the first few samples it is about; fields that were not read by name,
   * those that as many records hold together.
   */
  get leftOut(): ImportResult['leftOut'] {
    const parts = [...this.#leftOut.values()].map(({ file, what, records }) => ({
      file,
      what: records.describe(what),
      records: records.count,
    }));
    const unread = [...this.#unread].flatMap(([file, counts]) => {
      const fieldsBy = Map.groupBy(counts, ([, records]) => records);
      return [...fieldsBy]
        .sort(([one], [other]) => other - one)
        .map(([records, fields]) => ({
          file,
          what: `${fields.length === 1 ? 'a field that is' : 'fields that are'} not read: ${fields.map(([name]) => name).join(', ')}`,
          records,
        }));
    });
    return [...parts, ...unread];
  }

  addFinding(finding: IdentityFinding, responseId: number): void {
    this.findingCount++;
    this.outputsFound.add(responseId);
    if (this.findings.length < MOST_LISTED) this.findings.push(finding);
  }

  addDuplicate(id: string, sameAs: string): void {
    this.counts.sameContent++;
    if (this.duplicates.length < MOST_LISTED) this.duplicates.push({ id, sameAs });
  }

  addSlice(name: string, value: string): void {
    let values = this.slices.get(name);
    if (values === undefined) {
      values = new Set();
      this.slices.set(name, values);
    }
    if (values.size < MOST_NAMES) values.add(value);
  }

  get changedNothing(): boolean {
    const { pairsAdded, votesAdded, judgmentsAdded } = this.counts;
    return pairsAdded + votesAdded + judgmentsAdded === 0;
  }
}

/** Why an import ends: the first of its errors, and how many more there are. */
export function importFailed(tally: ImportTally): ServiceError {
  const [first] = tally.errors;
  return new ServiceError('import_failed', firstProblem(first, tally.errorCount - 1), {
    errors: tally.errors,
    errorCount: tally.errorCount,
  });
}

function firstProblem(first: RowError | undefined, more: number): ErrorMessage {
  if (first === undefined) return { key: 'import.failed' };
  const said = { place: placeOfError(first), reason: first.reason };
  return more > 0
    ? { key: 'import.failed_with_more', values: { ...said, more } }
    : { key: 'import.problem', values: said };
}

export function bump(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
