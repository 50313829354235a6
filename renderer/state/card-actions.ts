import { createContext, useContext } from 'react';
import type { ComparisonFilter } from '../../shared/card/columns/comparison-filter.ts';
import type { Figure, PartName } from '../../shared/card/figures/figure.ts';
import { DEFAULT_LEVEL } from '../../shared/labels/default-options.ts';

/** What any figure of the card can ask the screen for, and what the card says of all of them. */
export interface CardActions {
  /** Of the card's intervals. */
  readonly level: number;
  openComparisons(filter: ComparisonFilter, title: string): void;
  explain(part: PartName, figures: readonly Figure[]): void;
}

export const CardActionsContext = createContext<CardActions>({
  level: DEFAULT_LEVEL,
  openComparisons: () => undefined,
  explain: () => undefined,
});

export function useCardActions(): CardActions {
  return useContext(CardActionsContext);
}
