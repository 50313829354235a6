/** What a schema finds wrong with a value, in plain words after the name of the field. */
import type { z } from 'zod';

const MOST_LISTED = 20;

/** What values of a type are called where people read of them. */
const NAME_OF_TYPE: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  undefined: 'left out',
  never: 'left out',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

const NAME_OF_FORMAT: Readonly<Record<string, string>> = {
  url: 'an address of the web',
  uuid: 'a UUID',
  datetime: 'a time as ISO 8601 has it',
  date: 'a date as ISO 8601 has it',
  base64: 'Base64',
};

/** What an issue says that its schema has no words of its own for. Give it to every parse whose errors people read. */
export function issueText(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nameOf(issue.expected)}`;
    case 'invalid_value':
      return `must be ${listed(issue.values.map(written))}`;
    case 'too_big':
      return limitText(issue, issue.maximum, 'most');
    case 'too_small':
      return limitText(issue, issue.minimum, 'least');
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return formatText(issue);
    case 'unrecognized_keys':
      return `must not have ${listed(issue.keys.map((key) => JSON.stringify(key)))}`;
    case 'invalid_union':
      return unionText(issue.errors);
    case 'invalid_key':
      return 'has a key that it must not have';
    case 'invalid_element':
      return 'has an entry that it must not have';
    default:
      return 'is not what it must be';
  }
}

function written(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

function nameOf(type: string): string {
  return Object.hasOwn(NAME_OF_TYPE, type) ? (NAME_OF_TYPE[type] ?? type) : type;
}

function limitText(
  { origin, inclusive, exact }: { origin: string; inclusive?: boolean; exact?: boolean },
  limit: number | bigint,
  side: 'most' | 'least',
): string {
  const unit = origin === 'string' ? 'character' : origin === 'number' || origin === 'int' ? null : 'entry';
  if (unit !== null) {
    if (side === 'least' && Number(limit) === 1 && exact !== true) return 'must not be empty';
    const units = unit === 'entry' ? 'entries' : 'characters';
    return `must have ${exact === true ? 'exactly' : `at ${side}`} ${limit} ${Number(limit) === 1 ? unit : units}`;
  }
  if (inclusive === false) return `must be ${side === 'most' ? 'less' : 'more'} than ${limit}`;
  return `must be at ${side} ${limit}`;
}

function formatText({
  format,
  prefix,
  suffix,
  includes,
  pattern,
}: {
  readonly format: string;
  readonly prefix?: unknown;
  readonly suffix?: unknown;
  readonly includes?: unknown;
  readonly pattern?: unknown;
}): string {
  if (format === 'starts_with') return `must begin with ${JSON.stringify(prefix)}`;
  if (format === 'ends_with') return `must end with ${JSON.stringify(suffix)}`;
  if (format === 'includes') return `must contain ${JSON.stringify(includes)}`;
  if (format === 'regex') return `must match ${pattern}`;
  return `must be ${Object.hasOwn(NAME_OF_FORMAT, format) ? NAME_OF_FORMAT[format] : format}`;
}

/** What each kind of value asks for that it could have been. */
function unionText(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const wanted = errors.flatMap(([first]) => {
    if (first?.code === 'invalid_type') return [nameOf(first.expected)];
    return first?.code === 'invalid_value' ? first.values.map(written) : [null];
  });
  const known = wanted.filter((text) => text !== null);
  return known.length === wanted.length && known.length > 0
    ? `must be ${listed([...new Set(known)])}`
    : 'is of no kind that it may be';
}

function listed(all: readonly string[]): string {
  const shown = all.slice(0, MOST_LISTED);
  const last = all.length > MOST_LISTED ? 'one of more' : shown.pop();
  return shown.length === 0 ? `${last}` : `${shown.join(', ')} or ${last}`;
}
