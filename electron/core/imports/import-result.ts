import type { ImportResult } from '../../../shared/contract/import-methods.ts';
import { type OrderAgreement, orderAgreement } from '../store/judging/order-agreement.ts';
import { nativeRows } from '../store/records/native-row.ts';
import { pairById, type StudyPlace } from '../store/study/comparisons.ts';
import type { ImportContext } from './import-context.ts';
import { layoutText } from './layout-text.ts';
import { recognitionView } from './recognise-file.ts';

/**
 * What an import tells of itself, read while its records are in the study.
 *
 * @param watched what looks wrong about the records
 */
export function importResult(
  { request, studyName, files, passedOver, tally }: ImportContext,
  place: StudyPlace & { readonly publicId: string | null },
  watched: readonly string[],
): ImportResult {
  const byName = <Value>(entries: Map<string, Value>) =>
    [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    dryRun: request.dryRun,
    studyName,
    studyId: place.publicId,
    files: files.map(({ name, layout, records, recognition }) => ({
      name,
      format: layout.format,
      readAs: layoutText(layout),
      records,
      recognised: recognitionView(recognition),
    })),
    leftOut: tally.leftOut,
    counts: { ...tally.counts },
    systems: byName(tally.systems).map(([name, responses]) => ({ name, responses })),
    raters: byName(tally.raters).map(([name, votes]) => ({ name, votes })),
    judges: byName(tally.judges).map(([name, judgments]) => ({ name, judgments })),
    slices: byName(tally.slices).map(([name, values]) => ({ name, values: values.size })),
    errors: tally.errors,
    errorCount: tally.errorCount,
    findings: tally.findings,
    findingCount: tally.findingCount,
    foundOutputs: tally.outputsFound.size,
    duplicates: tally.duplicates,
    firstRows: nativeRows(
      place.store,
      tally.firstPairIds.flatMap((pairId) => pairById(place.store, pairId) ?? []),
    ),
    changedNothing: tally.changedNothing && tally.errorCount === 0,
    warnings: [
      ...tally.warnings,
      ...tally.pages.warnings(),
      ...passedOver,
      ...watched,
      ...sameWithoutId(tally.sameWithoutId),
      ...orderAgreement(place.store, place.studyId, [...tally.judges.keys()]).flatMap(orderWarning),
    ],
  };
}

/** Fewer pairs than this say little of how two orders go together. */
const FEWEST_WARNED = 20;

/** A judge that agrees with itself less than by chance is most often one whose verdicts were encoded otherwise. */
function orderWarning({ judge, pairs, same, byChance }: OrderAgreement): string[] {
  if (pairs < FEWEST_WARNED || same >= byChance) return [];
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    `${judge}: the two orders agree on ${percent(same)} of ${pairs} pairs, less than chance alone would give (${percent(byChance)}). Are its verdicts as shown, and were imported as mapped back, or the other way round?`,
  ];
}

function sameWithoutId(records: number): string[] {
  if (records === 0) return [];
  const said = records === 1 ? '1 record without an id holds' : `${records} records without an id hold`;
  return [`${said} what an earlier one holds: each was taken as one comparison with it.`];
}
