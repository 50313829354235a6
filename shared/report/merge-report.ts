import type { MergedFile, MergeResult, MergeRow, RowClass } from '../contract/pack-methods.ts';
import { countText } from './number-texts.ts';

const CLASS_NAMES: Readonly<Record<RowClass, string>> = {
  new: 'new',
  known: 'already known',
  superseded: 'superseded',
  altered: 'altered',
  foreign: 'foreign',
  late: 'late',
  out_of_design: 'out of design',
  unknown_key: 'from an unknown key',
  impossible: 'impossible',
};

/** What a merge did, or would do. */
export function mergeOutcome({ isDryRun, taken, keptAside, changedNothing }: MergeResult): string {
  if (changedNothing) return isDryRun ? 'Nothing here is new.' : 'Nothing was new; nothing was changed.';
  const [votes, rows] = [countText(taken), countText(keptAside)];
  return isDryRun
    ? `${votes} votes and retractions would be taken, ${rows} rows kept aside. Nothing is written yet.`
    : `${votes} votes and retractions were taken, ${rows} rows are kept aside with their reasons.`;
}

/** What a return is: how much of it is there, of which pack, by whom. */
export function mergedFileFacts({ state, pack, raters, isComplete }: MergedFile): string[] {
  return [
    state.replace('_', ' '),
    ...(pack === null ? [] : [`pack “${pack.name}”`]),
    ...raters,
    ...(isComplete ? ['complete'] : []),
  ];
}

/** How many rows of each class a return has, of those that it has any of. */
export function mergedFileCounts({ counts }: MergedFile): {
  readonly kind: RowClass;
  readonly name: string;
  readonly count: string;
}[] {
  return (Object.keys(CLASS_NAMES) as RowClass[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => ({ kind, name: CLASS_NAMES[kind], count: countText(counts[kind]) }));
}

/** That the clock was set meanwhile; null where it was not. */
export function clockSentence({ clockShifts }: MergedFile): string | null {
  return clockShifts === 0
    ? null
    : `The device’s clock was set ${clockShifts === 1 ? 'once' : `${countText(clockShifts)} times`} while it was worked on.`;
}

/** A row that is not simply taken, as the cells of {@link MERGE_ROW_HEADS}. */
export function mergeRowCells({ line, n, class: kind, reason, rater }: MergeRow): string[] {
  return [
    line === null ? '' : String(line),
    n === null ? '' : String(n),
    CLASS_NAMES[kind],
    reason,
    rater ?? '',
  ];
}

/** The first two are numbers. */
export const MERGE_ROW_HEADS = ['Line', 'Row', 'What', 'Why', 'Rater'] as const;
