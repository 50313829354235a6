/** What is wrong with a value is said in the words of this house, whatever schema finds it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { productFolder } from '../../electron/core/ports/product.ts';
import { METHODS } from '../../shared/contract/methods.ts';
import { mappingSchema } from '../../shared/formats/mapping/mapping.ts';
import { readNativeRecord } from '../../shared/formats/own/native.ts';
import { readBy } from '../../shared/json/read-by-schema.ts';
import { judgeDefinitionSchema } from '../../shared/judge/judge-definition.ts';

/** How the library that reads schemas says it. */
const OF_THE_LIBRARY = /Invalid |Too (?:big|small)|Unrecognized|\b[Ee]xpected\b|received|discriminator/u;

function reasonOf(schema: z.ZodType, value: unknown): string {
  const read = readBy(schema, value);
  if (read.ok) throw new Error('nothing is wrong with it');
  return read.problems.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
}

describe('what is wrong', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.object({ a: z.string() }), { a: 7 }, 'a: must be text; found 7'],
    [z.object({ a: z.string() }), {}, 'a: is missing: it must be text'],
    [z.object({ a: z.int() }), { a: 1.5 }, 'a: must be a whole number; found 1.5'],
    [z.object({ a: z.int().max(2) }), { a: 3 }, 'a: must be at most 2; found 3'],
    [z.object({ a: z.number().positive() }), { a: 0 }, 'a: must be more than 0; found 0'],
    [z.object({ a: z.number().multipleOf(5) }), { a: 3 }, 'a: must be a multiple of 5; found 3'],
    [z.object({ a: z.enum(['x', 'y', 'z']) }), { a: 'w' }, 'a: must be "x", "y" or "z"; found "w"'],
    [z.object({ a: z.literal(1) }), { a: 2 }, 'a: must be 1; found 2'],
    [z.object({ a: z.string().min(1) }), { a: '' }, 'a: must not be empty; found ""'],
    [z.object({ a: z.string().max(1) }), { a: 'xy' }, 'a: must have at most 1 character; found "xy"'],
    [z.object({ a: z.array(z.int()).length(3) }), { a: [] }, 'a: must have exactly 3 entries'],
    [z.object({ a: z.string().regex(/^a$/u) }), { a: 'b' }, 'a: must match /^a$/u; found "b"'],
    [z.object({ a: z.string().startsWith('x') }), { a: 'b' }, 'a: must begin with "x"; found "b"'],
    [z.object({ a: z.iso.datetime() }), { a: 'b' }, 'a: must be a time as ISO 8601 has it; found "b"'],
    [z.strictObject({}), { a: 1 }, '(record): must not have "a"'],
    [
      z.object({ a: z.boolean().or(z.number()) }),
      { a: 'x' },
      'a: must be true or false or a number; found "x"',
    ],
    [z.record(z.string().max(1), z.int()), { long: 1 }, 'long: has a key that it must not have; found 1'],
    [z.object({ a: z.string().refine(() => false, 'is ours') }), { a: 'x' }, 'a: is ours; found "x"'],
  ])('is said after the name of the field: %#', (schema, value, reason) => {
    expect(reasonOf(schema, value)).toBe(reason);
  });

  it('of a long list of values is said of as many as can be read', () => {
    const many = z.enum(Array.from({ length: 60 }, (_value, index) => `v${index}`));
    expect(reasonOf(many, 'w')).toMatch(/^\(record\): must be "v0", .*"v19" or one of more$/u);
  });
});

const JUNK: readonly unknown[] = [
  null,
  7,
  'x',
  true,
  [],
  [7],
  {},
  { a: 7 },
  Object.assign(Object.create(null), { id: {} }),
];

/** Junk at every key that a schema names, so that every field of it says what it wants. */
function junkFor(schema: z.ZodType): unknown[] {
  const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return [
    ...JUNK,
    ...JUNK.map((value) => Object.fromEntries(keys.map((key) => [key, value]))),
    ...keys.map((key) => ({ [key]: 'x'.repeat(3_000) })),
    ...keys.map((key) => ({ [key]: -1.5 })),
    { ...Object.fromEntries(keys.map((key) => [key, ''])), another: 1 },
  ];
}

describe('the words of a library', () => {
  it.each([
    ...Object.entries(METHODS).map(([name, { input }]): [string, z.ZodType] => [name, input]),
    ['a mapping', mappingSchema] as [string, z.ZodType],
    ['a judge', judgeDefinitionSchema] as [string, z.ZodType],
  ])('are in no reason that a field of %s gives', (_name, schema) => {
    for (const value of junkFor(schema)) {
      const read = readBy(schema, value);
      for (const { reason } of read.ok ? [] : read.problems)
        expect(reason.split('; found ')[0]).not.toMatch(OF_THE_LIBRARY);
    }
  });

  it('are in none that a record gives', () => {
    const records = [
      ...JUNK,
      { a: 1, b: 2, id: [] },
      { id: 'x', human: 7 },
      { id: 'x', human: [{ rater: 1 }] },
    ];
    for (const record of records) {
      const read = readNativeRecord(record);
      for (const { reason } of read.ok ? [] : read.problems) expect(reason).not.toMatch(OF_THE_LIBRARY);
    }
  });

  it('come from one place, where they are turned into ours', () => {
    const speaks = /\.issues\b|\bZodError\b|prettifyError|treeifyError|flattenError|formatError/u;
    const sources = globSync(['electron/**/*.ts', 'shared/**/*.ts', 'renderer/**/*.{ts,tsx}'], {
      cwd: productFolder,
    });
    const found = sources.filter((path) => speaks.test(readFileSync(join(productFolder, path), 'utf8')));
    expect(found).toEqual([join('shared', 'json', 'read-by-schema.ts')]);
  });
});
