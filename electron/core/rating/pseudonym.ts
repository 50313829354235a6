import { ServiceError } from '../../../shared/errors/errors.ts';

/** An e-mail address, or nothing but a telephone number. Ids of labelling platforms, however long, are neither. */
const LEADS_TO_A_PERSON = /@|^[+0][\d\s()/.-]{6,}$/u;

/** Who a pseudonym stands for is kept elsewhere. */
export function requirePseudonym(name: string): void {
  if (!LEADS_TO_A_PERSON.test(name)) return;
  throw new ServiceError('invalid_input', { key: 'rating.name_is_personal', values: { name } });
}
