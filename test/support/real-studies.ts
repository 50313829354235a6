/** The real data sets as rows of the native format: what a user of these files would write in a few lines. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productFolder } from '../../electron/core/product.ts';
import { mappingSchema } from '../../shared/formats/mapping.ts';
import { importFiles, importText, jsonLines } from './comparisons.ts';

/** Imports PandaLM with the mapping that ships. */
export async function importPandaLm(storePath: string, folder: string): Promise<string> {
  const path = join(productFolder, 'resources', 'mappings', 'pandalm.json');
  const mapping = mappingSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const names = ['testset-v1.json', 'gpt-3.5-turbo-testset-v1.json', 'pandalm-7b-testset-v1.json'];
  const files = names.map((name) => ({ name, path: join(folder, name) }));
  const { studyId } = await importFiles(storePath, files, { study: 'PandaLM', mapping });
  return studyId ?? '';
}

export async function importGuanaco(storePath: string, folder: string): Promise<string> {
  const { studyId } = await importText(storePath, jsonLines(guanacoRows(folder)), { study: 'Guanaco' });
  return studyId ?? '';
}

export async function importLlmBar(storePath: string, folder: string): Promise<string> {
  const { studyId } = await importText(storePath, jsonLines(llmBarRows(folder)), { study: 'LLMBar' });
  return studyId ?? '';
}

export const GUANACO_MODELS = [
  'bard',
  'gpt35',
  'gpt4',
  'guanaco-13b',
  'guanaco-33b',
  'guanaco-65b',
  'guanaco-7b',
  'vicuna-13b',
];

interface Line {
  readonly question_id: number;
  readonly text: string;
  readonly category: string;
  readonly generation: string;
  readonly score: number;
}

function linesOf(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** What the folders but the people's call a model. */
export function guanacoFile(model: string): string {
  const size = model.match(/^guanaco-(\d+)b$/)?.[1];
  if (size === undefined) return `answer-${model}`;
  return `${size === '33' ? '30' : size}b-guanaco-vicuna-generations-topp0.9-temp0.7`;
}

/** A score about the order shown, as a verdict about a and b. */
function guanacoVerdict(score: number, isAFirst: boolean): string {
  if (score === 3) return 'tie';
  if (score !== 1 && score !== 2) return 'unparsed';
  return (score === 1) === isAFirst ? 'first' : 'second';
}

/** a is the model whose name sorts first; raters are anonymous, so they are numbered by their place in the file. */
export function guanacoRows(folder: string): unknown[] {
  const questions = linesOf(join(folder, 'prompts', 'vicuna_questions.jsonl'));
  const answers = new Map(
    GUANACO_MODELS.map((model) => {
      const file = guanacoFile(model).replace('answer-', 'answer_');
      const isGuanaco = model.startsWith('guanaco');
      const lines = linesOf(join(folder, 'generations', `${file}.jsonl`));
      return [
        model,
        new Map(lines.map((line) => [line.question_id, isGuanaco ? line.generation : line.text])),
      ];
    }),
  );
  return GUANACO_MODELS.flatMap((a, index) =>
    GUANACO_MODELS.slice(index + 1).flatMap((b) => {
      if (!a.startsWith('guanaco') && !b.startsWith('guanaco')) return [];
      const human = new Map<number, string[]>();
      const judge = new Map<number, object[]>();
      for (const isAFirst of [true, false]) {
        const [one, two] = isAFirst ? [a, b] : [b, a];
        const people = join(
          folder,
          'ratings-human',
          `answer_${one}-vs-answer_${two}-human-reviewer_threeclass.jsonl`,
        );
        for (const { question_id, score } of existsSync(people) ? linesOf(people) : []) {
          human.set(question_id, [...(human.get(question_id) ?? []), guanacoVerdict(score, isAFirst)]);
        }
        const name = `${guanacoFile(one)}-vs-${guanacoFile(two)}-gpt-4-reviewer-threeclass.jsonl`;
        for (const { question_id, score } of linesOf(join(folder, 'ratings-gpt4', name))) {
          const order = isAFirst ? 'a_first' : 'b_first';
          const verdict = guanacoVerdict(score, isAFirst);
          judge.set(question_id, [...(judge.get(question_id) ?? []), { judge: 'gpt-4', order, verdict }]);
        }
      }
      return questions.map(({ question_id, text, category }) => ({
        id: `${a} vs ${b}: ${question_id}`,
        prompt: text,
        a: { system: a, text: answers.get(a)?.get(question_id) },
        b: { system: b, text: answers.get(b)?.get(question_id) },
        slices: { category },
        human: human.get(question_id)?.map((verdict, at) => ({ rater: `rater ${at + 1}`, verdict })),
        judge: judge.get(question_id),
      }));
    }),
  );
}

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
