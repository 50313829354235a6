/** An agreement card as `touchstone agreement --json` prints it. */
export interface Card {
  /** The value of a figure, null where it is undefined. Throws where the card has none of that name. */
  value(part: string, measure: string, row: string): number | null;
  /** Its interval, low end first; null where it has none. */
  interval(part: string, measure: string, row: string): readonly [number, number] | null;
}

export interface PrintedCard {
  readonly cards: readonly {
    readonly parts: readonly { readonly name: string; readonly figures: readonly PrintedFigure[] }[];
  }[];
}

interface PrintedFigure {
  readonly measure: string;
  readonly row: string;
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export function readCard({ cards }: PrintedCard): Card {
  const figures = new Map<string, PrintedFigure>();
  for (const { parts } of cards)
    for (const { name, figures: printed } of parts)
      for (const figure of printed) figures.set([name, figure.measure, figure.row].join(' | '), figure);
  const figureOf = (...names: readonly string[]) => {
    const found = figures.get(names.join(' | '));
    if (found === undefined) throw new Error(`the card has no figure ${names.join(' | ')}`);
    return found;
  };
  return {
    value: (...names) => figureOf(...names).value,
    interval: (...names) => {
      const { interval } = figureOf(...names);
      return interval === null ? null : [interval.low, interval.high];
    },
  };
}
