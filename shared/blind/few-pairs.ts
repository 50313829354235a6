/** What a figure of a blind study may rest on: over few enough pairs, a share is a verdict that somebody reads off. */

/** Fewest pairs of a figure while a study is blind, and by which two of them may differ. */
export const LEAST_BLIND_PAIRS = 10;

interface Slice {
  readonly name: string;
  readonly value: string;
  /** Places of its pairs, ascending. */
  readonly pairs: Int32Array;
}

interface BlindFigure {
  readonly row: string;
  readonly measure: string;
  readonly n: number;
  readonly value: number | null;
  readonly reason: string | null;
  readonly interval: unknown;
  readonly noInterval: string | null;
}

interface BlindPart<Figure extends BlindFigure> {
  readonly name: string;
  readonly figures: readonly Figure[];
  readonly words: readonly { readonly row: string; readonly text: string }[];
}

const WITHHELD = `withheld while the study is blind: it rests on fewer than ${LEAST_BLIND_PAIRS} pairs, or differs by fewer from another figure`;

/**
 * Whether figures of a slice would tell what a judge said of single pairs: it has few pairs, or differs in few from all pairs
 * or from a slice before it. Of two slices that differ in few pairs, the first by name and value is shown.
 *
 * @param pairs of the whole study
 */
export function isTelling(slices: readonly Slice[], slice: Slice, pairs: number): boolean {
  const size = slice.pairs.length;
  if (size < LEAST_BLIND_PAIRS) return true;
  if (isFewApart(pairs - size)) return true;
  const isIn = new Uint8Array((slice.pairs.at(-1) ?? -1) + 1);
  for (const pair of slice.pairs) isIn[pair] = 1;
  return slices.some((other) => {
    if (!isBefore(other, slice)) return false;
    let both = 0;
    for (const pair of other.pairs) both += isIn[pair] ?? 0;
    return isFewApart(size + other.pairs.length - 2 * both);
  });
}

/** Whether two labellings differ on so few pairs that the difference of two figures is what was said of those. */
export function isTellingBetween(one: Int8Array, two: Int8Array, counts: Uint8Array): boolean {
  let apart = 0;
  for (let pair = 0; pair < one.length; pair++) if (one[pair] !== two[pair]) apart += counts[pair] ?? 0;
  return isFewApart(apart);
}

function isFewApart(pairs: number): boolean {
  return pairs > 0 && pairs < LEAST_BLIND_PAIRS;
}

function isBefore(one: Slice, two: Slice): boolean {
  return one.name === two.name ? one.value < two.value : one.name < two.name;
}

/**
 * A part as the page may have it while the study is blind: no figure over fewer pairs than that, and none of a row that may not
 * be shown. Counts say how many, not which: they stay where all that they divide is enough, however small each of them is.
 *
 * @param isCount whether a measure counts
 * @param isHidden whether a row is of a slice that is telling
 * @param partitionOf what a row is one part of, where all parts together are a whole that is shown: of those, never a single
 * one is missing, which would be the whole less the others. Null where it is none.
 */
export function withoutTelling<Figure extends BlindFigure>(
  part: BlindPart<Figure>,
  isCount: (measure: Figure['measure']) => boolean,
  isHidden: (figure: Pick<Figure, 'row'>) => boolean,
  partitionOf: (figure: Figure) => string | null = () => null,
): BlindPart<Figure> {
  const divided = new Map<string, number>();
  for (const figure of part.figures)
    if (isCount(figure.measure)) {
      const key = wholeOf(figure);
      divided.set(key, (divided.get(key) ?? 0) + figure.n);
    }
  const isEnough = (figure: Figure) =>
    !isHidden(figure) &&
    (isCount(figure.measure) ? (divided.get(wholeOf(figure)) ?? 0) : figure.n) >= LEAST_BLIND_PAIRS;
  const beside = new Set<Figure>();
  const partitions = new Map<string, Figure[]>();
  for (const figure of part.figures) {
    const partition = isCount(figure.measure) ? null : partitionOf(figure);
    if (partition === null) continue;
    const key = `${figure.measure} ${partition}`;
    partitions.set(key, [...(partitions.get(key) ?? []), figure]);
  }
  for (const figures of partitions.values()) {
    const missing = figures.filter((figure) => !isEnough(figure)).reduce((sum, { n }) => sum + n, 0);
    const [least] = figures.filter(isEnough).sort((one, two) => one.n - two.n);
    if (isFewApart(missing) && least !== undefined) beside.add(least);
  }
  const isShown = (figure: Figure) => isEnough(figure) && !beside.has(figure);
  const silent = new Set(part.figures.filter((figure) => !isShown(figure)).map(({ row }) => row));
  return {
    ...part,
    figures: part.figures.map((figure) => (isShown(figure) ? figure : withheld(figure))),
    words: part.words.filter(({ row }) => !silent.has(row)),
  };
}

/** A figure without what it says, and why it says nothing. */
export function withheld<Figure extends BlindFigure>(figure: Figure): Figure {
  return { ...figure, n: 0, value: null, reason: WITHHELD, interval: null, noInterval: null };
}

/** Whether a figure says nothing because the study is blind; its n says nothing then, either. */
export function isWithheld({ reason }: Pick<BlindFigure, 'reason'>): boolean {
  return reason === WITHHELD;
}

/** What a count is a part of: the cells of one matrix, the votes of one rater, the verdicts of a judge. */
function wholeOf({ measure, row }: Pick<BlindFigure, 'measure' | 'row'>): string {
  return `${measure} ${row.slice(0, Math.max(0, row.lastIndexOf(': ')))}`;
}
