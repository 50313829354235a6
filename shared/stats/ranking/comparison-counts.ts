/** Paired comparisons of `players` systems, counted: `wins[i * players + j]` of i over j, `ties` on both sides. */
export interface ComparisonCounts {
  readonly players: number;
  readonly wins: Float64Array;
  /** Symmetric: a tie between i and j stands at (i, j) and at (j, i). */
  readonly ties: Float64Array;
}

/** One or several comparisons of the same two systems. */
export interface ComparisonRow {
  readonly a: number;
  readonly b: number;
  readonly winA: number;
  readonly winB: number;
  readonly tie: number;
}

/** Counts rows. Throws when a system is compared with itself or is not one of `players`. */
export function countComparisons(rows: readonly ComparisonRow[], players: number): ComparisonCounts {
  const wins = new Float64Array(players * players);
  const ties = new Float64Array(players * players);
  for (const [index, { a, b, winA, winB, tie }] of rows.entries()) {
    if (a === b || !(a >= 0 && a < players && b >= 0 && b < players)) {
      throw new RangeError(`row ${index}: ${a} against ${b} is not a comparison of ${players} systems`);
    }
    add(wins, a * players + b, winA);
    add(wins, b * players + a, winB);
    add(ties, a * players + b, tie);
    add(ties, b * players + a, tie);
  }
  return { players, wins, ties };
}

/**
 * Counts a long list of single comparisons, encoded once: the systems on each side, and the outcome for the first
 * side as 0 loss, 1 tie, 2 win.
 */
export function countOutcomes(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  outcome: ArrayLike<number>,
  players: number,
): ComparisonCounts {
  const cells = new Int32Array(players * players * 3);
  for (let index = 0; index < outcome.length; index++) {
    const cell = ((first[index] ?? 0) * players + (second[index] ?? 0)) * 3 + (outcome[index] ?? 0);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  const wins = new Float64Array(players * players);
  const ties = new Float64Array(players * players);
  for (let a = 0; a < players; a++) {
    for (let b = 0; b < players; b++) {
      const from = (a * players + b) * 3;
      add(wins, b * players + a, cells[from] ?? 0);
      add(wins, a * players + b, cells[from + 2] ?? 0);
      add(ties, a * players + b, cells[from + 1] ?? 0);
      add(ties, b * players + a, cells[from + 1] ?? 0);
    }
  }
  return { players, wins, ties };
}

/** Wins with every tie as half a win for each side (the Arena convention). */
export function halfWins({ wins, ties }: ComparisonCounts): Float64Array {
  return wins.map((count, index) => count + (ties[index] ?? 0) / 2);
}

function add(into: Float64Array, index: number, count: number): void {
  into[index] = (into[index] ?? 0) + count;
}
