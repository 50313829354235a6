import type { Comparison } from '../../shared/formats/own/native.ts';

/** How many votes each system wins, a tie as half a vote for each. */
export function sharesOfVotes(rows: readonly Comparison[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { a, b, human = [] } of rows)
    for (const { verdict } of human) {
      const share = verdict === 'first' ? 1 : verdict === 'second' ? 0 : 0.5;
      sums[a.system] = (sums[a.system] ?? 0) + share;
      sums[b.system] = (sums[b.system] ?? 0) + 1 - share;
    }
  return sums;
}
