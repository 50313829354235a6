/** What a record holds and its reader does not use, found by the schema that it is read by. */
import { z } from 'zod';

/** Whether a field, by its path, is known to say nothing that a rater or a judge needs, or is told in another way. */
export type IsHarmless = (path: string, record: unknown) => boolean;

export const NONE_HARMLESS: IsHarmless = () => false;

/** Fields by path, each with all that stands below it; `[]` stands behind a list, `*` for any key of a record. */
export function harmless(...paths: readonly string[]): IsHarmless {
  const known = new Set(paths);
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1))
      if (known.has(path.slice(0, end))) return true;
    return false;
  };
}

/** Fields of one record that are listed; whoever made the file chose their names. */
const MOST_FIELDS = 100;
const LONGEST_NAME = 60;

/**
 * Paths of the fields of a record that its schema does not know, those left out that say nothing (null, empty) and those that
 * are harmless. What a schema takes as it is (`z.unknown()`, a record of such) counts as used.
 */
export function unreadFields(schema: z.ZodType, record: unknown, isHarmless: IsHarmless): readonly string[] {
  const found = new Set<string>();
  walk([schema], record, '', (path) => {
    if (found.size < MOST_FIELDS && !isHarmless(path, record)) found.add(path);
  });
  return [...found];
}

type Tell = (path: string) => void;

/** @param schemas those that the value may be of */
function walk(schemas: readonly z.core.$ZodType[], value: unknown, path: string, tell: Tell): void {
  if (value === null || typeof value !== 'object') return;
  const kinds = schemas.flatMap(plain);
  if (Array.isArray(value)) {
    const elements = kinds.flatMap((kind) => (kind instanceof z.ZodArray ? [kind.element] : []));
    if (elements.length === 0) return;
    for (const element of value) walk(elements, element, `${path}[]`, tell);
    return;
  }
  const records = kinds.filter((kind) => kind instanceof z.ZodRecord);
  const objects = kinds.filter((kind) => kind instanceof z.ZodObject);
  if (records.length === 0 && objects.length === 0) return;
  for (const [key, inner] of Object.entries(value)) {
    const known = [
      ...records.map((kind) => kind.valueType),
      ...objects.flatMap(({ shape }) =>
        Object.hasOwn(shape, key)
          ? [(shape as Readonly<Record<string, z.core.$ZodType>>)[key] as z.core.$ZodType]
          : [],
      ),
    ];
    const isOfRecord = records.length > 0 && !objects.some(({ shape }) => Object.hasOwn(shape, key));
    const name = isOfRecord ? '*' : key.slice(0, LONGEST_NAME);
    const inside = path === '' ? name : `${path}.${name}`;
    if (known.length > 0) walk(known, inner, inside, tell);
    else if (saysSomething(inner)) tell(inside);
  }
}

/** The kinds that a schema stands for, wrappers taken off; of what is made of a value, the schema it was read by. */
function plain(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(plain);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly
  )
    return plain(schema.unwrap());
  if (schema instanceof z.ZodPipe) {
    const { in: before, out } = schema;
    return plain(before instanceof z.ZodTransform ? out : before);
  }
  return [schema];
}

function saysSomething(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
