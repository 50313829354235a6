import { otherSide, type Side } from '../../domain/verdict.ts';

/** One of the two outputs that a record compares. */
export interface NamedOutput {
  readonly system: string;
  readonly output: Readonly<Record<string, unknown>>;
}

/**
 * Two outputs with the system first in code-unit order as `a`, so that a pair has one spelling however a file names it.
 * `sideOf` tells where what the file calls its first or second output stands.
 */
export interface OrderedPair {
  readonly a: Readonly<Record<string, unknown>>;
  readonly b: Readonly<Record<string, unknown>>;
  readonly isSwapped: boolean;
  sideOf(side: Side): Side;
}

export function orderedPair(first: NamedOutput, second: NamedOutput): OrderedPair {
  const isSwapped = second.system < first.system;
  const [a, b] = isSwapped ? [second, first] : [first, second];
  return {
    a: { system: a.system, ...a.output },
    b: { system: b.system, ...b.output },
    isSwapped,
    sideOf: (side) => (isSwapped ? otherSide(side) : side),
  };
}
