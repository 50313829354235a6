/** Mapping files: how records of any JSON, JSON Lines or CSV file become native rows. */
import { z } from 'zod';
import { valueAtPath } from './field-path.ts';
import type { FieldProblem } from './native.ts';

const path = z.string().min(1).max(512);

const valueExpression = z.union([
  path.describe('The value at this path.'),
  z.strictObject({ const: z.union([z.string(), z.number(), z.boolean()]) }).describe('Always this value.'),
  z
    .strictObject({
      from: path,
      values: z
        .record(z.string(), z.string())
        .describe('Value map: what is found, written as text, to what is stored.')
        .optional(),
      split: z.strictObject({ at: z.string().min(1), part: z.enum(['before', 'after']) }).optional(),
      optional: z.boolean().describe('A missing, null or empty value leaves the field out.').optional(),
    })
    .describe('The value at a path, changed.'),
  z
    .strictObject({ join: z.array(path).min(1).max(20), with: z.string().default('\n\n') })
    .describe('Several values joined; empty ones are left out.'),
]);
export type ValueExpression = z.infer<typeof valueExpression>;

const responseMapping = z.strictObject({ system: valueExpression, text: valueExpression });

const humanMapping = z.strictObject({
  rater: valueExpression,
  verdict: valueExpression,
  shown: valueExpression.optional(),
  note: valueExpression.optional(),
  at: valueExpression.optional(),
});

const judgeMapping = z.strictObject({
  judge: valueExpression,
  verdict: valueExpression,
  order: valueExpression.optional(),
  raw: valueExpression.optional(),
});

export const sourceMappingSchema = z.strictObject({
  file: z
    .string()
    .min(1)
    .max(255)
    .describe('File name this applies to; `*` stands for any text.')
    .default('*'),
  fields: z.strictObject({
    id: valueExpression,
    prompt: valueExpression.optional(),
    reference: valueExpression.optional(),
    a: responseMapping.optional(),
    b: responseMapping.optional(),
    slices: z.record(z.string().min(1).max(128), valueExpression).optional(),
    human: z.array(humanMapping).max(100).optional(),
    judge: z.array(judgeMapping).max(100).optional(),
  }),
});
export type SourceMapping = z.infer<typeof sourceMappingSchema>;

export const mappingSchema = z.strictObject({
  format: z.literal('touchstone-mapping/1'),
  about: z.string().max(2000).optional(),
  sources: z.array(sourceMappingSchema).min(1).max(50),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** The first source whose file pattern fits the file's name. */
export function sourceForFile(mapping: Mapping, { name, baseName }: NamedFile): SourceMapping | undefined {
  return mapping.sources.find(({ file }) =>
    [name, baseName].some((called) => called !== undefined && matchesName(file, called)),
  );
}

/** A file by its names: as it is called, and its base name where that is another. */
export interface NamedFile {
  readonly name: string;
  readonly baseName?: string;
}

/** Whether a file's name matches a pattern in which “*” stands for anything. */
export function matchesName(namePattern: string, fileName: string): boolean {
  const pieces = namePattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 'u').test(fileName);
}

type Evaluated = { readonly value: string | undefined } | { readonly problem: FieldProblem };

function evaluate(expression: ValueExpression, record: unknown, field: string): Evaluated {
  if (typeof expression === 'string') return readPath(record, expression, field);
  if ('const' in expression) return { value: String(expression.const) };
  if ('join' in expression) {
    const parts: string[] = [];
    for (const part of expression.join) {
      const found = readPath(record, part, field, true);
      if ('problem' in found) return found;
      if (found.value !== undefined && found.value !== '') parts.push(found.value);
    }
    return { value: parts.join(expression.with) };
  }
  const found = readPath(record, expression.from, field, expression.optional === true);
  if ('problem' in found || found.value === undefined) return found;
  let { value } = found;
  if (expression.optional === true && value === '') return { value: undefined };
  if (expression.split !== undefined) {
    const at = value.indexOf(expression.split.at);
    if (at < 0) {
      const reason = `${expression.from} has no ${JSON.stringify(expression.split.at)} to split at; found ${JSON.stringify(value.slice(0, 80))}`;
      return { problem: { field, reason } };
    }
    value =
      expression.split.part === 'before' ? value.slice(0, at) : value.slice(at + expression.split.at.length);
  }
  if (expression.values !== undefined) {
    const mapped = Object.hasOwn(expression.values, value) ? expression.values[value] : undefined;
    if (mapped === undefined) {
      const reason = `${expression.from} is ${JSON.stringify(value.slice(0, 80))}, which the value map does not list`;
      return { problem: { field, reason } };
    }
    value = mapped;
  }
  return { value };
}

function readPath(record: unknown, from: string, field: string, isOptional = false): Evaluated {
  const found = valueAtPath(record, from);
  if (found === undefined || found === null) {
    return isOptional ? { value: undefined } : { problem: { field, reason: `${from} is missing` } };
  }
  if (typeof found === 'object') return { problem: { field, reason: `${from} is not a single value` } };
  return { value: String(found) };
}

export type MappedRecord =
  | { readonly ok: true; readonly record: Record<string, unknown> }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Turns one foreign record into a native one, which still has to pass the native schema. */
export function applyMapping(source: SourceMapping, record: unknown): MappedRecord {
  const problems: FieldProblem[] = [];
  const read = (expression: ValueExpression | undefined, field: string): string | undefined => {
    if (expression === undefined) return undefined;
    const result = evaluate(expression, record, field);
    if ('problem' in result) {
      problems.push(result.problem);
      return undefined;
    }
    return result.value;
  };
  const group = (expressions: Record<string, ValueExpression | undefined>, prefix: string) => {
    const out: Record<string, string> = {};
    for (const [name, expression] of Object.entries(expressions)) {
      const value = read(expression, `${prefix}.${name}`);
      if (value !== undefined) out[name] = value;
    }
    return out;
  };
  const { fields } = source;
  const mapped: Record<string, unknown> = { id: read(fields.id, 'id') };
  const prompt = read(fields.prompt, 'prompt');
  if (prompt !== undefined) mapped.prompt = prompt;
  const reference = read(fields.reference, 'reference');
  if (reference !== undefined) mapped.reference = reference;
  if (fields.a !== undefined) mapped.a = group(fields.a, 'a');
  if (fields.b !== undefined) mapped.b = group(fields.b, 'b');
  if (fields.slices !== undefined) mapped.slices = group(fields.slices, 'slices');
  if (fields.human !== undefined) {
    mapped.human = fields.human
      .map((vote, index) => group(vote, `human[${index}]`))
      .filter((vote) => 'verdict' in vote);
  }
  if (fields.judge !== undefined) {
    mapped.judge = fields.judge
      .map((verdict, index) => group(verdict, `judge[${index}]`))
      .filter((verdict) => 'verdict' in verdict);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, record: mapped };
}

/** The published JSON Schema of a mapping file. */
export function mappingJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(mappingSchema, { io: 'input' }),
    $id: 'urn:touchstone:mapping:1',
    title: 'Touchstone mapping',
  };
}
