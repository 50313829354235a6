import { isDeepStrictEqual } from 'node:util';
import type { Method } from '../../shared/contract/method.ts';

/** The tests' seam: every reply of every method is held against its schema, in whatever process it is given. */
const CHECKS_ALL = process.env.TOUCHSTONE_CHECK_REPLIES === '1';

/**
 * A reply as it may leave. What goes to a rater always passes its schema.
 *
 * @throws where a reply is not what its schema says: a fault of the program
 */
export function checkReply({ audience, reply }: Pick<Method, 'audience' | 'reply'>, value: unknown): unknown {
  if (!CHECKS_ALL) return audience === 'rater' ? reply().parse(value) : value;
  const parsed = reply().parse(value);
  // A schema may fill in a default or leave something out; a reply is to be whole as it is.
  if (!isDeepStrictEqual(parsed, value)) throw new Error('a reply is not what its schema makes of it');
  return parsed;
}
