import type { ComparisonCounts } from './comparison-counts.ts';

/** Whether strengths can be told from the comparisons, and if not, who stands apart. */
export interface WinGraph {
  /** Every system was compared with every other, directly or through others. */
  readonly connected: boolean;
  /** Every system can be reached from every other along wins or ties: finite strengths exist (Zermelo, Ford). */
  readonly stronglyConnected: boolean;
  /** A group that never lost to, or never met, the rest; empty when strongly connected. */
  readonly unbeaten: readonly number[];
}

/** Looks at the graph with two searches: along wins and against them. */
export function winGraph({ players, wins, ties }: ComparisonCounts): WinGraph {
  const beats = (winner: number, loser: number) =>
    (wins[winner * players + loser] ?? 0) + (ties[winner * players + loser] ?? 0) > 0;
  const everyone = Array.from({ length: players }, (_player, player) => player);
  const reach = (follow: (from: number, to: number) => boolean, start: number) => {
    const seen = new Set([start]);
    for (const from of seen) for (const to of everyone) if (follow(from, to)) seen.add(to);
    return seen;
  };
  const beatenBy0 = reach(beats, 0);
  const beating0 = reach((from, to) => beats(to, from), 0);
  const met0 = reach((from, to) => beats(from, to) || beats(to, from), 0);
  const stronglyConnected = beatenBy0.size === players && beating0.size === players;
  // Whoever beats 0, directly or through others, without being beaten by 0's side stands above; else 0's side does.
  const unbeaten = stronglyConnected
    ? []
    : beatenBy0.size < players
      ? everyone.filter((player) => !beatenBy0.has(player))
      : everyone.filter((player) => beating0.has(player));
  return { connected: met0.size === players, stronglyConnected, unbeaten };
}
