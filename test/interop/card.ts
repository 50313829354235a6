/** An agreement card as `touchstone agreement --json` prints it. */
export interface Card {
  /** The value of a figure, null where it is undefined. Throws where the card has none of that name. */
  value(part: string, measure: string, row: string): number | null;
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
}

export function readCard({ cards }: PrintedCard): Card {
  const values = new Map<string, number | null>();
  for (const { parts } of cards)
    for (const { name, figures } of parts)
      for (const { measure, row, value } of figures) values.set([name, measure, row].join(' | '), value);
  return {
    value: (...names) => {
      const name = names.join(' | ');
      const found = values.get(name);
      if (found === undefined) throw new Error(`the card has no figure ${name}`);
      return found;
    },
  };
}
