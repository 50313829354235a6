import type { PairFilter } from '../../../shared/pairs/pair-filter.ts';
import type { Choices } from '../../state/route.ts';

/** The filter that an address holds. It may be anything; what is in it is looked at where it is asked for. */
export function filterOf({ filter }: Choices): PairFilter {
  try {
    const value: unknown = JSON.parse(filter ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** The pair that an address opens, or the number it begins at; null for any other text. */
export function numberOf(text: string | undefined): number | null {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}
