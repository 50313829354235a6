/**
 * Argilla 2's records (`Record.to_dict()`, `records.json`): people answer as responses, a judge as a suggestion with its
 * agent. A ranking of two fields, or a label that names one, is a verdict; a ranking with both at one rank is a tie.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import type { HumanVerdict } from '../../domain/verdict.ts';
import { readBy } from '../native.ts';
import { type HarnessFormat, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { type OrderedPair, orderedPair } from './ordered-pair.ts';

const name = z.string().min(1).max(200);
const fields = z.record(z.string().max(200), z.unknown());

const ranking = z
  .array(z.union([z.string(), z.object({ value: z.string(), rank: z.number().optional() })]))
  .max(20);

const rowSchema = z.object({
  id: z.union([z.number(), z.string().min(1).max(500)]),
  fields,
  metadata: fields.nullable().optional(),
  suggestions: z
    .record(
      z.string(),
      z.object({ value: z.unknown(), score: z.unknown().optional(), agent: name.nullable().optional() }),
    )
    .default({}),
  responses: z
    .record(
      z.string(),
      z.array(z.object({ value: z.unknown(), user_id: name, status: z.string().optional() })).max(1000),
    )
    .default({}),
});

type Row = z.output<typeof rowSchema>;

export const argillaRecords: HarnessFormat = {
  name: 'argilla',
  title: 'Argilla records',
  order: 'answers name fields; which field was shown first is not said',
  recognise: (record) =>
    'fields' in record && 'responses' in record && 'suggestions' in record
      ? 'it has fields, responses and suggestions'
      : null,
  reader: () => {
    const watch = new RankingWatch();
    const { read } = rowsBy(rowSchema, (row) => {
      watch.take(row);
      return convert(row);
    });
    return {
      read,
      warnings: () => (watch.warning === null ? [] : [watch.warning]),
    };
  },
};

/** Names of the field with the question, and of the two with answers, in Argilla's own examples. */
const PROMPTS = ['prompt', 'instruction', 'question'];
const PAIRS = [
  ['response_1', 'response_2'],
  ['response1', 'response2'],
  ['response_a', 'response_b'],
  ['output_1', 'output_2'],
] as const;

function convert(row: Row) {
  const textOf = (field: string) => {
    const value = row.fields[field];
    return typeof value === 'string' && value.length <= MAX_TEXT_LENGTH ? value : undefined;
  };
  const prompt = PROMPTS.map(textOf).find((text) => text !== undefined);
  const names = PAIRS.find(([one, two]) => textOf(one) !== undefined && textOf(two) !== undefined);
  if (prompt === undefined) return wrong('fields', `has none of ${PROMPTS.join(', ')}`);
  if (names === undefined)
    return wrong('fields', `has no two answers, as ${PAIRS.map((pair) => pair.join(' and ')).join(', or ')}`);
  const systemOf = (field: string) => {
    const given = row.metadata?.[`${field}_model`] ?? row.metadata?.[`model_${field}`];
    return typeof given === 'string' && given !== '' ? given.slice(0, 200) : field;
  };
  const pair = orderedPair(
    { system: systemOf(names[0]), output: { text: textOf(names[0]) } },
    { system: systemOf(names[1]), output: { text: textOf(names[1]) } },
  );
  const voted = new Set<string>();
  let unread = 0;
  const human = Object.values(row.responses).flatMap((responses) =>
    responses.flatMap(({ value, user_id, status }) => {
      const verdict = status === 'discarded' ? ('skipped' as const) : verdictOf(value, names, pair);
      if (verdict === null || voted.has(user_id)) {
        unread++;
        return [];
      }
      voted.add(user_id);
      return [{ rater: user_id, verdict, ...(verdict === 'skipped' ? { reason: 'other' } : {}) }];
    }),
  );
  const judged = new Set<string>();
  const judge = Object.entries(row.suggestions).flatMap(([question, { value, score, agent }]) => {
    const by = agent ?? question;
    const verdict = verdictOf(value, names, pair);
    if (verdict === null || judged.has(by)) {
      unread++;
      return [];
    }
    judged.add(by);
    return [
      { judge: by, order: 'unknown', sample: 0, verdict, ...(typeof score === 'number' ? { score } : {}) },
    ];
  });
  const rows = nativeRows([
    {
      id: String(row.id),
      prompt,
      a: pair.a,
      b: pair.b,
      ...(human.length === 0 ? {} : { human }),
      ...(judge.length === 0 ? {} : { judge }),
    },
  ]);
  return rows.ok && unread > 0 ? { ...rows, leftOut: 'answers to questions that compare nothing' } : rows;
}

function verdictOf(
  value: unknown,
  [one, two]: readonly [string, string],
  pair: OrderedPair,
): HumanVerdict | null {
  if (value === one) return pair.sideOf('first');
  if (value === two) return pair.sideOf('second');
  if (value === 'tie' || value === 'both_bad') return value;
  if (!Array.isArray(value)) return null;
  const parsed = readBy(ranking, value);
  if (!parsed.ok) return null;
  const rankOf = new Map(
    parsed.value.map((each, place) =>
      typeof each === 'string' ? [each, place + 1] : [each.value, each.rank ?? place + 1],
    ),
  );
  const [first, second] = [rankOf.get(one), rankOf.get(two)];
  if (first === undefined || second === undefined) return null;
  if (first === second) return 'tie';
  return pair.sideOf(first < second ? 'first' : 'second');
}

/** Fewer rankings than this say little. */
const FEWEST_RANKINGS = 10;

/** Whether every ranking of a file has the fields in the order they were declared: more likely a known fault than so much agreement. */
class RankingWatch {
  #rankings = 0;
  #asDeclared = 0;

  take({ fields: given, responses }: Row): void {
    const declared = Object.keys(given);
    for (const { value } of Object.values(responses).flat()) {
      if (!Array.isArray(value)) continue;
      const ranked = readBy(ranking, value);
      if (!ranked.ok || ranked.value.length < 2) continue;
      this.#rankings++;
      const order = ranked.value.map((each) => (typeof each === 'string' ? each : each.value));
      const places = order.map((field) => declared.indexOf(field));
      if (places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1)))
        this.#asDeclared++;
    }
  }

  /** What to say of it; null where there is nothing to. */
  get warning(): string | null {
    return this.#rankings >= FEWEST_RANKINGS && this.#rankings === this.#asDeclared
      ? `All ${this.#rankings} rankings have the outputs in the order their fields were declared. Some versions of Argilla wrote rankings so whatever was answered (argilla issue 5712): compare a few with what the annotators see.`
      : null;
  }
}
