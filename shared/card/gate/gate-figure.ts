import type { CardPart, Figure } from '../figures/figure.ts';
import type { MeasureName } from '../figures/measures.ts';
import { ROW } from '../figures/subject.ts';

/** A figure a gate looks at. */
export interface GateFigure {
  readonly measure: 'kappa' | 'flip_rate';
  /** `all pairs`, or a slice as NAME=VALUE. */
  readonly about: string;
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number | null;
  /** Why there is no value or no interval. */
  readonly reason: string | null;
}

export const ALL_PAIRS = 'all pairs';

/** Kappa with people's label, of a card's agreement part. */
export function kappaOf(part: CardPart, about: string): GateFigure {
  return figureOf(part, ROW.consensus, 'kappa', about);
}

/** The share of pairs on which the two orders contradict each other, of a card's part on orders. */
export function flipRateOf(part: CardPart, about: string): GateFigure {
  return figureOf(part, ROW.both_orders, 'flip_rate', about);
}

function figureOf(
  { figures }: CardPart,
  row: string,
  measure: MeasureName & GateFigure['measure'],
  about: string,
): GateFigure {
  const figure: Figure | undefined = figures.find((each) => each.row === row && each.measure === measure);
  const reason =
    measure === 'kappa'
      ? 'no pair has a label of people and of this judge'
      : 'no pair was judged in both orders';
  return {
    measure,
    about,
    n: figure?.n ?? 0,
    value: figure?.value ?? null,
    low: figure?.interval?.low ?? null,
    high: figure?.interval?.high ?? null,
    level: figure?.interval?.level ?? null,
    reason: figure === undefined ? reason : (figure.reason ?? figure.noInterval),
  };
}
