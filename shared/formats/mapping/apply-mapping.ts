/** How one record is read by a mapping: foreign fields become those of a native record. */
import { textSha256 } from '../../json/content-hash.ts';
import type { FieldProblem } from '../../json/read-by-schema.ts';
import type { JudgmentScore } from '../../study/judgment-score.ts';
import { otherVerdict } from '../../study/verdict.ts';
import { digitsOf } from '../../text/digits-of.ts';
import { otherScore } from '../own/other-score.ts';
import { parseNumber } from '../own/written-number.ts';
import { valueAtPath } from './field-path.ts';
import type {
  Atom,
  Changes,
  Lookup,
  ScoreMapping,
  SourceMapping,
  TableMapping,
  ValueExpression,
} from './mapping.ts';

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
  const scope: Scope = { ...context, record, whole: record };
  const reading = new MappedReading(scope);
  const mapped: Record<string, unknown> = {};
  const prompt = reading.text(fields.prompt, 'prompt');
  if (prompt !== undefined) mapped.prompt = prompt;
  const reference = reading.text(fields.reference, 'reference');
  if (reference !== undefined) mapped.reference = reference;
  if (fields.a !== undefined) mapped.a = reading.group(fields.a, 'a');
  if (fields.b !== undefined) mapped.b = reading.group(fields.b, 'b');
  if (fields.slices !== undefined) mapped.slices = reading.group(fields.slices, 'slices');
  const numbered = new Map<number, string>();
  if (fields.human !== undefined) mapped.human = reading.votes(fields.human, numbered);
  if (fields.judge !== undefined) mapped.judge = reading.verdicts(fields.judge);
  const sorted = sort === 'systems' ? bySystem(mapped) : mapped;
  const id = reading.id(fields.id, sorted);
  const { problems } = reading;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, record: { id, ...sorted }, numbered };
}

/** Reads the fields of one record, and gathers what is wrong with them. */
class MappedReading {
  readonly problems: FieldProblem[] = [];
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  text(expression: ValueExpression | undefined, field: string, within = this.#scope): string | undefined {
    if (expression === undefined) return undefined;
    const result = evaluate(expression, within, field);
    if (!('problem' in result)) return result.value;
    this.problems.push(result.problem);
    return undefined;
  }

  #number(expression: ValueExpression, field: string, within: Scope): number | undefined {
    const text = this.text(expression, field, within);
    const number = text === undefined ? null : parseNumber(text);
    if (number === null || typeof number === 'number') return number ?? undefined;
    this.problems.push({ field, reason: `${sourceText(expression)}${number.reason}` });
    return undefined;
  }

  /** Fields by their names, but for those that are left out. */
  group(
    expressions: Readonly<Record<string, ValueExpression | undefined>>,
    prefix: string,
    within = this.#scope,
  ): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    for (const [name, expression] of Object.entries(expressions)) {
      if (expression === undefined) continue;
      const field = `${prefix}.${name}`;
      const value = NUMBERS.has(name)
        ? this.#number(expression, field, within)
        : this.text(expression, field, within);
      if (value !== undefined) out[name] = value;
    }
    return out;
  }

  /** @param numbered told of votes whose raters have no names: by their place, what stands before the number */
  votes(mappings: NonNullable<SourceMapping['fields']['human']>, numbered: Map<number, string>): Fields[] {
    const votes: Fields[] = [];
    for (const [index, { each: list, rater, asShown: isAsShown, ...said }] of mappings.entries()) {
      const field = `human[${index}]`;
      for (const within of scopesOf(list, this.#scope, field, this.problems)) {
        const vote = this.group(said, field, within);
        if (!('verdict' in vote)) continue;
        if (typeof rater === 'object' && 'numbered' in rater) {
          numbered.set(votes.length, rater.numbered);
          vote.rater = `${rater.numbered}${votes.length + 1}`;
        } else vote.rater = this.text(rater, `${field}.rater`, within);
        votes.push(isAsShown === true ? fromShown(vote, 'shown', `${field}.shown`, this.problems) : vote);
      }
    }
    return votes;
  }

  verdicts(mappings: NonNullable<SourceMapping['fields']['judge']>): Fields[] {
    const verdicts: Fields[] = [];
    for (const [index, { each: list, score, asShown: isAsShown, ...said }] of mappings.entries()) {
      const field = `judge[${index}]`;
      for (const within of scopesOf(list, this.#scope, field, this.problems)) {
        const verdict = this.group(said, field, within);
        if (!('verdict' in verdict)) continue;
        if (score !== undefined) {
          const number = (expression: ValueExpression) => this.#number(expression, `${field}.score`, within);
          const meant = scoreAt(score, number);
          if (meant !== undefined) verdict.score = meant;
        }
        verdicts.push(
          isAsShown === true ? fromShown(verdict, 'order', `${field}.order`, this.problems) : verdict,
        );
      }
    }
    return verdicts;
  }

  /** What is longer than an id may be becomes its hash. */
  id(expression: ValueExpression | undefined, mapped: Fields): string | undefined {
    const id = this.text(expression, 'id', { ...this.#scope, mapped });
    return id === undefined || id.length <= LONGEST_ID ? id : textSha256(id);
  }
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

function scoreAt(score: ScoreMapping, number: (expression: ValueExpression) => number | undefined): unknown {
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
