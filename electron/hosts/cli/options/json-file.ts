import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { readBy } from '../../../../shared/json/read-by-schema.ts';

/**
 * Reads a JSON file that a command names.
 *
 * @throws ServiceError `invalid_input` naming the file
 */
export function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ServiceError('invalid_input', {
      key: 'terminal.json_unreadable',
      values: { file: basename(path), problem: (error as Error).message },
    });
  }
}

/**
 * What a file says, by its schema.
 *
 * @param hint a sentence for whoever named another file
 * @throws ServiceError `invalid_input` naming file and field
 */
export function parseJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  value: unknown,
  hint = '',
): z.output<Schema> {
  const parsed = readBy(schema, value);
  if (parsed.ok) return parsed.value;
  const { problems } = parsed;
  const named = problems.map(({ field, reason }) => `${basename(path)}: ${field}: ${reason}`).join('\n');
  throw new ServiceError(
    'invalid_input',
    hint === ''
      ? { key: 'terminal.json_fields', values: { problems: named } }
      : { key: 'terminal.json_fields_with_hint', values: { problems: named, hint } },
    { problems },
  );
}
