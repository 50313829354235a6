import { createContext, useContext } from 'react';
import type { ComparisonFilter } from '../../shared/card/columns/comparison-filter.ts';
import type { Figure, PartName } from '../../shared/card/figures/figure.ts';

/** What any figure of the card can ask the screen for. */
export interface CardActions {
  openComparisons(filter: ComparisonFilter, title: string): void;
  explain(part: PartName, figures: readonly Figure[]): void;
}

export const CardActionsContext = createContext<CardActions>({
  openComparisons: () => undefined,
  explain: () => undefined,
});

export function useCardActions(): CardActions {
  return useContext(CardActionsContext);
}
