import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMethodName, METHODS } from '../../shared/contract/methods.ts';
import { type MethodEntry, methodEntries, methodReference } from '../../shared/contract/reference.ts';
import { commandLine } from '../support/command-line.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Every schema within a JSON Schema, with the way to it. */
function* schemasWithin(
  schema: unknown,
  path: string,
): Generator<[string, Readonly<Record<string, unknown>>]> {
  if (Array.isArray(schema)) {
    for (const [place, each] of schema.entries()) yield* schemasWithin(each, `${path}[${place}]`);
  } else if (typeof schema === 'object' && schema !== null) {
    yield [path, schema as Readonly<Record<string, unknown>>];
    for (const [key, each] of Object.entries(schema)) yield* schemasWithin(each, `${path}.${key}`);
  }
}

describe('the reference of methods', () => {
  const entries = methodEntries();

  it('has the reply of every method, to the last field', () => {
    expect(Object.keys(entries)).toEqual(Object.keys(METHODS));
    // What a person's or a model's own JSON holds is theirs.
    const open = new Set(['imports.start', 'jobs.get', 'jobs.cancel']);
    for (const [name, { reply }] of Object.entries(entries)) {
      const found = [...schemasWithin(reply, name)];
      expect(found.length, name).toBeGreaterThan(0);
      for (const [path, schema] of found) {
        if (schema.type !== 'object' || 'propertyNames' in schema) continue;
        expect(schema.additionalProperties, path).toBe(false);
        if (open.has(name)) continue;
        for (const [field, each] of Object.entries(schema.properties ?? {}))
          expect(Object.keys(each as object).length, `${path}.${field} says nothing`).toBeGreaterThan(0);
      }
    }
  });

  it('says of every method for whom, where, on what it works and what it changes', () => {
    for (const [name, entry] of Object.entries(entries)) {
      expect(entry, name).toMatchObject({
        about: expect.stringMatching(/\S{3}/u),
        kind: expect.stringMatching(/^(?:query|command)$/u),
        audience: expect.stringMatching(/^(?:rater|lead)$/u),
        runs: expect.stringMatching(/^(?:here|worker|job)$/u),
      });
      if (entry.kind === 'query') expect(entry.changes, name).toEqual([]);
      if (entry.runs === 'worker') expect(entry.input.properties, name).toHaveProperty('jobId');
    }
    expect(entries['rating.submit']).toMatchObject({ needs: ['rater'], changes: ['ratings'], runs: 'here' });
    expect(entries['judges.report']).toMatchObject({ needs: ['study'], runs: 'worker' });
    expect(entries['imports.start']).toMatchObject({ needs: ['file'], runs: 'job' });
  });

  it('is printed for people and for programs', async () => {
    const { run } = commandLine();
    const printed = JSON.parse((await run('methods', '--json')).out) as {
      methods: Readonly<Record<string, MethodEntry>>;
    };
    expect(printed.methods).toEqual(JSON.parse(JSON.stringify(entries)));
    const page = (await run('methods')).out;
    expect(page).toBe(methodReference().trimEnd());
    for (const name of Object.keys(METHODS)) expect(page).toContain(`## ${name}\n`);
  });

  it('takes every call that the documents show', () => {
    const documents = [
      'README.md',
      'CONTRIBUTING.md',
      'docs/packs.md',
      'docs/statistics.md',
      'docs/correction.md',
    ];
    for (const document of documents) {
      const text = readFileSync(join(ROOT, document), 'utf8');
      for (const [, name = '', input = '{}'] of text.matchAll(
        /touchstone call ([a-z]+\.\w+)(?: '([^']*)')?/gu,
      )) {
        if (!isMethodName(name)) expect.fail(`${document} calls ${name}, which is not there`);
        const parsed = METHODS[name].input.safeParse(JSON.parse(input));
        expect(parsed.error?.issues, `${document}: ${name}`).toBeUndefined();
      }
    }
  });
});
