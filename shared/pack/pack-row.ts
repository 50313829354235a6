import type { z } from 'zod';
import { readBy } from '../json/read-by-schema.ts';
import { MOST_PACK_LINE } from './container.ts';

/** A line of a pack's file as its schema reads it, or why it cannot be read. */
export function packRow<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
): { readonly value: z.output<Schema> } | { readonly reason: string } {
  if (text.length > MOST_PACK_LINE) return { reason: 'is longer than a row can be' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'is not valid JSON' };
  }
  const parsed = readBy(schema, value);
  if (parsed.ok) return { value: parsed.value };
  const [first] = parsed.problems;
  return { reason: `${first?.field}: ${first?.reason}` };
}
