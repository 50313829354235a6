/** Reading what anybody may have made, by a schema, and what is wrong with it in plain words. */
import type { z } from 'zod';
import { issueText } from './issue-text.ts';

/** One thing wrong with one record. */
export interface FieldProblem {
  readonly field: string;
  readonly reason: string;
}

/**
 * Reads a record that anybody may have made by a schema. Zod compares the length of whatever has one before it knows what it
 * is, so a record can make it throw; that is a problem of the record.
 */
export function readBy<Schema extends z.ZodType>(
  schema: Schema,
  record: unknown,
):
  | { readonly ok: true; readonly value: z.output<Schema> }
  | { readonly ok: false; readonly problems: FieldProblem[] } {
  try {
    const parsed = schema.safeParse(record, { error: issueText });
    return parsed.success
      ? { ok: true, value: parsed.data }
      : { ok: false, problems: problemsOf(parsed.error, record) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, problems: [{ field: '(record)', reason: `cannot be read (${error.message})` }] };
  }
}

/** Of a value that may be of several kinds: what is wrong with it as of the kind that it comes nearest to. */
function plainIssues(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const tried = issue.errors.map((issues) => issues.flatMap(plainIssues));
  const depthOf = (issues: readonly z.core.$ZodIssue[]) => Math.max(...issues.map(({ path }) => path.length));
  const [nearest] = tried
    .filter((issues) => issues.length > 0)
    .sort((one, other) => depthOf(other) - depthOf(one) || one.length - other.length);
  if (nearest === undefined || depthOf(nearest) === 0) return [issue];
  return nearest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Turns schema errors into field paths such as `human[2].verdict`, with the value found where it is short. */
function problemsOf(error: z.ZodError, record: unknown): FieldProblem[] {
  return error.issues
    .flatMap(plainIssues)
    .slice(0, 20)
    .map((issue) => {
      const field = issue.path.reduce<string>(
        (path, part) =>
          typeof part === 'number'
            ? `${path}[${part}]`
            : path === ''
              ? String(part)
              : `${path}.${String(part)}`,
        '',
      );
      const found = issue.path.reduce<unknown>(
        (value, part) =>
          value !== null && typeof value === 'object' ? Reflect.get(value, part as string) : undefined,
        record,
      );
      const shown =
        found !== undefined && (typeof found !== 'object' || found === null) && issue.path.length > 0
          ? `; found ${JSON.stringify(found)?.slice(0, 80)}`
          : '';
      const reason =
        issue.code === 'invalid_type' && found === undefined && field !== ''
          ? `is missing: it ${issue.message}`
          : `${issue.message}${shown}`;
      return { field: field === '' ? '(record)' : field, reason };
    });
}
