/** Each act of the log has one schema: it is written as that says, and read as that says. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseSync } from '@swc/core';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../electron/core/audit/verify-audit.ts';
import { productFolder } from '../../electron/core/ports/product.ts';
import { appendAudit, auditRows, loggedActs } from '../../electron/core/store/engine/audit.ts';
import { AUDIT_ACTIONS, isAuditAction, readAct } from '../../electron/core/store/engine/audit-actions.ts';
import { logRow } from '../support/logged-row.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FIXTURE = join(import.meta.dirname, '..', 'store', 'fixtures', 'before-base.sqlite.gz');
const BY_LEAD = { at: 1, studyId: null, actor: 'lead' } as const;

async function openLog() {
  const { app } = await openTestApp();
  return app.context.store;
}

describe('an act is written as its schema says, or not at all', () => {
  it('by the compiler, and by every run of the tests', async () => {
    const store = await openLog();
    const append = (entry: Parameters<typeof appendAudit>[1]) =>
      store.write((store) => appendAudit(store, entry));
    append({ ...BY_LEAD, action: 'plan.stored', details: { sha256: 'x' } });
    // @ts-expect-error no act has this name
    expect(() => append({ ...BY_LEAD, action: 'plan.burned', details: {} })).toThrow();
    // @ts-expect-error a hash is a text
    expect(() => append({ ...BY_LEAD, action: 'plan.stored', details: { sha256: 1 } })).toThrow();
    // @ts-expect-error a plan has a hash
    expect(() => append({ ...BY_LEAD, action: 'plan.stored', details: {} })).toThrow();
    const more: Parameters<typeof appendAudit>[1] = {
      ...BY_LEAD,
      action: 'plan.stored',
      // @ts-expect-error a plan that is stored has nothing else
      details: { sha256: 'x', why: 1 },
    };
    expect(() => append(more)).toThrow('not what its schema makes');
    // @ts-expect-error what older stores lack is written today
    expect(() => append({ ...BY_LEAD, action: 'rating.recorded', details: { ratingId: 1 } })).toThrow();
    const [act] = loggedActs(store, ['plan.stored'], null);
    expect(act?.details.sha256).toBe('x');
    // @ts-expect-error read as what it holds
    expect(act?.details.why).toBeUndefined();
    expect(verifyAudit(store)).toMatchObject({ entries: 1, broken: null });
  });
});

describe('a row is read as its act, or named', () => {
  it('whatever it lacks, with a hash that fits', async () => {
    const store = await openLog();
    for (const [action, details] of [
      ['plan.stored', '{}'],
      ['plan.stored', '{"sha256":7}'],
      ['rater.excluded', '{"rater":"ada"}'],
      ['import', '{"counts":{},"sources":[],"records":{}}'],
      ['export', '[]'],
      ['note.erased', 'ratingId'],
    ] as const) {
      store.begin();
      logRow(store, action, details);
      expect(verifyAudit(store).broken, details).toEqual({
        row: 1,
        reason: `does not hold what a row of “${action}” holds`,
      });
      store.rollback();
    }
  });

  it('with less or more, as other versions wrote it', async () => {
    const store = await openLog();
    for (const [action, details] of [
      ['study.configured', '{"before":{"seed":"x"},"after":{}}'],
      ['pairs.drawn', '{"wave":0,"method":{"kind":"random"},"pairs":3}'],
      ['import', '{"counts":{"records":1},"sources":[]}'],
      ['rating.begun', '{"turn":1}'],
      ['an act of another version', '{"of":"it"}'],
    ] as const)
      logRow(store, action, details);
    expect(verifyAudit(store)).toMatchObject({ entries: 5, broken: null });
    expect(readAct('rating.retracted', '{"ratingId":4}').details).toEqual({ ratingId: 4 });
    expect(readAct('export', '{"format":"native"}').details.files).toBeUndefined();
  });

  it('in a store of the version before the base, to the last row', async () => {
    const path = join(temporaryFolder(), 'before.sqlite');
    writeFileSync(path, gunzipSync(readFileSync(FIXTURE)));
    const { app } = await openTestApp(path);
    const rows = [...auditRows(app.context.store)];
    expect(rows.length).toBeGreaterThan(40);
    for (const { action, details } of rows) {
      if (!isAuditAction(action)) throw new Error(`${action} is not known`);
      // Nothing that was written is left unread.
      expect(readAct(action, details).details).toEqual(JSON.parse(details));
    }
    expect(verifyAudit(app.context.store).broken).toBeNull();
  });
});

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly [name: string]: unknown;
}

function* nodesOf(value: unknown): Generator<Node> {
  if (value === null || typeof value !== 'object') return;
  if ('type' in value && typeof value.type === 'string') yield value as Node;
  for (const each of Object.values(value)) yield* nodesOf(each);
}

const textsOf = (node: unknown) =>
  [...nodesOf(node)].filter(({ type }) => type === 'StringLiteral').map(({ value }) => String(value));
const nameOf = (node: unknown) => (node as Node | undefined)?.value;

/** Names of acts that a source appends: what stands for `action`, or in a constant that stands there. */
function actsWrittenBy(source: string): string[] {
  const nodes = [...nodesOf(parseSync(source, { syntax: 'typescript' }))];
  const constants = new Map(
    nodes.filter(({ type }) => type === 'VariableDeclarator').map(({ id, init }) => [nameOf(id), init]),
  );
  const appends = nodes.filter(
    ({ type, callee }) => type === 'CallExpression' && nameOf(callee) === 'appendAudit',
  );
  return [...nodesOf(appends)]
    .filter(({ type, key }) => type === 'KeyValueProperty' && nameOf(key) === 'action')
    .flatMap(({ value }) => [
      ...textsOf(value),
      ...[...nodesOf(value)].flatMap((node) =>
        node.type === 'Identifier' ? textsOf(constants.get(nameOf(node))) : [],
      ),
    ]);
}

describe('every act', () => {
  it('is written by some source, and the log is written in one place', () => {
    const sources = globSync('electron/**/*.ts', { cwd: productFolder }).map((file) => ({
      file: file.replaceAll('\\', '/'),
      source: readFileSync(join(productFolder, file), 'utf8'),
    }));
    const written = sources.flatMap(({ source }) => actsWrittenBy(source));
    expect([...new Set(written)].sort()).toEqual(Object.keys(AUDIT_ACTIONS).sort());
    expect(sources.filter(({ source }) => source.includes('INTO audit_log')).map(({ file }) => file)).toEqual(
      ['electron/core/store/engine/audit.ts'],
    );
  });

  it('is found as a text, one of two, or an entry of a constant', () => {
    const source = `const NAMES = { on: ['c', 'd'] } as const;
      appendAudit(store, { at, action: 'a', details: { by: 'nobody' } });
      if (is) appendAudit(store, { action: is ? 'b' : NAMES[on][0] });
      log(store, { action: 'e' });`;
    expect(actsWrittenBy(source)).toEqual(['a', 'b', 'c', 'd']);
  });
});
