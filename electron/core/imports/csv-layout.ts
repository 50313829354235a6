/** What stands between the cells of a table, told by its first lines. */
import { SEPARATORS, type Separator } from '../../../shared/formats/own/separators.ts';

const RECORDS_LOOKED_AT = 20;

export interface CsvLayout {
  readonly separator: Separator;
  readonly isSeparatorSaid: boolean;
  /** Cells of the first record. */
  readonly columns: number;
}

/** A first line that spreadsheets write and read: `sep=;`. */
const SAID = /^"?sep=(.)"?(?:\r\n|\r|\n|$)/iu;

/**
 * @param head the beginning of the text, without a mark
 * @param isWhole whether that is all of it
 */
export function csvLayoutOf(head: string, isWhole: boolean, said?: Separator): CsvLayout {
  const line = SAID.exec(head);
  const text = line === null ? head : head.slice(line[0].length);
  const isSeparatorSaid = line !== null;
  const named = said ?? SEPARATORS.find((separator) => separator === line?.[1]);
  if (named !== undefined)
    return { separator: named, isSeparatorSaid, columns: widthsOf(text, named, isWhole)[0] ?? 1 };
  let best = { separator: ',' as Separator, isSeparatorSaid, columns: 1 };
  let bestFit = 0;
  for (const separator of SEPARATORS) {
    const [columns = 1, ...others] = widthsOf(text, separator, isWhole);
    if (columns < 2) continue;
    const alike = others.filter((width) => width === columns).length;
    // The header counts as much as the records: it holds names, and few of them hold a separator.
    const fit = (alike + 1) / (others.length + 1) + Math.min(columns, 99) / 100;
    if (fit > bestFit) {
      best = { separator, isSeparatorSaid, columns };
      bestFit = fit;
    }
  }
  return best;
}

/** How many cells each of the first records has; one that may be cut off is not counted. */
function widthsOf(text: string, separator: string, isWhole: boolean): number[] {
  const widths: number[] = [];
  let width = 1;
  let isQuoted = false;
  let isCellEmpty = true;
  let isRecordEmpty = true;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character !== '"') continue;
      if (text[at + 1] === '"') at++;
      else isQuoted = false;
      continue;
    }
    if (character === '"' && isCellEmpty) {
      isQuoted = true;
      isCellEmpty = false;
      isRecordEmpty = false;
    } else if (character === separator) {
      width++;
      isCellEmpty = true;
      isRecordEmpty = false;
    } else if (character === '\n' || character === '\r') {
      if (!isRecordEmpty) widths.push(width);
      if (widths.length >= RECORDS_LOOKED_AT) return widths;
      width = 1;
      isCellEmpty = true;
      isRecordEmpty = true;
    } else {
      isCellEmpty = false;
      isRecordEmpty = false;
    }
  }
  if (!isRecordEmpty && (isWhole || widths.length === 0)) widths.push(width);
  return widths;
}
