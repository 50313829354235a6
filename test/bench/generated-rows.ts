/** Native rows for benchmarks: about a kilobyte each, made up from a seed, two votes on the first half. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { seededRandom } from '../../shared/random/seeded-random.ts';

const WORDS =
  'amber basalt cedar delta ember fjord granite harbour indigo juniper kelp lichen marble nettle ochre pumice'.split(
    ' ',
  );
const VERDICTS = ['first', 'second', 'tie'] as const;

function textOf(seed: number, words: number): string {
  const random = seededRandom(`text ${seed}`);
  const out: string[] = [];
  for (let count = 0; count < words; count++) out.push(WORDS[random.below(WORDS.length)] ?? '');
  return out.join(' ');
}

/** One row. Every item has two comparisons, as harness runs often do. */
export function generatedRow(index: number, total: number): Record<string, unknown> {
  const random = seededRandom(`row ${index}`);
  const vote = () => VERDICTS[random.below(3)] ?? 'tie';
  return {
    id: `c-${index}`,
    prompt: `Question ${Math.floor(index / 2)}: ${textOf(Math.floor(index / 2), 24)}`,
    a: { system: `system-${index % 4}`, text: `Answer ${index}: ${textOf(index, 54)}` },
    b: { system: `system-${(index + 1) % 4}`, text: `Reply ${index}: ${textOf(index + 7, 54)}` },
    slices: { category: WORDS[index % 8] ?? '' },
    ...(index < total / 2
      ? {
          human: [
            { rater: 'r1', verdict: vote() },
            { rater: 'r2', verdict: vote() },
          ],
          judge: [{ judge: 'j', order: 'a_first', verdict: vote() }],
        }
      : {}),
  };
}

/** Writes a JSON Lines file of `total` rows without holding it. */
export async function writeGeneratedFile(path: string, total: number): Promise<void> {
  const stream = createWriteStream(path);
  let batch = '';
  for (let index = 0; index < total; index++) {
    batch += `${JSON.stringify(generatedRow(index, total))}\n`;
    if (batch.length > 1 << 20) {
      if (!stream.write(batch)) await once(stream, 'drain');
      batch = '';
    }
  }
  stream.end(batch);
  await once(stream, 'finish');
}
