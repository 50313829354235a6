/** Errors are thrown by key: each key has a text and is thrown, and what a rater can meet is said in every language. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from '@swc/core';
import { describe, expect, it } from 'vitest';
import { HANDLERS } from '../../electron/core/handlers.ts';
import { productFolder } from '../../electron/core/ports/product.ts';
import { VENDOR_HANDLERS } from '../../electron/core/vendor-handlers.ts';
import { METHODS, type MethodName } from '../../shared/contract/methods.ts';
import { ENGLISH, RATER_ENGLISH } from '../../shared/errors/english.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { messageText } from '../../shared/errors/messages.ts';

const SOURCES = ['shared', 'electron', 'renderer'].flatMap((room) =>
  readdirSync(join(productFolder, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/u.test(path))
    .map((path) => `${room}/${path}`),
);
const sourceOf = (path: string) => readFileSync(join(productFolder, path), 'utf8');

const keysOf = (catalogue: Readonly<Record<string, object>>) =>
  Object.entries(catalogue).flatMap(([room, texts]) => Object.keys(texts).map((name) => `${room}.${name}`));
const ALL_KEYS = new Set(keysOf(ENGLISH));
const RATER_KEYS = new Set(keysOf(RATER_ENGLISH));

interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly [name: string]: unknown;
}

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodesOf(each);
  else if (value !== null && typeof value === 'object') {
    if ('type' in value && typeof value.type === 'string') yield value as Node;
    for (const each of Object.values(value)) yield* nodesOf(each);
  }
}

const child = (node: Node | undefined, name: string) => node?.[name] as Node | undefined;

/** Whether a message is written as its key, or as one of two. */
function isKeyed(said: Node | undefined): boolean {
  if (said?.type === 'ParenthesisExpression') return isKeyed(child(said, 'expression'));
  if (said?.type === 'ConditionalExpression')
    return isKeyed(child(said, 'consequent')) && isKeyed(child(said, 'alternate'));
  if (said?.type !== 'ObjectExpression') return false;
  const key = (said.properties as Node[]).find((each) => child(each, 'key')?.value === 'key');
  return isLiteralKey(child(key, 'value'));
}

function isLiteralKey(key: Node | undefined): boolean {
  if (key?.type === 'ConditionalExpression')
    return isLiteralKey(child(key, 'consequent')) && isLiteralKey(child(key, 'alternate'));
  return key?.type === 'StringLiteral' && ALL_KEYS.has(String(key.value));
}

interface Facts {
  /** How many failures are made of anything but a key that is written there. */
  readonly unkeyed: number;
  readonly keys: ReadonlySet<string>;
  /** The modules whose values are imported. */
  readonly imports: readonly string[];
}

function factsOf(path: string, source = sourceOf(path)): Facts {
  const keys = new Set<string>();
  const imports: string[] = [];
  let unkeyed = 0;
  for (const node of nodesOf(
    parseSync(source, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2024' }),
  )) {
    const isMade =
      (node.type === 'NewExpression' && child(node, 'callee')?.value === 'ServiceError') ||
      (node.type === 'CallExpression' && child(node, 'callee')?.value === 'failure');
    const said = (node.arguments as { readonly expression: Node }[] | undefined)?.[1]?.expression;
    if (isMade && !isKeyed(said)) unkeyed++;
    if (node.type === 'StringLiteral' && ALL_KEYS.has(String(node.value))) keys.add(String(node.value));
    if (node.type === 'ImportDeclaration' && node.typeOnly !== true)
      imports.push(String(child(node, 'source')?.value));
  }
  return { unkeyed, keys, imports };
}

/** Of every file, read once. */
const FACTS = new Map(SOURCES.map((path) => [path, factsOf(path)]));

/** Where a failure is said again that was made elsewhere, or by a key out of a list. */
const SAID_AGAIN: Readonly<Record<string, number>> = {
  'electron/core/files/swap-folder.ts': 1,
  'electron/core/imports/file-problem.ts': 1,
  'electron/core/imports/import-tally.ts': 1,
  'electron/core/quality/rater-decision-service.ts': 1,
  'electron/core/store/engine/open-store.ts': 1,
  'electron/core/work/jobs.ts': 1,
  'electron/core/work/run-in-worker.ts': 1,
  'electron/hosts/cli/client/command-client.ts': 1,
  'shared/contract/envelope.ts': 1,
};

describe('a failure', () => {
  it('is made of a key, and no sentence is built where it is thrown', () => {
    const found = [...FACTS]
      .filter(([, { unkeyed }]) => unkeyed > 0)
      .map(([path, { unkeyed }]) => [path, unkeyed]);
    expect(Object.fromEntries(found)).toEqual(SAID_AGAIN);
  });

  it.each([
    "new ServiceError('conflict', 'A sentence.')",
    `new ServiceError('conflict', \`The \${name}.\`)`,
    "new ServiceError('conflict', { key: name })",
    "new ServiceError('conflict', { key: 'store.unheard_of' })",
    "new ServiceError('conflict', isSo ? { key: 'store.busy' } : said)",
    "failure('conflict', said)",
  ])('is found where it is not: %s', (source) => {
    expect(factsOf('a.ts', source).unkeyed).toBe(1);
  });

  it('is thrown by every key that there is', () => {
    const thrown = new Set([...FACTS.values()].flatMap(({ keys }) => [...keys]));
    expect([...ALL_KEYS].filter((key) => !thrown.has(key))).toEqual([]);
  });

  it('does not compile without its values, or with values of another', () => {
    // @ts-expect-error nothing is said of who
    const without = new ServiceError('not_found', { key: 'rating.rater_unknown' });
    expect(without.message).toContain('{{name}}');
    // @ts-expect-error it has no values
    messageText({ key: 'store.busy', values: { path: 'a' } });
    // @ts-expect-error a part of a message is a message, not a sentence
    messageText({ key: 'pack.refused', values: { name: 'a', reason: 'is no pack' } });
    // @ts-expect-error there is no such key
    messageText({ key: 'pack.unheard_of' });
  });
});

/** Files that a file runs: its imports of values, and theirs. Threads and commands begin elsewhere. */
function filesRunBy(roots: readonly string[]): Set<string> {
  const run = new Set<string>();
  const waiting = [...roots];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (run.has(path) || !FACTS.has(path)) continue;
    run.add(path);
    for (const from of FACTS.get(path)?.imports ?? [])
      if (from.startsWith('.')) waiting.push(relative('/', join('/', dirname(path), from)));
  }
  return run;
}

/** The files whose functions answer some methods. */
function answering(table: string, methods: readonly MethodName[]): string[] {
  const source = sourceOf(table);
  const nameOf = (method: MethodName) =>
    new RegExp(`'${method.replace('.', '\\.')}':\\s*(\\w+),`, 'u').exec(source)?.[1];
  const names = new Set(methods.map(nameOf).filter((name) => name !== undefined));
  const files = [...source.matchAll(/^import \{([^}]*)\} from '(\.[^']+)';/gmu)].flatMap(
    ([, imported = '', from = '']) =>
      imported.split(',').some((name) => names.has(name.trim())) ? [join(dirname(table), from)] : [],
  );
  expect(files.length, table).toBeGreaterThan(2);
  return files;
}

/** Reached by what a rater may run, and never thrown there. */
const NOT_FOR_RATERS: Readonly<Record<string, string>> = {
  'seat_handing.role_differs': 'the lead hands a window over',
  'quality.adjudicator_has_no_votes': 'the lead decides about raters',
  'quality.counts_already': 'the lead decides about raters',
  'quality.excluded_already': 'the lead decides about raters',
  'quality.may_work_already': 'the lead decides about raters',
  'quality.paused_already': 'the lead decides about raters',
  'pack_making.age_takes_one': 'the lead encrypts a pack',
  'pack_making.audience_missing': 'the lead encrypts a pack',
  'pack_making.passphrase_too_short': 'the lead encrypts a pack',
  'pack_making.recipient_invalid': 'the lead encrypts a pack',
  'study.work_is_out': 'the lead deletes a study',
};

describe('what a rater or a vendor can meet', () => {
  const raters = (Object.keys(HANDLERS) as MethodName[]).filter((name) => METHODS[name].audience !== 'lead');
  const vendors = (Object.keys(VENDOR_HANDLERS) as MethodName[]).filter((name) => name !== 'doctor.report');
  const files = filesRunBy([
    ...answering('electron/core/handlers.ts', raters),
    ...answering('electron/core/vendor-handlers.ts', vendors),
    'electron/core/packs/open-pack.ts',
    'electron/core/seat/seat.ts',
    'electron/core/store/engine/sqlite-errors.ts',
    'renderer/main.tsx',
    'renderer/pack/main.tsx',
  ]);

  it('is said in the languages of raters', () => {
    const missing = new Set(
      [...files, 'electron/core/dispatch.ts', 'electron/core/app.ts'].flatMap((path) =>
        [...(FACTS.get(path)?.keys ?? [])].filter((key) => !RATER_KEYS.has(key)),
      ),
    );
    expect(files.size).toBeGreaterThan(200);
    expect([...missing].sort()).toEqual(Object.keys(NOT_FOR_RATERS).sort());
  });

  it('says nothing of a judge or a system by name', () => {
    const slots = Object.values(RATER_ENGLISH).flatMap((texts) =>
      Object.values(texts).flatMap((text) => [...text.matchAll(/\{\{>?(\w+)\}\}/gu)].map(([, slot]) => slot)),
    );
    expect(slots.filter((slot) => /judge|system|model|verdict|side/u.test(slot ?? ''))).toEqual([]);
  });
});
