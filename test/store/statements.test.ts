/** Where SQL stands, and how it finds what it asks for. The whole run is held to the same: see `every-statement.ts`. */
import { expect, it } from 'vitest';
import { explainingStore, walksAmong } from '../support/explained-statements.ts';
import { productSql, STORE, sqlIn } from '../support/sql-in-sources.ts';
import { statementFaults } from '../support/statement-faults.ts';

it('SQL stands in the store and nowhere else', () => {
  expect(productSql().filter(({ file }) => !file.startsWith(STORE))).toEqual([]);
});

it('SQL elsewhere would be found, whole, in parts and with gaps', () => {
  const found = (source: string) => sqlIn('electron/core/a.ts', source).map(({ text }) => text);
  expect(found("store.query('SELECT 1 FROM ratings')")).toHaveLength(1);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: source
  expect(found('store.run(`\n  UPDATE ${table} SET x = ?`)')).toHaveLength(1);
  expect(found("const rest = 'EXISTS (SELECT 1 FROM ratings r)';")).toHaveLength(1);
  expect(found("store.execute('ROLLBACK')")).toHaveLength(1);
  expect(found("throw new Error('Select a file from the list where it lies.')")).toEqual([]);
});

it.each([
  ['a table', 'SELECT note FROM ratings WHERE viewed_ms > ?', 'SCAN ratings'],
  [
    'a table under another name',
    'SELECT r.note FROM studies s JOIN ratings r WHERE r.note = s.name',
    'SCAN r',
  ],
  ['an index as a whole', 'SELECT count(*) FROM judgments', 'SCAN judgments'],
  ['an index from some place on', 'SELECT raw FROM judgments WHERE id > ?', 'SEARCH judgments'],
  ['a view', 'SELECT raw FROM current_judgments WHERE verdict = ?', 'SCAN j'],
  [
    'an index made each time',
    'SELECT 1 FROM system_guesses a JOIN vote_drafts b ON b.draft = a.answer',
    'AUTOMATIC',
  ],
  [
    'what a rater was given',
    'SELECT 1 FROM presentations WHERE pair_id = ? AND rater_id = ?',
    'SEARCH presentations',
  ],
])('a statement that goes through %s is found', (_what, sql, step) => {
  const [walk] = walksAmong([{ file: 'store.sqlite', sql }], explainingStore());
  expect(walk?.steps.join('\n')).toContain(step);
});

it.each([
  'SELECT note FROM ratings WHERE id = ?',
  'SELECT note FROM ratings WHERE rater_id = ? ORDER BY id',
  'SELECT name FROM studies ORDER BY name',
  'SELECT max(id) FROM ratings',
])('%s finds its rows', (sql) => {
  expect(walksAmong([{ file: 'store.sqlite', sql }], explainingStore())).toEqual([]);
});

it('statements of tests alone are let be', () => {
  expect(
    statementFaults([{ file: 'store.sqlite', sql: 'SELECT viewed_ms FROM ratings WHERE viewed_ms > 3' }]),
  ).toEqual([]);
});
