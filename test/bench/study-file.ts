/** A study as another team hands it over: three votes and two verdicts on every comparison, about a kilobyte and a half each. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { generatedRow } from './generated-rows.ts';

const VERDICTS = ['first', 'second', 'tie'] as const;
const RATERS = 12;
const VOTES_ON_EACH = 3;
const FIRST_VOTE_AT = Date.UTC(2026, 0, 5);

/** One comparison with its votes and verdicts. */
export function studyRow(index: number): Record<string, unknown> {
  const random = seededRandom(`said ${index}`);
  const verdict = () => VERDICTS[random.below(3)] ?? 'tie';
  return {
    ...generatedRow(index, 0),
    human: Array.from({ length: VOTES_ON_EACH }, (_none, place) => ({
      rater: `rater-${(index + place * 5) % RATERS}`,
      verdict: verdict(),
      shown: random.below(2) === 0 ? 'a_left' : 'b_left',
      at: new Date(FIRST_VOTE_AT + index * 1000 + place).toISOString(),
    })),
    judge: (['a_first', 'b_first'] as const).map((order) => ({
      judge: 'judge-1',
      order,
      verdict: verdict(),
      sample: 0,
      raw: `The ${order === 'a_first' ? 'former' : 'latter'} answer says more. [[${verdict()}]]`,
    })),
  };
}

/** Writes a JSON Lines file of `pairs` rows without holding it. */
export async function writeStudyFile(path: string, pairs: number): Promise<void> {
  const stream = createWriteStream(path);
  for (let index = 0; index < pairs; index++)
    if (!stream.write(`${JSON.stringify(studyRow(index))}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}
