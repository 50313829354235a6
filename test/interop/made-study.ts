/** Studies that are made up, the same on every run. All of it is synthetic. */

import type { Comparison, HumanVote, JudgeRow } from '../../shared/formats/own/native.ts';
import { type RandomSource, seededRandom } from '../../shared/random/seeded-random.ts';

export const RATERS = ['ann', 'bob', 'cem'] as const;
export const JUDGE = 'strict-judge';

/** The first is `a` of every pair, and stands after the second in the alphabet. */
export const SYSTEMS = ['zebra-7b', 'apple-2'] as const;

/** What texts hold that files, templates and tables have stumbled over. */
const TRIALS_OF_TEXT = [
  'plain words',
  'two\nlines and a "quotation"',
  'a comma, a; semicolon and a\ttab',
  'Ünïcödé, 漢字 and 🪨',
  '{"not": "a document"} and {{ braces }}',
  '= 1 + 1, which is no formula',
  '',
  'a back\\slash and $dollar$',
];

type Verdict = Exclude<HumanVote['verdict'], 'skipped'>;

export interface MadeStudy {
  readonly pairs?: number;
  /** Begins every id, and seeds what is drawn. */
  readonly prefix?: string;
  readonly verdicts?: readonly Verdict[];
  readonly judge?: string;
  /** Raters who leave a vote out now and then make unequal counts. */
  readonly isFull?: boolean;
}

/** Pairs of two systems with three raters’ votes and a judge in both orders. */
export function madeStudy({
  pairs = 48,
  prefix = 'q',
  verdicts = ['first', 'second', 'tie'],
  judge = JUDGE,
  isFull = true,
}: MadeStudy = {}): Comparison[] {
  const random = seededRandom(`made study ${prefix}`);
  return Array.from({ length: pairs }, (_, index) => {
    const truth = pick(random, verdicts);
    const noisy = () => (random.below(3) === 0 ? pick(random, verdicts) : truth);
    const trial = TRIALS_OF_TEXT[index % TRIALS_OF_TEXT.length];
    const votes = RATERS.map((rater): HumanVote => ({ rater, verdict: noisy() }));
    return {
      id: `${prefix}-${index}`,
      prompt: `Question ${index}: what of ${trial}?`,
      reference: `Reference ${index}`,
      a: { system: SYSTEMS[0], text: `Answer ${index} of one: ${trial}` },
      b: { system: SYSTEMS[1], text: `Answer ${index} of the other: ${trial}` },
      slices: { category: index % 3 === 0 ? 'rivers' : 'lakes' },
      human: isFull ? votes : votes.filter(() => random.below(4) > 0),
      judge: (['a_first', 'b_first'] as const).map(
        (order): JudgeRow => ({ judge, order, verdict: noisy(), sample: 0 }),
      ),
    };
  });
}

function pick<Value>(random: RandomSource, from: readonly Value[]): Value {
  return from[random.below(from.length)] as Value;
}
