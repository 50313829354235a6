/** Files in the format `touchstone-oracle/1`: inputs with the values that reference programs return. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A number, the spelled-out infinities, a flag, or arrays of these; null is "no answer". */
export type Wanted = number | string | boolean | null | readonly Wanted[];

const wanted: z.ZodType<Wanted> = z.lazy(() =>
  z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(wanted)]),
);

const record = z.object({
  value: wanted,
  by: z.array(z.string()).optional(),
  undefined: z.string().optional(),
  rtol: z.number().optional(),
  atol: z.number().optional(),
  spread: z.number().nullish(),
});

const oracleFile = z.object({
  format: z.literal('touchstone-oracle/1'),
  family: z.string(),
  defaultTolerance: z.object({ rtol: z.number(), atol: z.number() }),
  cases: z.array(
    z.object({
      id: z.string(),
      input: z.record(z.string(), z.unknown()),
      expect: z.record(z.string(), record),
    }),
  ),
});

export type OracleRecord = z.infer<typeof record>;
export type OracleFile = z.infer<typeof oracleFile> & { readonly name: string };
export type OracleCase = OracleFile['cases'][number];

/** Every oracle file of a directory, by name. Throws naming the file and field that does not fit the format. */
export function readOracleFiles(directory: string): OracleFile[] {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return names.map((name) => {
    const parsed = oracleFile.safeParse(JSON.parse(readFileSync(join(directory, name), 'utf8')));
    if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
    return { name, ...parsed.data };
  });
}
