/**
 * Recipe: LLMBar's evaluators in both orders beside the authors' label as rows of the native format. A winner is about
 * output_1 and output_2 in both orders already; null is a reply that could not be read. The last element of `results` counts.
 *
 *     node test/real/llmbar.ts FOLDER > llmbar.jsonl
 *     npx touchstone import llmbar.jsonl --study LLMBar
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LLMBAR_SUBSETS = [
  'Natural',
  'Adversarial/GPTInst',
  'Adversarial/GPTOut',
  'Adversarial/Manual',
  'Adversarial/Neighbor',
];

interface LlmBarReply {
  readonly input: string;
  readonly output_1: string;
  readonly output_2: string;
  readonly label: 1 | 2;
  readonly results: readonly Readonly<
    Record<'swap = False' | 'swap = True', { readonly winner: '1' | '2' | null }>
  >[];
}

/** The authors' label as the one rater "gold"; winners are about output_1 and output_2 in both orders already. */
export function llmBarRows(folder: string): unknown[] {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
  const { subsets } = read('expected.json') as { subsets: Record<string, { evaluators: object }> };
  return LLMBAR_SUBSETS.flatMap((subset) => {
    const path = `LLMBar/${subset}`;
    const evaluators = Object.keys(subsets[path]?.evaluators ?? {});
    const replies = evaluators.map((name) => read(path, 'evaluators', name, 'result.json') as LlmBarReply[]);
    return (read(path, 'dataset.json') as LlmBarReply[]).map((row, at) => ({
      id: `${subset}: ${at}`,
      prompt: row.input,
      a: { system: 'output_1', text: row.output_1 },
      b: { system: 'output_2', text: row.output_2 },
      slices: { subset, kind: subset.split('/')[0] },
      human: [{ rater: 'gold', verdict: row.label === 1 ? 'first' : 'second' }],
      judge: evaluators.flatMap((judge, index) =>
        (['swap = False', 'swap = True'] as const).map((order) => {
          const winner = replies[index]?.[at]?.results.at(-1)?.[order].winner ?? null;
          return {
            judge,
            order: order === 'swap = False' ? 'a_first' : 'b_first',
            verdict: winner === null ? 'unparsed' : winner === '1' ? 'first' : 'second',
          };
        }),
      ),
    }));
  });
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('name the folder of the data set');
  for (const row of llmBarRows(folder)) console.log(JSON.stringify(row));
}
