import { type PairFilter, pairFilterSchema } from '../../../shared/pairs/pair-filter.ts';
import type { Choices } from '../../state/route.ts';

/** The filter that an address holds; of one that somebody wrote wrongly, all pairs. */
export function filterOf({ filter }: Choices): PairFilter {
  try {
    return pairFilterSchema.parse(JSON.parse(filter ?? '{}'));
  } catch {
    return {};
  }
}

/** The pair that an address opens, or the number it begins at; null for any other text. */
export function numberOf(text: string | undefined): number | null {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}
