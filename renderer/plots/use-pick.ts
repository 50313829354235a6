import { useMemo } from 'react';
import type { ComparisonFilter } from '../../shared/card/columns/comparison-filter.ts';
import { useCardActions } from '../state/card-actions.ts';
import type { Pick } from './PlotView.tsx';

/** The class of the dots that can be chosen. */
export const DOTS = 'plot-dots';

/** Opens the comparisons behind a dot. The points must be stable between renders of the same data. */
export function usePick(
  points: readonly { readonly row: string; readonly behind: ComparisonFilter | null }[],
): Pick {
  const { openComparisons } = useCardActions();
  return useMemo(
    () => ({
      className: DOTS,
      canPick: (place: number) => points[place]?.behind !== null,
      onPick: (place: number) => {
        const point = points[place];
        if (point?.behind !== null && point?.behind !== undefined) openComparisons(point.behind, point.row);
      },
    }),
    [points, openComparisons],
  );
}
