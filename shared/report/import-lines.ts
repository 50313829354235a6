import type { ImportResult } from '../contract/import-methods.ts';
import type { LabelledLine } from './labelled-line.ts';
import { countedText, countText } from './number-texts.ts';
import { placeOfError } from './place-of-error.ts';

/** Of findings and twins so many are named. */
const MOST_NAMED = 8;

/** What an import did, or what it would do. What stops it stands apart. */
export function importLines(result: ImportResult): LabelledLine[] {
  const { counts, duplicates, findings } = result;
  return [
    ...result.files.flatMap(linesOfFile),
    {
      label: 'Comparisons',
      text: `${newAndKnown(counts.pairsAdded, counts.pairsKnown)}, of ${countedText(counts.itemsAdded, 'new item')}`,
    },
    { label: 'Votes', text: newAndKnown(counts.votesAdded, counts.votesKnown) },
    { label: 'Judges’ verdicts', text: newAndKnown(counts.judgmentsAdded, counts.judgmentsKnown) },
    { label: 'Systems', text: namesOf(result.systems) },
    { label: 'Raters', text: namesOf(result.raters) },
    { label: 'Judges', text: namesOf(result.judges) },
    {
      label: 'Slices',
      text:
        result.slices.map(({ name, values }) => `${name} (${countedText(values, 'value')})`).join(', ') ||
        'none',
    },
    ...result.leftOut.map(({ file, what, records }) => ({
      label: `Left out of ${file}`,
      text: `${countedText(records, 'record')}: ${what}`,
    })),
    ...(counts.sameContent === 0
      ? []
      : [
          {
            label: 'Same content twice',
            text: `${countText(counts.sameContent)}: ${listOf(
              duplicates.map(({ id, sameAs }) => `${id} is ${sameAs}`),
              counts.sameContent,
            )}`,
          },
        ]),
    ...(result.findingCount === 0
      ? []
      : [
          {
            label: 'May name their author',
            text: `${countedText(result.foundOutputs, 'output')}, ${countedText(result.findingCount, 'place')}: ${listOf(
              findings.map(
                ({ excerpt, ...place }) => `${placeOfError({ ...place, field: '(file)' })} “${excerpt}”`,
              ),
              result.findingCount,
            )}`,
          },
        ]),
  ];
}

/** Said above everything where nothing came of it; null where something did. */
export function nothingChangedSentence({ changedNothing, counts, dryRun }: ImportResult): string | null {
  if (!changedNothing) return null;
  const isKnown = counts.pairsKnown + counts.votesKnown + counts.judgmentsKnown > 0;
  return `${isKnown ? 'Everything in these files is already stored' : 'Nothing came of these files'}; nothing ${dryRun ? 'would change' : 'was changed'}.`;
}

function linesOfFile({ name, records, readAs, recognised }: ImportResult['files'][number]): LabelledLine[] {
  return [
    { label: name, text: `${countedText(records, 'record')} (${readAs})` },
    ...(recognised === null
      ? []
      : [
          {
            label: `${name} is read as`,
            text: `${recognised.title} (${recognised.name}): ${recognised.why} ${recognised.order}`,
          },
        ]),
  ];
}

function newAndKnown(added: number, known: number): string {
  return `${countText(added)} new, ${countText(known)} already known`;
}

function namesOf(entries: readonly { readonly name: string }[]): string {
  return entries.map(({ name }) => name).join(', ') || 'none';
}

/** The first of so many. */
function listOf(entries: readonly string[], count: number): string {
  return `${entries.slice(0, MOST_NAMED).join(', ')}${count > MOST_NAMED ? ' …' : ''}`;
}
