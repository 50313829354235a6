import type { Option } from 'commander';
import {
  type AgreementOptions,
  agreementOptionsSchema,
} from '../../../../shared/labels/agreement-options.ts';
import { oneOf } from './option.ts';

const FLAGS = {
  ties: 'ties',
  bothBad: 'both-bad',
  unparsed: 'unparsed',
  inconsistent: 'inconsistent',
  consensus: 'consensus',
  adjudicated: 'adjudicated',
  orders: 'orders',
} as const satisfies Partial<Record<keyof AgreementOptions, string>>;

const NAMES = Object.keys(FLAGS) as (keyof typeof FLAGS)[];

/** An option for every policy that verdicts are folded by. */
export function policyOptions(): Option[] {
  const { shape } = agreementOptionsSchema;
  return NAMES.map((name) =>
    oneOf(`--${FLAGS[name]} <policy>`, shape[name].description ?? name, shape[name].unwrap().options),
  );
}

/** The policies that were named. */
export function policiesOf(given: Partial<AgreementOptions>): Partial<AgreementOptions> {
  return Object.fromEntries(
    NAMES.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
}
