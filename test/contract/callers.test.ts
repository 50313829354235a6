/** What only commands may ask: a page names no place of the machine, whichever host shows it. */
import { describe, expect, it } from 'vitest';
import { isMethodName, METHODS, type MethodName } from '../../shared/contract/methods.ts';
import { methodEntries } from '../../shared/contract/reference.ts';
import { openTestApp } from '../support/open-app.ts';

const names = Object.keys(METHODS).filter(isMethodName);
const forCommands = names.filter((name) => METHODS[name].callers === 'commands');

/** Names of all fields within a JSON Schema. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' ? Object.keys(value as object) : []),
    ...fieldsOf(value),
  ]);
}

describe('methods for commands', () => {
  it('are the only ones that take a path', () => {
    const takesPath = Object.entries(methodEntries())
      .filter(([, { input }]) => fieldsOf(input).some((field) => /path|folder$|directory/iu.test(field)))
      .map(([name]) => name);
    expect(takesPath).toEqual(['host.nameFile', 'host.namePlace']);
    for (const name of takesPath) expect(forCommands).toContain(name as MethodName);
  });

  it.each(['http', 'desktop'] as const)(
    'are refused to the page of %s, before anything is looked at',
    async (host) => {
      const { app } = await openTestApp(undefined, undefined, undefined, host);
      expect(forCommands.length).toBeGreaterThan(8);
      for (const name of forCommands)
        for (const input of [{}, { path: '/etc/passwd', name: 'x' }])
          expect(await app.call(name, input), name).toMatchObject({
            ok: false,
            error: { code: 'forbidden' },
          });
    },
  );

  it('are answered in the process of a command', async () => {
    const { app } = await openTestApp();
    expect(await app.call('host.nameFile', { path: '/nowhere', name: 'x' })).toMatchObject({ ok: true });
    for (const name of forCommands)
      expect(await app.call(name, {}), name).not.toMatchObject({ error: { code: 'forbidden' } });
  });
});
