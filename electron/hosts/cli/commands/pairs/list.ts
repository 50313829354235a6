import type { PairRow } from '../../../../../shared/contract/pair-methods.ts';
import {
  CHECK_KINDS,
  CLASS_CHOICES,
  PAIR_STATUSES,
  type PairFilter,
  REVIEW_CHOICES,
} from '../../../../../shared/pairs/pair-filter.ts';
import { PAIRS_FOUND, PAIRS_SHOWN } from '../../../../../shared/pairs/pair-limits.ts';
import type { CliCommand } from '../../client/command.ts';
import { oneOf, option, studyOption } from '../../options/option.ts';
import { countNumber, wholeNumber, wholeNumberBetween } from '../../options/option-numbers.ts';
import { sliceOf } from '../../options/slice-option.ts';
import { tableText } from '../../terminal/table-text.ts';

interface Given {
  readonly study: string;
  readonly text?: string;
  readonly status?: NonNullable<PairFilter['status']>;
  readonly slice?: string;
  readonly split?: 'dev' | 'test';
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly check?: NonNullable<PairFilter['check']>;
  readonly class?: NonNullable<PairFilter['class']>;
  readonly review?: NonNullable<PairFilter['review']>;
  readonly leftOut?: boolean;
  readonly from: number;
  readonly limit: number;
}

interface Listed {
  readonly pairs: readonly PairRow[];
  /** Where there may be more; null where the study was looked through. */
  readonly next: number | null;
}

export const command: CliCommand<Given, Listed> = {
  spec: {
    about: 'pairs that fit, in the order of the study, each with how far it is',
    options: [
      studyOption(),
      option('--text <text>', 'in the task or an output; an id, whole while the study is blind'),
      oneOf('--status <status>', 'how far it is', PAIR_STATUSES),
      option('--slice <name=value>', 'one slice'),
      oneOf('--split <side>', 'one side of the stable split', ['dev', 'test']),
      option('--at-least <labels>', 'fewest labels', countNumber),
      option('--at-most <labels>', 'most labels', countNumber),
      oneOf('--check <kind>', 'what its known answer is used for', CHECK_KINDS),
      oneOf('--class <class>', 'why people, or a judge, part on it', CLASS_CHOICES),
      oneOf('--review <state>', 'whether an adjudicator looked at it', REVIEW_CHOICES),
      option('--left-out', 'left out by the lead'),
      option('--from <number>', 'the pair to begin at', wholeNumber).default(1),
      option(
        '--limit <pairs>',
        'how many at most',
        wholeNumberBetween({ least: 1, most: PAIRS_FOUND }),
      ).default(50),
    ],
  },
  run: async (client, given) => {
    const studyId = await client.studyId(given.study);
    const filter = filterOf(given);
    const numbers: number[] = [];
    let next: number | null = given.from;
    while (next !== null && numbers.length < given.limit) {
      const from: number = next;
      const found = await client.follow('pairs.find', { studyId, filter, from });
      numbers.push(...found.numbers);
      next = found.next;
      if (next !== null)
        client.terminal.progress(`${numbers.length} found, ${next - 1} of ${found.pairs} looked at`);
    }
    client.terminal.progress('');
    const shown = numbers.slice(0, given.limit);
    const pairs: PairRow[] = [];
    for (let at = 0; at < shown.length; at += PAIRS_SHOWN)
      pairs.push(
        ...(await client.follow('pairs.list', { studyId, numbers: shown.slice(at, at + PAIRS_SHOWN) })),
      );
    return { pairs, next: numbers[given.limit] ?? next };
  },
  text: ({ pairs, next }) =>
    [
      pairs.length === 0 ? 'No pair fits.' : table(pairs),
      ...(next === null ? [] : [`There may be more: --from ${next}`]),
    ].join('\n'),
};

function filterOf(given: Given): PairFilter {
  const { text, status, slice, split, atLeast, atMost, check, review, leftOut } = given;
  return {
    ...(text === undefined ? {} : { text }),
    ...(status === undefined ? {} : { status }),
    ...(slice === undefined ? {} : { slice: sliceOf(slice) }),
    ...(split === undefined ? {} : { split }),
    ...(atLeast === undefined ? {} : { fewestLabels: atLeast }),
    ...(atMost === undefined ? {} : { mostLabels: atMost }),
    ...(check === undefined ? {} : { check }),
    ...(given.class === undefined ? {} : { class: given.class }),
    ...(review === undefined ? {} : { review }),
    ...(leftOut === true ? { isLeftOut: true } : {}),
  };
}

function table(pairs: readonly PairRow[]): string {
  return tableText(
    ['pair', 'id', 'labels', 'state', 'task'],
    pairs.map(({ number, id, labels, status, check, isLeftOut, class: found, review, task }) => [
      String(number),
      id ?? '–',
      String(labels),
      [isLeftOut ? 'left out' : null, status, check, found, review]
        .filter((each) => each !== null)
        .join(', '),
      task,
    ]),
  );
}
