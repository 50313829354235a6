/** Mapping files: how records of any JSON, JSON Lines, CSV or Parquet file become native rows. */
import { z } from 'zod';
import { textSha256 } from '../../json/content-hash.ts';
import type { DeepReadonly } from '../../json/deep-readonly.ts';
import type { FieldProblem } from '../../json/read-by-schema.ts';
import type { JudgmentScore } from '../../study/judgment-score.ts';
import { otherVerdict } from '../../study/verdict.ts';
import { digitsOf } from '../../text/digits-of.ts';
import { otherScore } from '../own/other-score.ts';
import { parseNumber } from '../own/written-number.ts';
import { valueAtPath } from './field-path.ts';
import { matchesName, partsOfName } from './file-name-pattern.ts';

const path = z
  .string()
  .min(1)
  .max(512)
  .describe('The value at this path: `data.answers[0].text`; `[-1]` is the last of a list.');
const partName = z.string().regex(/^[A-Za-z]\w*$/u);

/** What may be done with a value that was found. */
const changes = {
  values: z
    .record(z.string(), z.string())
    .describe('Value map: what is found, written as text, to what is stored.')
    .optional(),
  otherwise: z.string().describe('Stored for what the value map does not list.').optional(),
  missing: z.string().describe('Stored where the value is missing, null or empty.').optional(),
  split: z.strictObject({ at: z.string().min(1), part: z.enum(['before', 'after']) }).optional(),
  optional: z.boolean().describe('A missing, null or empty value leaves the field out.').optional(),
};

const atom = z.union([
  path,
  z.strictObject({ const: z.union([z.string(), z.number(), z.boolean()]) }).describe('Always this value.'),
  z.strictObject({ from: path, ...changes }).describe('The value at a path, changed.'),
  z
    .strictObject({ fromFile: partName, ...changes })
    .describe('A part of the file’s name: `{part}` in the pattern of the source.'),
  z
    .strictObject({ record: z.literal(true), first: z.int().min(0).max(1).default(1) })
    .describe('The number of the record in its file.'),
  z.strictObject({ line: z.literal(true) }).describe('The line of the file that the record begins on.'),
  z
    .strictObject({ field: z.enum(['prompt', 'reference', 'a.system', 'a.text', 'b.system', 'b.text']) })
    .describe('A field of the comparison as it was mapped and sorted; in an id only.'),
]);

const separator = z.string().default('\n\n');

const lookup = z
  .strictObject({
    lookup: partName.describe('A table, of another source.'),
    key: z.union([atom, z.strictObject({ join: z.array(atom).min(1).max(20).readonly(), with: separator })]),
    column: partName,
    ...changes,
  })
  .describe('A column of the row of a table that has this key.');

const valueExpression = z.union([
  atom,
  lookup,
  z
    .strictObject({
      join: z
        .array(z.union([atom, lookup]))
        .min(1)
        .max(20)
        .readonly(),
      with: separator,
    })
    .describe('Several values joined; empty ones are left out.'),
]);
export type ValueExpression = DeepReadonly<z.infer<typeof valueExpression>>;
type Atom = z.infer<typeof atom>;
type Lookup = z.infer<typeof lookup>;
type Changes = z.infer<z.ZodObject<typeof changes>>;

const responseMapping = z.strictObject({ system: valueExpression, text: valueExpression });

/** Where a record holds a list of votes or verdicts. */
const each = path
  .describe(
    'A list in the record; this says what each of its elements is. Paths start in the element, or with `$.` in the record. Of an object each field is one, with `key` and `value`.',
  )
  .optional();
const asShown = z
  .literal(true)
  .describe('“first” is what was shown first or on the left, as `order` or `shown` says, and is turned.')
  .optional();

const humanMapping = z.strictObject({
  each,
  rater: z.union([
    valueExpression,
    z
      .strictObject({ numbered: z.string().max(100) })
      .describe('For votes without names: this text, and the number of the vote on its comparison.'),
  ]),
  verdict: valueExpression,
  asShown,
  shown: valueExpression.optional(),
  strength: valueExpression.optional(),
  confidence: valueExpression.optional(),
  reason: valueExpression.optional(),
  note: valueExpression.optional(),
  at: valueExpression.optional(),
});

/** A number that says what it is; by itself it is kept, and used by no figure. */
const scoreMapping = z.union([
  valueExpression,
  z.strictObject({
    meaning: z.enum(['verdict_probability', 'first_probability', 'sureness']),
    value: valueExpression,
  }),
  z.strictObject({
    meaning: z.literal('preference'),
    value: valueExpression,
    first: z.number(),
    second: z.number(),
  }),
  z.strictObject({ meaning: z.literal('points'), first: valueExpression, second: valueExpression }),
]);

const judgeMapping = z.strictObject({
  each,
  judge: valueExpression,
  verdict: valueExpression,
  asShown,
  order: valueExpression.optional(),
  sample: valueExpression.optional(),
  score: scoreMapping.optional(),
  raw: valueExpression.optional(),
  at: valueExpression.optional(),
});

const filePattern = z
  .string()
  .min(1)
  .max(255)
  .describe('File name this applies to; `*` stands for any text, `{part}` for text that `fromFile` can use.')
  .default('*');

const recordList = path
  .describe('Where the file is one JSON object: the list in it that holds the records, as `data[]`.')
  .optional();

const tableMapping = z
  .strictObject({
    file: filePattern,
    records: recordList,
    table: partName,
    key: valueExpression,
    columns: z.record(partName, valueExpression),
  })
  .describe('A table for other sources to look values up in: it makes no comparisons.');

export const sourceMappingSchema = z.strictObject({
  file: filePattern,
  records: recordList,
  sort: z
    .literal('systems')
    .describe(
      'The output whose system’s name sorts first becomes a; verdicts, sides and orders are turned along.',
    )
    .optional(),
  fields: z.strictObject({
    id: valueExpression
      .describe('Without one: the hash of what is compared. A longer one than ids are is hashed.')
      .optional(),
    prompt: valueExpression.optional(),
    reference: valueExpression.optional(),
    a: responseMapping.optional(),
    b: responseMapping.optional(),
    slices: z.record(z.string().min(1).max(128), valueExpression).optional(),
    human: z.array(humanMapping).max(100).optional(),
    judge: z.array(judgeMapping).max(100).optional(),
  }),
});
export type SourceMapping = DeepReadonly<z.infer<typeof sourceMappingSchema>>;
export type TableMapping = DeepReadonly<z.infer<typeof tableMapping>>;

export const mappingSchema = z.strictObject({
  format: z.literal('touchstone-mapping/1'),
  about: z.string().max(2000).optional(),
  study: z.string().trim().min(1).max(120).describe('What the study is called where nobody says.').optional(),
  sources: z
    .array(z.union([sourceMappingSchema, tableMapping]))
    .min(1)
    .max(50),
});
export type Mapping = DeepReadonly<z.infer<typeof mappingSchema>>;
export type AnySource = Mapping['sources'][number];

/** A file by its names: as it is called, and its base name where that is another. */
export interface NamedFile {
  readonly name: string;
  readonly baseName?: string;
}

/** The first source whose file pattern fits the file's name. */
export function sourceForFile(mapping: Mapping, file: NamedFile): AnySource | undefined {
  return mapping.sources.find((source) => namesOf(file).some((name) => matchesName(source.file, name)));
}

function namesOf({ name, baseName }: NamedFile): string[] {
  const names = baseName === undefined ? [name] : [name, baseName];
  return [...names, ...names.map((each) => each.replace(/\.(?:gz|gzip|zst|zstd)$/iu, ''))];
}

/** What a record is read beside. */
export interface MappingContext {
  /** The parts of the file's name. */
  readonly parts: Readonly<Record<string, string>>;
  /** Of the record, in its file, from 1. */
  readonly recordNumber: number;
  readonly line: number;
  /** The row of a table; undefined where there is none of this key. */
  readonly rowOf: (table: string, key: string) => Readonly<Record<string, string>> | undefined;
}

/** The parts of a file's name that a source names. */
export function fileParts(
  { file: namePattern }: AnySource,
  file: NamedFile,
): Readonly<Record<string, string>> {
  for (const name of namesOf(file)) {
    const parts = partsOfName(namePattern, name);
    if (parts !== null) return parts;
  }
  return {};
}

type Evaluated = { readonly value: string | undefined } | { readonly problem: FieldProblem };

/** Where paths start, and what else a value may come from. */
interface Scope extends MappingContext {
  readonly record: unknown;
  /** The record as a whole, where `record` is an element of it. */
  readonly whole: unknown;
  readonly mapped?: Readonly<Record<string, unknown>>;
}

function evaluate(expression: ValueExpression, scope: Scope, field: string): Evaluated {
  if (typeof expression === 'object' && 'join' in expression) {
    const parts: string[] = [];
    for (const part of expression.join) {
      const found = evaluateOne(part, scope, field, true);
      if ('problem' in found) return found;
      if (found.value !== undefined && found.value !== '') parts.push(found.value);
    }
    return { value: parts.join(expression.with) };
  }
  return evaluateOne(expression, scope, field);
}

function evaluateOne(expression: Atom | Lookup, scope: Scope, field: string, isOptional = false): Evaluated {
  if (typeof expression === 'string') return readPath(expression, scope, field, isOptional);
  if ('const' in expression) return { value: String(expression.const) };
  if ('record' in expression) return { value: String(scope.recordNumber - 1 + expression.first) };
  if ('line' in expression) return { value: String(scope.line) };
  if ('field' in expression) {
    const value = valueAtPath(scope.mapped, expression.field);
    return typeof value === 'string'
      ? { value }
      : { problem: { field, reason: `${expression.field} is not mapped to a text` } };
  }
  const mayMiss = isOptional || expression.optional === true || expression.missing !== undefined;
  if ('lookup' in expression) return lookUp(expression, scope, field, mayMiss);
  if ('fromFile' in expression) {
    const { fromFile } = expression;
    const value = Object.hasOwn(scope.parts, fromFile) ? scope.parts[fromFile] : undefined;
    if (value === undefined)
      return { problem: { field, reason: `the pattern of the file has no part {${fromFile}}` } };
    return applyChanges(value, expression, field, `the part ${fromFile} of the file’s name`);
  }
  const found = readPath(expression.from, scope, field, mayMiss);
  return 'problem' in found ? found : applyChanges(found.value, expression, field, expression.from);
}

function lookUp(expression: Lookup, scope: Scope, field: string, mayMiss: boolean): Evaluated {
  const key = evaluate(expression.key, scope, field);
  if ('problem' in key) return key;
  const row = scope.rowOf(expression.lookup, key.value ?? '');
  const value =
    row !== undefined && Object.hasOwn(row, expression.column) ? row[expression.column] : undefined;
  if (value === undefined && !mayMiss) {
    const reason =
      row === undefined
        ? `the table ${expression.lookup} has no row with the key ${JSON.stringify(key.value?.slice(0, 80))}`
        : `the table ${expression.lookup} has no ${expression.column} for ${JSON.stringify(key.value?.slice(0, 80))}`;
    return { problem: { field, reason } };
  }
  return applyChanges(value, expression, field, `${expression.lookup}.${expression.column}`);
}

function applyChanges(
  found: string | undefined,
  { split, values, otherwise, missing, optional }: Changes,
  field: string,
  from: string,
): Evaluated {
  if (found === undefined || (found === '' && (optional === true || missing !== undefined)))
    return { value: missing };
  let value = found;
  if (split !== undefined) {
    const at = value.indexOf(split.at);
    if (at < 0) {
      const reason = `${from} has no ${JSON.stringify(split.at)} to split at; found ${JSON.stringify(value.slice(0, 80))}`;
      return { problem: { field, reason } };
    }
    value = split.part === 'before' ? value.slice(0, at) : value.slice(at + split.at.length);
  }
  if (values !== undefined) {
    const mapped = Object.hasOwn(values, value) ? values[value] : otherwise;
    if (mapped === undefined) {
      const reason = `${from} is ${JSON.stringify(value.slice(0, 80))}, which the value map does not list`;
      return { problem: { field, reason } };
    }
    value = mapped;
  }
  return { value };
}

function readPath(from: string, { record, whole }: Scope, field: string, isOptional: boolean): Evaluated {
  const found = from.startsWith('$.') ? valueAtPath(whole, from.slice(2)) : valueAtPath(record, from);
  if (found === undefined || found === null) {
    return isOptional ? { value: undefined } : { problem: { field, reason: `${from} is missing` } };
  }
  if (typeof found === 'object') return { problem: { field, reason: `${from} is not a single value` } };
  const value = typeof found === 'number' ? digitsOf(found) : String(found);
  return value === null
    ? { problem: { field, reason: `${from} is a number too large to be a name: write it as a text` } }
    : { value };
}

export type MappedRecord =
  | {
      readonly ok: true;
      readonly record: Record<string, unknown>;
      /** Votes whose raters have no names: by their place, what stands before the number. */
      readonly numbered: ReadonlyMap<number, string>;
    }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

const LONGEST_ID = 512;
const NUMBERS = new Set(['strength', 'confidence', 'sample', 'score']);

const ALONE: MappingContext = { parts: {}, recordNumber: 1, line: 1, rowOf: () => undefined };

/** Turns one foreign record into a native one, which still has to pass the native schema. */
export function applyMapping(
  { fields, sort }: SourceMapping,
  record: unknown,
  context: MappingContext = ALONE,
): MappedRecord {
  const problems: FieldProblem[] = [];
  const scope: Scope = { ...context, record, whole: record };
  const read = (
    expression: ValueExpression | undefined,
    field: string,
    within = scope,
  ): string | undefined => {
    if (expression === undefined) return undefined;
    const result = evaluate(expression, within, field);
    if ('problem' in result) {
      problems.push(result.problem);
      return undefined;
    }
    return result.value;
  };
  const numberAt = (expression: ValueExpression, field: string, within: Scope): number | undefined => {
    const text = read(expression, field, within);
    const number = text === undefined ? null : parseNumber(text);
    if (number === null || typeof number === 'number') return number ?? undefined;
    problems.push({ field, reason: `${sourceText(expression)}${number.reason}` });
    return undefined;
  };
  const group = (
    expressions: Readonly<Record<string, ValueExpression | undefined>>,
    prefix: string,
    within = scope,
  ) => {
    const out: Record<string, unknown> = {};
    for (const [name, expression] of Object.entries(expressions)) {
      if (expression === undefined) continue;
      const field = `${prefix}.${name}`;
      const value = NUMBERS.has(name) ? numberAt(expression, field, within) : read(expression, field, within);
      if (value !== undefined) out[name] = value;
    }
    return out;
  };
  const mapped: Record<string, unknown> = {};
  const prompt = read(fields.prompt, 'prompt');
  if (prompt !== undefined) mapped.prompt = prompt;
  const reference = read(fields.reference, 'reference');
  if (reference !== undefined) mapped.reference = reference;
  if (fields.a !== undefined) mapped.a = group(fields.a, 'a');
  if (fields.b !== undefined) mapped.b = group(fields.b, 'b');
  if (fields.slices !== undefined) mapped.slices = group(fields.slices, 'slices');
  const numbered = new Map<number, string>();
  if (fields.human !== undefined) {
    const votes: Fields[] = [];
    for (const [index, { each: list, rater, asShown: isAsShown, ...said }] of fields.human.entries())
      for (const within of scopesOf(list, scope, `human[${index}]`, problems)) {
        const vote = group(said, `human[${index}]`, within);
        if (!('verdict' in vote)) continue;
        if (typeof rater === 'object' && 'numbered' in rater) {
          numbered.set(votes.length, rater.numbered);
          vote.rater = `${rater.numbered}${votes.length + 1}`;
        } else vote.rater = read(rater, `human[${index}].rater`, within);
        votes.push(isAsShown === true ? fromShown(vote, 'shown', `human[${index}].shown`, problems) : vote);
      }
    mapped.human = votes;
  }
  if (fields.judge !== undefined) {
    const verdicts: Fields[] = [];
    for (const [index, { each: list, score, asShown: isAsShown, ...said }] of fields.judge.entries())
      for (const within of scopesOf(list, scope, `judge[${index}]`, problems)) {
        const field = `judge[${index}]`;
        const verdict = group(said, field, within);
        if (!('verdict' in verdict)) continue;
        if (score !== undefined) {
          const number = (expression: ValueExpression) => numberAt(expression, `${field}.score`, within);
          const meant = scoreAt(score, number);
          if (meant !== undefined) verdict.score = meant;
        }
        verdicts.push(isAsShown === true ? fromShown(verdict, 'order', `${field}.order`, problems) : verdict);
      }
    mapped.judge = verdicts;
  }
  const sorted = sort === 'systems' ? bySystem(mapped) : mapped;
  const id = idOf(fields.id, { ...scope, mapped: sorted });
  if (id !== undefined && 'problem' in id) problems.push(id.problem);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    record: { id: id === undefined || 'problem' in id ? undefined : id.value, ...sorted },
    numbered,
  };
}

/** What is longer than an id may be becomes its hash. */
function idOf(expression: ValueExpression | undefined, scope: Scope): Evaluated | undefined {
  if (expression === undefined) return undefined;
  const found = evaluate(expression, scope, 'id');
  if ('problem' in found || found.value === undefined || found.value.length <= LONGEST_ID) return found;
  return { value: textSha256(found.value) };
}

/** What is said about the output shown first, or on the left, as said about a. */
function fromShown(said: Fields, by: 'shown' | 'order', field: string, problems: FieldProblem[]): Fields {
  const shown = said[by];
  if (shown === 'a_first' || shown === 'a_left') return said;
  if (shown === 'b_first' || shown === 'b_left') return turnAbout(said);
  const [one, two] = by === 'shown' ? ['a_left', 'b_left'] : ['a_first', 'b_first'];
  problems.push({
    field,
    reason: `a verdict as shown needs ${one} or ${two} here; found ${JSON.stringify(shown)}`,
  });
  return said;
}

/** A vote or verdict about the outputs in the other order. */
function turnAbout(said: Fields): Fields {
  return {
    ...said,
    verdict: otherVerdict(said.verdict),
    ...('score' in said ? { score: otherScore(said.score as JudgmentScore) } : {}),
  };
}

const OTHER_PLACE: Readonly<Record<string, string>> = {
  a_left: 'b_left',
  b_left: 'a_left',
  a_first: 'b_first',
  b_first: 'a_first',
};

/** The output whose system sorts first as a, with all that is said turned along. */
function bySystem(mapped: Fields): Fields {
  const [one, two] = [mapped.a, mapped.b].map((output) => (output as Fields | undefined)?.system);
  if (typeof one !== 'string' || typeof two !== 'string' || one <= two) return mapped;
  const exchangeSides = (list: unknown, by: 'shown' | 'order') =>
    (list as Fields[]).map((said) => ({
      ...turnAbout(said),
      ...(by in said ? { [by]: OTHER_PLACE[String(said[by])] ?? said[by] } : {}),
    }));
  return {
    ...mapped,
    a: mapped.b,
    b: mapped.a,
    ...('human' in mapped ? { human: exchangeSides(mapped.human, 'shown') } : {}),
    ...('judge' in mapped ? { judge: exchangeSides(mapped.judge, 'order') } : {}),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function scoreAt(
  score: z.infer<typeof scoreMapping>,
  number: (expression: ValueExpression) => number | undefined,
): unknown {
  if (typeof score === 'string' || !('meaning' in score)) return number(score);
  if (score.meaning === 'points') {
    const [first, second] = [number(score.first), number(score.second)];
    return first === undefined || second === undefined ? undefined : { kind: 'points', first, second };
  }
  const value = number(score.value);
  if (value === undefined) return undefined;
  return score.meaning === 'preference'
    ? { kind: score.meaning, value, first: score.first, second: score.second }
    : { kind: score.meaning, value };
}

/** The elements of a list in the record, each as a place for paths to start; the record itself where there is none. */
function scopesOf(list: string | undefined, scope: Scope, field: string, problems: FieldProblem[]): Scope[] {
  if (list === undefined) return [scope];
  const found = valueAtPath(scope.record, list);
  if (found === undefined || found === null) return [];
  if (typeof found !== 'object') {
    problems.push({ field, reason: `${list} is no list` });
    return [];
  }
  const elements = Array.isArray(found)
    ? (found as unknown[])
    : Object.entries(found).map(([key, value]) => ({ key, value: value as unknown }));
  return elements.map((record) => ({ ...scope, record }));
}

function sourceText(expression: ValueExpression): string {
  if (typeof expression === 'string') return `${expression}: `;
  return 'from' in expression ? `${expression.from}: ` : '';
}

/** A row of a table, and its key. */
export function tableRow(
  { key, columns }: TableMapping,
  record: unknown,
  context: MappingContext,
):
  | { readonly ok: true; readonly key: string; readonly row: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] } {
  const scope: Scope = { ...context, record, whole: record };
  const problems: FieldProblem[] = [];
  const row: [string, string][] = [];
  const read = (expression: ValueExpression, field: string): string | undefined => {
    const found = evaluate(expression, scope, field);
    if ('problem' in found) problems.push(found.problem);
    return 'problem' in found ? undefined : found.value;
  };
  const found = read(key, 'key');
  for (const [name, expression] of Object.entries(columns)) {
    const value = read(expression, `columns.${name}`);
    if (value !== undefined) row.push([name, value]);
  }
  if (problems.length > 0 || found === undefined) return { ok: false, problems };
  return { ok: true, key: found, row: Object.fromEntries(row) };
}

/** The published JSON Schema of a mapping file. */
export function mappingJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(mappingSchema, { io: 'input' }),
    $id: 'urn:touchstone:mapping:1',
    title: 'Touchstone mapping',
  };
}
