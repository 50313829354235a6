import { labelSetMismatch } from '../../stats/two-raters/label-set-mismatch.ts';
import { tableOfLabels } from '../../stats/two-raters/table-of-labels.ts';
import { labelWords } from '../../study/label-words.ts';
import { CATEGORY_NAMES, type CategoryName, CODE } from '../../study/verdict-codes.ts';

/** Labels that only people and only the judge use, both often: a sign that one of the two was mapped wrongly. */
export interface LabelMismatch {
  readonly onlyPeople: readonly CategoryName[];
  readonly onlyJudge: readonly CategoryName[];
}

/**
 * The guard on labels alone: a verdict that could not be read, or contradicts itself, is no label of either side. Null
 * when nothing points to a wrong mapping.
 */
export function labelMismatch(people: Int8Array, judge: Int8Array): LabelMismatch | null {
  const labels = (codes: Int8Array) => codes.map((code) => (code > CODE.both_bad ? CODE.missing : code));
  const found = labelSetMismatch(tableOfLabels(labels(people), labels(judge), CODE.both_bad + 1));
  if (found === null) return null;
  const namesOf = (codes: readonly number[]) => codes.map((code) => CATEGORY_NAMES[code] ?? 'first');
  return { onlyPeople: namesOf(found.onlyRows), onlyJudge: namesOf(found.onlyColumns) };
}

/** The same in words, for whoever must check the mapping. */
export function mismatchSentence({ onlyPeople, onlyJudge }: LabelMismatch): string {
  const words = (names: readonly CategoryName[]) => names.map(labelWords).join(', ');
  return `Check the mapping: people often say ${words(onlyPeople)} and the judge never does; the judge often says ${words(onlyJudge)} and people never do.`;
}
