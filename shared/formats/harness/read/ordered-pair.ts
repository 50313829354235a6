import { otherSide, type Side } from '../../../study/verdict.ts';

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
  readonly a: Readonly<Record<string, unknown>> & { readonly system: string };
  readonly b: Readonly<Record<string, unknown>> & { readonly system: string };
  readonly isSwapped: boolean;
  sideOf(side: Side): Side;
}

export function orderPair(first: NamedOutput, second: NamedOutput): OrderedPair {
  return turnPair(first, second, second.system < first.system);
}

/**
 * Two outputs in the places that a file gives them, for tools to which these mean something; in those of the stored pair where
 * there is one.
 */
export function placePair(
  first: NamedOutput,
  second: NamedOutput,
  stored: { readonly first: string; readonly second: string } | undefined,
): OrderedPair {
  const isTurned = stored !== undefined && stored.first === second.system && stored.second === first.system;
  return turnPair(first, second, isTurned && first.system !== second.system);
}

/** The same with the order that somebody says a pair had. */
export function turnPair(first: NamedOutput, second: NamedOutput, isSwapped: boolean): OrderedPair {
  const [a, b] = isSwapped ? [second, first] : [first, second];
  return {
    a: { ...a.output, system: a.system },
    b: { ...b.output, system: b.system },
    isSwapped,
    sideOf: (side) => (isSwapped ? otherSide(side) : side),
  };
}
