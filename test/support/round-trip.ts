/** What a study says, and studies at random: what comes back is held against it. */
import fc from 'fast-check';
import type { Comparison } from '../../shared/formats/own/native.ts';
import { exportStudy, linesOf } from './exported-study.ts';

/** What a vote says of a pair, whichever output is called first. */
export interface Said {
  readonly pair: string;
  readonly by: string;
  readonly better: string;
}

/** Votes of a study in terms of texts and systems. */
export function saidIn(rows: readonly Comparison[], nameOf: (rater: string) => string): Said[] {
  return rows
    .flatMap(({ prompt, messages, a, b, human = [] }) => {
      const outputOf = ({ system, text, messages: turns }: Comparison['a']) =>
        JSON.stringify([system, text ?? turns?.map(({ content }) => content).join('|')]);
      const asked = prompt ?? messages?.map(({ content }) => content).join('|');
      const pair = JSON.stringify([asked, [outputOf(a), outputOf(b)].sort()]);
      return human.map(({ rater, verdict }) => ({
        pair,
        by: nameOf(rater),
        better: verdict === 'first' ? a.system : verdict === 'second' ? b.system : verdict,
      }));
    })
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

/** A study's comparisons, as its own format has them. */
export async function nativeRowsOf(storePath: string, studyId: string): Promise<Comparison[]> {
  const { content } = await exportStudy(storePath, studyId, 'native');
  return linesOf(content['comparisons.jsonl']) as Comparison[];
}

export const TEXT = fc
  .string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom('a', 'Z', 'é', '"', ',', '\n', '🦉', ' ', '|'),
  })
  .map((text) => `t${text}`);
export const VERDICT = fc.constantFrom('first', 'second', 'tie', 'both_bad');

/** Studies of a few pairs, with votes. */
export const STUDY = fc
  .uniqueArray(
    fc.record({
      prompt: TEXT,
      first: TEXT,
      second: TEXT,
      isTurned: fc.boolean(),
      votes: fc.array(VERDICT, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6, selector: ({ prompt }) => prompt },
  )
  .map((pairs) =>
    pairs.map(({ prompt, first, second, isTurned, votes }, index) => ({
      id: `pair-${index}`,
      prompt,
      a: { system: isTurned ? 'm-2' : 'm-1', text: first },
      b: { system: isTurned ? 'm-1' : 'm-2', text: second },
      human: votes.map((verdict, rater) => ({ rater: `r${rater}`, verdict })),
    })),
  );

/** Verdicts of judges as one line each. */
export function judgedIn(rows: readonly Comparison[]): string[] {
  return rows
    .flatMap(({ id, judge = [] }) => judge.map((each) => `${id} ${each.judge} ${each.verdict}`))
    .sort();
}
