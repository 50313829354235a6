import { ServiceError } from '../../../shared/contract/errors.ts';

/** Who a pseudonym stands for is kept elsewhere; what reads like an address or a number of a person is none. */
export function requirePseudonym(name: string): void {
  if (!/@|\p{Nd}{7}/u.test(name)) return;
  throw new ServiceError(
    'invalid_input',
    `“${name}” looks like an address or a number that leads to a person. Choose a pseudonym.`,
  );
}
