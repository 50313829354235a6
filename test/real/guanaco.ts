/**
 * The votes on Guanaco's answers to the Vicuna questions as rows of the native format, made by a program of its own, to hold
 * `resources/mappings/guanaco-vicuna.json` against. Scores are about the order shown, so the file of Y against X is turned;
 * folders name models differently; raters are anonymous.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
