/** Options that several commands about judges share. */
import type { Option } from 'commander';
import type { RunSelection } from '../../../../shared/contract/run-selection.ts';
import { option, required } from './option.ts';
import { positiveNumber, wholeNumber } from './option-numbers.ts';
import { sliceOf } from './slice-option.ts';

/** Which pairs a command is about. */
export interface SelectionGiven {
  readonly limit?: number;
  readonly slice?: string;
  readonly retryFailed?: boolean;
}

export function selectionOptions(retryFailed: string): Option[] {
  return [
    option('--limit <pairs>', 'at most this many pairs', wholeNumber),
    option('--slice <name=value>', 'only the pairs of this slice'),
    option('--retry-failed', retryFailed),
  ];
}

export function selectionOf({ limit, slice, retryFailed }: SelectionGiven): RunSelection {
  return {
    limit: limit ?? null,
    slice: slice === undefined ? null : sliceOf(slice),
    pairs: null,
    which: retryFailed === true ? 'failed' : 'missing',
  };
}

/** A judge as a file or by its version, or by its version alone. */
export function judgeOrFileOption(): Option {
  return required('--judge <file|id>', 'a judge file, or a version such as careful@2');
}

export function judgeOption(about = 'a version such as careful@2'): Option {
  return required('--judge <id>', about);
}

export function acceptCutOption(): Option {
  return option(
    '--accept-cut-prompts',
    'count verdicts although the endpoint reports to have read less than was sent',
  );
}

export function maxCostOption(about = 'stop before more is spent'): Option {
  return option('--max-cost <usd>', about, positiveNumber);
}
