import { cardMaker } from '../../shared/card/agreement-card.ts';
import type { CardData } from '../../shared/card/columns/card-data.ts';
import type { SliceName } from '../../shared/card/columns/comparison-filter.ts';
import { type CardPart, type Figure, figureId } from '../../shared/card/figures/figure.ts';
import type { AgreementCard } from '../../shared/contract/agreement-methods.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';

/** Works out every part of a judge's card. */
export function partsOf(
  data: CardData,
  {
    judge = null,
    options = {},
    slice = null,
  }: {
    readonly judge?: string | null;
    readonly options?: Parameters<typeof agreementOptionsSchema.parse>[0];
    readonly slice?: SliceName | null;
  } = {},
): CardPart[] {
  const maker = cardMaker(data, judge, agreementOptionsSchema.parse(options), slice);
  if ('missing' in maker) throw new Error(`no such ${maker.missing}`);
  return maker.parts.map((name) => maker.part(name));
}

/** Figures by id. Throws when two have the same. */
export function figuresById(parts: AgreementCard['parts']): Map<string, Figure> {
  const figures = new Map<string, Figure>();
  for (const part of parts) {
    for (const figure of part.figures) {
      const id = figureId(part.name, figure);
      if (figures.has(id)) throw new Error(`two figures are called ${id}`);
      figures.set(id, figure);
    }
  }
  return figures;
}

/** A figure's value; throws where it has none. */
export function numberAt(figures: ReadonlyMap<string, Figure>, id: string): number {
  const figure = figures.get(id);
  if (figure === undefined) throw new Error(`the card has no ${id}`);
  if (figure.value === null) throw new Error(`${id} is undefined: ${figure.reason}`);
  return figure.value;
}

/** The sentences of a part. */
export function wordsOf(parts: AgreementCard['parts'], name: CardPart['name']): string {
  return (parts.find((part) => part.name === name)?.words ?? []).map(({ text }) => text).join('\n');
}
