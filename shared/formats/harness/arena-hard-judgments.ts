/**
 * Arena-Hard's judgments (`model_judgment/<judge>/<model>.jsonl`) on pairs that its answers made. The first game shows the
 * baseline as A, the second the model. A game without a score is a reply that could not be read.
 */
import { z } from 'zod';
import { type HarnessFormat, leftOut, nativeRows, rowsBy, wrong } from './harness-format.ts';

const name = z.string().min(1).max(200);
const key = z.union([z.number(), z.string().min(1).max(200)]);

/** Version 0.1 had one baseline, which its files do not name. */
const FIRST_BASELINE = 'gpt-4-0314';

const gameSchema = z
  .object({
    score: z.string().nullable().optional(),
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
  reader: () => rowsBy(rowSchema, convert),
};

function convert({ uid: named, question_id: numbered, judge, model, baseline, games }: Row) {
  const uid = named ?? numbered;
  if (uid === undefined) return wrong('uid', 'is missing, as is question_id');
  if (model === baseline) return leftOut('judgments of the baseline against itself');
  const [first] = [model, baseline].sort();
  const judgments: unknown[] = [];
  for (const [index, game] of games.entries()) {
    const shownFirst = index === 0 ? baseline : model;
    const order = shownFirst === first ? 'a_first' : 'b_first';
    const said = game === null ? null : (game.score ?? null);
    const verdict = game === null ? 'error' : said === null ? 'unparsed' : verdictOf(said);
    if (verdict === null)
      return wrong(
        `games[${index}].score`,
        `is ${JSON.stringify(said?.slice(0, 40))}, which names no verdict`,
      );
    const judgment = game?.judgment ?? null;
    const raw = typeof judgment === 'string' ? judgment : (judgment?.answer ?? null);
    const isMapped = verdict === 'A' || verdict === 'B';
    judgments.push({
      judge,
      order,
      verdict: isMapped ? ((verdict === 'A') === (order === 'a_first') ? 'first' : 'second') : verdict,
      ...(raw === null ? {} : { raw }),
    });
  }
  const second = first === model ? baseline : model;
  return nativeRows([{ id: `${uid}/${first}/${second}`, judge: judgments }]);
}

/** Which of the outputs shown is better, however much. */
function verdictOf(score: string): 'A' | 'B' | 'tie' | null {
  const [, left, sign, right] = /^([AB])(>{1,2}|<{1,2}|=)([AB])$/u.exec(score.trim()) ?? [];
  if (left === undefined || right === undefined || left === right) return null;
  if (sign === '=') return 'tie';
  return (sign?.startsWith('>') ? left : right) as 'A' | 'B';
}
