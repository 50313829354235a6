import { type Command, Option } from 'commander';
import {
  type AgreementOptions,
  agreementOptionsSchema,
} from '../../../../shared/labels/agreement-options.ts';

const FLAGS = {
  ties: 'ties',
  bothBad: 'both-bad',
  unparsed: 'unparsed',
  inconsistent: 'inconsistent',
  consensus: 'consensus',
  adjudicated: 'adjudicated',
  orders: 'orders',
} as const satisfies Partial<Record<keyof AgreementOptions, string>>;

/** Adds an option for every policy that verdicts are folded by. */
export function addPolicyOptions(command: Command): Command {
  const { shape } = agreementOptionsSchema;
  for (const [name, flag] of Object.entries(FLAGS) as [keyof typeof FLAGS, string][]) {
    const option = new Option(`--${flag} <policy>`, shape[name].description ?? name);
    command.addOption(option.choices([...shape[name].unwrap().options]));
  }
  return command;
}
