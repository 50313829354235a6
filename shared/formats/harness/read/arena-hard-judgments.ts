/**
 * Arena-Hard's judgments (`model_judgment/<judge>/<model>.jsonl`) on pairs that its answers made. The first game shows the
 * baseline as A, the second the model. A game without a score is a reply that could not be read. How much better an output is, of
 * which their script makes a weight of three, is kept as a preference between the two.
 */
import { z } from 'zod';
import type { StatedScore } from '../../../study/judgment-score.ts';
import { type HarnessFormat, leaveOut, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { harmless } from './unread-fields.ts';

const name = z.string().min(1).max(200);
const key = z.union([z.number(), z.string().min(1).max(200)]);

/** From the baseline being much better to the model being much better; which is which is in the ends, and so kept. */
const BASELINE_END = 1;
const MODEL_END = 5;

/** Version 0.1 had one baseline, which its files do not name. */
const FIRST_BASELINE = 'gpt-4-0314';

const gameSchema = z
  .object({
    score: z.string().nullable().optional(),
    prompt: z.unknown().optional(),
    user_prompt: z.unknown().optional(),
    judgment: z
      .union([z.string(), z.looseObject({ answer: z.string().nullable().optional() })])
      .nullable()
      .optional(),
  })
  .nullable();

const rowSchema = z.object({
  uid: key.optional(),
  question_id: key.optional(),
  judge: name,
  model: name,
  baseline: name.default(FIRST_BASELINE),
  games: z.array(gameSchema).min(1).max(2),
});

type Row = z.output<typeof rowSchema>;

/** Of a question what stands with the question. */
const HARMLESS = harmless('category', 'subcategory', 'tstamp', 'ans_id');

export const arenaHardJudgments: HarnessFormat = {
  name: 'arena-hard-judgments',
  title: 'Arena-Hard judgments',
  order:
    'scores name what was shown: the first game shows the baseline as A (gpt-4-0314 where none is named), the second the model',
  recognise: (record) => {
    if (!('games' in record)) return null;
    if ('uid' in record && 'baseline' in record) return 'it has uid, games and baseline';
    return 'question_id' in record && 'model' in record && 'judge' in record
      ? 'it has question_id, model, judge and games'
      : null;
  },
  reader: () => rowsBy(rowSchema, convert, HARMLESS),
};

function convert({ uid: named, question_id: numbered, judge, model, baseline, games }: Row) {
  const uid = named ?? numbered;
  if (uid === undefined) return wrong('uid', 'is missing, as is question_id');
  if (model === baseline) return leaveOut('judgments of the baseline against itself');
  const [first] = [model, baseline].sort();
  const judgments: unknown[] = [];
  let hasPrompts = false;
  for (const [index, game] of games.entries()) {
    if (isAsked(game?.prompt) || isAsked(game?.user_prompt)) hasPrompts = true;
    const shownFirst = index === 0 ? baseline : model;
    const order = shownFirst === first ? 'a_first' : 'b_first';
    const said = game === null ? null : (game.score ?? null);
    const read = said === null ? null : scoreOf(said);
    if (said !== null && read === null)
      return wrong(
        `games[${index}].score`,
        `is ${JSON.stringify(said?.slice(0, 40))}, which names no verdict`,
      );
    const judgment = game?.judgment ?? null;
    const raw = typeof judgment === 'string' ? judgment : (judgment?.answer ?? null);
    const none = { verdict: game === null ? 'error' : 'unparsed' };
    judgments.push({
      judge,
      order,
      ...(read === null ? none : verdictOf(index === 0 ? -read : read, model === first)),
      ...(raw === null ? {} : { raw }),
    });
  }
  const second = first === model ? baseline : model;
  const native = nativeRows([{ id: `${uid}/${first}/${second}`, judge: judgments }]);
  return native.ok && hasPrompts ? { ...native, leftOut: 'prompts to judges, as they were asked' } : native;
}

function isAsked(prompt: unknown): boolean {
  return Array.isArray(prompt) ? prompt.length > 0 : prompt != null && prompt !== '';
}

/** How much better the output shown as A is: 2 much, 1, 0 as good, and the same below; null for what is no score. */
function scoreOf(score: string): number | null {
  const [, left, sign, right] = /^([AB])(>{1,2}|<{1,2}|=)([AB])$/u.exec(score.trim()) ?? [];
  if (left === undefined || sign === undefined || right === undefined || left === right) return null;
  if (sign === '=') return 0;
  return (left === 'A') === sign.startsWith('>') ? sign.length : -sign.length;
}

/**
 * @param better by how much the model is better than the baseline, from −2 to 2
 * @param isFirst whether the model is the pair's first output
 */
function verdictOf(
  better: number,
  isFirst: boolean,
): { readonly verdict: string; readonly score: StatedScore } {
  const [first, second] = isFirst ? [MODEL_END, BASELINE_END] : [BASELINE_END, MODEL_END];
  return {
    verdict: better === 0 ? 'tie' : better > 0 === isFirst ? 'first' : 'second',
    score: { kind: 'preference', value: (BASELINE_END + MODEL_END) / 2 + better, first, second },
  };
}
