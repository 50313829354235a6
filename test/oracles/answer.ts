import type { Estimate, Undefined } from '../../shared/stats/estimate.ts';

/** What the engine says to one question of an oracle. */
export type Answer = number | boolean | string | Undefined | Estimate | readonly Answer[];

/** Answers by the name of the quantity, computed only when asked for. */
export type Answers = Readonly<Record<string, () => Answer>>;

/**
 * How one family of oracle cases is put to the engine: from a case's input to its answers. `parametric`
 * answers quantities whose name holds a number (`ece10EqualWidth`); undefined means "not computed".
 */
export interface Family {
  readonly answers: (input: never, expected: Readonly<Record<string, { value: unknown }>>) => Answers;
  readonly parametric?: (input: never, quantity: string) => (() => Answer) | undefined;
  /** Which quantity a printed value or a trap is about, where the name alone does not say. */
  readonly about?: Readonly<Record<string, string>>;
}

/** Types an adapter's input at the one place where an oracle's input is trusted to have its documented shape. */
export function family<Input>(parts: {
  readonly answers: (input: Input, expected: Readonly<Record<string, { value: unknown }>>) => Answers;
  readonly parametric?: (input: Input, quantity: string) => (() => Answer) | undefined;
  readonly about?: Readonly<Record<string, string>>;
}): Family {
  return parts as Family;
}
