/**
 * Argilla 2's records (`Record.to_dict()`, `records.json`, or as its server lists them): people answer as responses, a judge as a suggestion with its
 * agent. A ranking of two fields, or a label that names one, is a verdict; a ranking with both at one rank is a tie.
 */
import { z } from 'zod';
import { readBy } from '../../../json/read-by-schema.ts';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import type { HumanVerdict } from '../../../study/verdict.ts';
import { type HarnessFormat, nativeRows, rowsBy, withLeftOut, wrong } from './harness-format.ts';
import { type OrderedPair, orderPair } from './ordered-pair.ts';
import { type Asked, questionOfInput, textOfOutput } from './traced-text.ts';
import { harmless } from './unread-fields.ts';

const name = z.string().min(1).max(200);
const fields = z.record(z.string().max(200), z.unknown());

const ranking = z
  .array(z.union([z.string(), z.object({ value: z.string(), rank: z.number().optional() })]))
  .max(20);

const rowSchema = z.object({
  id: z.union([z.number(), z.string().min(1).max(500)]),
  fields,
  metadata: fields.nullable().optional(),
  suggestions: z.preprocess(
    suggestionsByQuestion,
    z
      .record(
        z.string(),
        z.object({ value: z.unknown(), score: z.unknown().optional(), agent: name.nullable().optional() }),
      )
      .default({}),
  ),
  // Written out by its own code, responses have no status: drafts are among them unasked.
  responses: z.preprocess(
    responsesByQuestion,
    z
      .record(
        z.string(),
        z.array(z.object({ value: z.unknown(), user_id: name, status: z.string().optional() })).max(1000),
      )
      .default({}),
  ),
});

const listedResponses = z
  .array(
    z.object({
      values: z
        .record(z.string(), z.object({ value: z.unknown() }))
        .nullable()
        .optional(),
      user_id: name,
      status: z.string().optional(),
    }),
  )
  .max(1000);

/** Responses as its server lists them, one a person with the answers to all questions, as its client writes them. */
function responsesByQuestion(value: unknown): unknown {
  const listed = readBy(listedResponses, value);
  if (!listed.ok) return value;
  const answers = listed.value.flatMap(({ values, ...by }) => {
    const given = Object.entries(values ?? {});
    // Discarded without an answer.
    return given.length === 0
      ? [{ question: '', value: null, ...by }]
      : given.map(([question, answer]) => ({ question, value: answer.value, ...by }));
  });
  return Object.fromEntries(Map.groupBy(answers, ({ question }) => question));
}

const listedSuggestions = z.array(z.looseObject({ question_id: name })).max(1000);

function suggestionsByQuestion(value: unknown): unknown {
  const listed = readBy(listedSuggestions, value);
  return listed.ok ? Object.fromEntries(listed.value.map((each) => [each.question_id, each])) : value;
}

type Row = z.output<typeof rowSchema>;

/** Of its server, and for its search. */
const HARMLESS = harmless('_server_id', 'status', 'inserted_at', 'updated_at', 'vectors');

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
    const { read } = rowsBy(
      rowSchema,
      (row) => {
        watch.take(row);
        return convert(row);
      },
      HARMLESS,
    );
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
  const promptField = PROMPTS.find((field) => questionOf(row.fields[field]) !== null);
  const asked = promptField === undefined ? null : questionOf(row.fields[promptField]);
  const names = PAIRS.find(([one, two]) => isOutput(row.fields[one]) && isOutput(row.fields[two]));
  if (promptField === undefined || asked === null)
    return wrong('fields', `has none of ${PROMPTS.join(', ')}`);
  if (names === undefined)
    return wrong('fields', `has no two answers, as ${PAIRS.map((pair) => pair.join(' and ')).join(', or ')}`);
  const read = new Set<string>();
  const systemOf = (field: string) => {
    for (const key of [`${field}_model`, `model_${field}`]) {
      const given = row.metadata?.[key];
      if (typeof given !== 'string' || given === '') continue;
      read.add(key);
      return given.slice(0, 200);
    }
    return field;
  };
  const pair = orderPair(
    { system: systemOf(names[0]), output: { text: textOfOutput(row.fields[names[0]]) ?? '' } },
    { system: systemOf(names[1]), output: { text: textOfOutput(row.fields[names[1]]) ?? '' } },
  );
  const leftOut = new Set<string>();
  const human = votesOf(row, names, pair, leftOut);
  const judge = verdictsOf(row, names, pair, leftOut);
  const fieldsRead: readonly string[] = [promptField, ...names];
  const unread = [
    ...Object.keys(row.fields).flatMap((field) => (fieldsRead.includes(field) ? [] : [`fields.${field}`])),
    ...Object.keys(row.metadata ?? {}).flatMap((field) => (read.has(field) ? [] : [`metadata.${field}`])),
  ].map((path) => path.slice(0, LONGEST_PATH));
  const found = withLeftOut(
    nativeRows([
      {
        id: String(row.id),
        ...(asked.before.length === 0
          ? { prompt: asked.last }
          : { messages: [...asked.before, { role: 'user', content: asked.last }] }),
        a: pair.a,
        b: pair.b,
        ...(human.length === 0 ? {} : { human }),
        ...(judge.length === 0 ? {} : { judge }),
      },
    ]),
    [...leftOut],
  );
  return found.ok && unread.length > 0 ? { ...found, unread } : found;
}

const LONGEST_PATH = 80;

/** A question as a text, or as the messages of a chat field. */
function questionOf(value: unknown): Asked | null {
  if (typeof value !== 'string' && !Array.isArray(value)) return null;
  if (typeof value === 'string' && value.length > MAX_TEXT_LENGTH) return null;
  return questionOfInput(value);
}

function isOutput(value: unknown): boolean {
  return typeof value === 'string'
    ? value.length <= MAX_TEXT_LENGTH
    : Array.isArray(value) && value.length > 0;
}

function votesOf(
  { responses }: Row,
  names: readonly [string, string],
  pair: OrderedPair,
  leftOut: Set<string>,
) {
  const votes = new Map<string, HumanVerdict | 'several'>();
  for (const { value, user_id, status } of Object.values(responses).flat()) {
    if (status === 'draft') {
      leftOut.add('drafts of responses');
      continue;
    }
    const verdict = status === 'discarded' ? ('skipped' as const) : verdictOf(value, names, pair);
    if (verdict === null) leftOut.add('answers to questions that compare nothing');
    else votes.set(user_id, combineAnswers(votes.get(user_id), verdict));
  }
  return [...votes].flatMap(([rater, verdict]) => {
    if (verdict !== 'several')
      return [{ rater, verdict, ...(verdict === 'skipped' ? { reason: 'other' } : {}) }];
    leftOut.add(CONTRADICTING);
    return [];
  });
}

function verdictsOf(
  { suggestions }: Row,
  names: readonly [string, string],
  pair: OrderedPair,
  leftOut: Set<string>,
) {
  const verdicts = new Map<string, { readonly verdict: HumanVerdict | 'several'; readonly score: unknown }>();
  for (const [question, { value, score, agent }] of Object.entries(suggestions)) {
    const by = agent ?? question;
    const verdict = verdictOf(value, names, pair);
    if (verdict === null) leftOut.add('answers to questions that compare nothing');
    else verdicts.set(by, { verdict: combineAnswers(verdicts.get(by)?.verdict, verdict), score });
  }
  return [...verdicts].flatMap(([judge, { verdict, score }]) => {
    if (verdict === 'several') {
      leftOut.add(CONTRADICTING);
      return [];
    }
    // Called the score of a suggestion, and not said to be a probability.
    const sure = typeof score === 'number' ? { score: { kind: 'sureness', value: score } } : {};
    return [{ judge, order: 'unknown', sample: 0, verdict, ...sure }];
  });
}

const CONTRADICTING = 'answers to several questions of a record that contradict each other';

/** What several answers say together. */
function combineAnswers(
  known: HumanVerdict | 'several' | undefined,
  verdict: HumanVerdict,
): HumanVerdict | 'several' {
  return known === undefined || known === verdict ? verdict : 'several';
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
