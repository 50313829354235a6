import type { ComparisonCounts } from './comparison-counts.ts';

/** Whether strengths can be told from the comparisons, and if not, who stands apart. */
export interface WinGraph {
  /** Every system was compared with every other, directly or through others. */
  readonly connected: boolean;
  /** Every system can be reached from every other along wins or ties: finite strengths exist (Zermelo, Ford). */
  readonly stronglyConnected: boolean;
  /** Groups of systems that met each other, directly or through others; one when connected. */
  readonly components: readonly (readonly number[])[];
  /** A group that met the rest and never lost to it; empty where there is none or the graph falls apart. */
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
  const components: number[][] = [];
  const placed = new Set<number>();
  for (const player of everyone) {
    if (placed.has(player)) continue;
    const component = [...reach((from, to) => beats(from, to) || beats(to, from), player)].sort(
      (a, b) => a - b,
    );
    for (const member of component) placed.add(member);
    components.push(component);
  }
  const connected = components.length <= 1;
  const stronglyConnected = beatenBy0.size === players && beating0.size === players;
  // Whoever is out of reach of 0's wins was never beaten from there; else those that reach 0 are not beaten by the rest.
  const unbeaten =
    stronglyConnected || !connected
      ? []
      : beatenBy0.size < players
        ? everyone.filter((player) => !beatenBy0.has(player))
        : everyone.filter((player) => beating0.has(player));
  return { connected, stronglyConnected, components, unbeaten };
}

/** Systems with finite strengths among themselves, and how each other one stands to them. */
export interface RankableGroup {
  /** The largest group in which every system can be reached from every other along wins or ties, ascending. */
  readonly members: readonly number[];
  readonly others: readonly {
    readonly player: number;
    readonly stands: 'never_lost' | 'never_won' | 'never_met';
  }[];
}

/**
 * Who can be ranked: without the others the members' strengths are what they are in the limit in which those of the others go to
 * infinity. Of equally large groups the one with the lowest number counts.
 */
export function rankableGroup({ players, wins, ties }: ComparisonCounts): RankableGroup {
  const beats = (winner: number, loser: number) =>
    (wins[winner * players + loser] ?? 0) + (ties[winner * players + loser] ?? 0) > 0;
  const everyone = Array.from({ length: players }, (_player, player) => player);
  const reached = everyone.map((start) => {
    const seen = new Set([start]);
    for (const from of seen) for (const to of everyone) if (beats(from, to)) seen.add(to);
    return seen;
  });
  const isAbove = (one: number, other: number) => reached[one]?.has(other) === true;
  let members: readonly number[] = [];
  for (const player of everyone) {
    const group = everyone.filter((other) => isAbove(player, other) && isAbove(other, player));
    if (group.length > members.length) members = group;
  }
  const others = everyone
    .filter((player) => !members.includes(player))
    .map((player) => ({
      player,
      stands: members.some((member) => isAbove(player, member))
        ? ('never_lost' as const)
        : members.some((member) => isAbove(member, player))
          ? ('never_won' as const)
          : ('never_met' as const),
    }));
  return { members, others };
}

/**
 * Why there are no finite strengths, naming the systems by their numbers (from 0), or null when there are.
 */
export function reasonForNoStrengths(counts: ComparisonCounts): string | null {
  const { connected, stronglyConnected, components, unbeaten } = winGraph(counts);
  if (stronglyConnected) return null;
  if (connected) return `no finite strengths exist: ${namePlayers(unbeaten)} never lost to the rest`;
  const groups = components.map(namePlayers).join(' | ');
  return `no finite strengths exist: some groups were never compared with each other: ${groups}`;
}

function namePlayers(players: readonly number[]): string {
  return `${players.length === 1 ? 'system' : 'systems'} ${players.join(', ')}`;
}
