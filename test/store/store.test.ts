import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../electron/core/ports/product.ts';
import { integrityProblems, listBackups, makeBackup } from '../../electron/core/store/engine/backup.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import {
  applyMigrations,
  migrationsBeforeBase,
  pendingMigrations,
  readMigrations,
} from '../../electron/core/store/engine/migrate.ts';
import { openStore, productMigrations } from '../../electron/core/store/engine/open-store.ts';
import { studyByPublicId } from '../../electron/core/store/study/studies.ts';
import { defaultDesign } from '../../shared/study/study.ts';
import { steppingClock } from '../support/fixed-ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const clock = steppingClock();
const storeFile = () => join(temporaryFolder(), 'store.sqlite');

describe('a connection', () => {
  it('keeps WAL, FULL and foreign keys after writes and on every reopen', async () => {
    const path = storeFile();
    for (let round = 0; round < 3; round++) {
      const store = await openStore(path, clock);
      store.write((store) =>
        store.run('INSERT INTO settings (name, value) VALUES (?, ?)', `round ${round}`, '1'),
      );
      store.write((store) => store.run('UPDATE settings SET value = ?', '2'));
      expect(store.pragma('journal_mode')).toBe('wal');
      expect(store.pragma('synchronous')).toBe(2);
      expect(store.pragma('foreign_keys')).toBe(1);
      expect(() => store.assertDurable()).not.toThrow();
      store.close();
    }
  });

  it('notices when durability was lost', async () => {
    const store = await openStore(storeFile(), clock);
    store.setPragma('synchronous = NORMAL');
    expect(() => store.assertDurable()).toThrow('durability');
    store.close();
  });

  it('says store_busy instead of waiting for ever, and nothing is changed', async () => {
    const path = storeFile();
    const first = await openStore(path, clock);
    const second = await openStore(path, clock);
    first.begin();
    expect(() => second.write((store) => store.run("INSERT INTO settings VALUES ('a', '1')"))).toThrow(
      expect.objectContaining({ code: 'store_busy' }),
    );
    first.rollback();
    second.write((store) => store.run("INSERT INTO settings VALUES ('a', '1')"));
    expect(first.query<{ n: number }>('SELECT count(*) AS n FROM settings').get()?.n).toBe(1);
    first.close();
    second.close();
  });
});

describe('migrations', () => {
  it('keep the judgments of a store from before judges were run from here', async () => {
    const path = storeFile();
    const old = new Store(path, { readonly: false });
    applyMigrations(
      old,
      migrationsBeforeBase().filter(({ id }) => id <= 10),
      1,
    );
    old.write((store) =>
      store.execute(`
      INSERT INTO studies (public_id, name, guideline, scale, minimum_viewing_ms, seed, created_at)
        VALUES ('s', 'S', '', 'with_tie', 0, '0123456789abcdef', 1);
      INSERT INTO systems (study_id, name) VALUES (1, 'one'), (1, 'two');
      INSERT INTO items (study_id, content_hash, prompt) VALUES (1, zeroblob(16), '"Q"');
      INSERT INTO responses (item_id, system_id, content_hash, output) VALUES (1, 1, zeroblob(16), '"A"'), (1, 2, zeroblob(16), '"B"');
      INSERT INTO pairs (study_id, ordinal, external_id, item_id, first_response_id, second_response_id, slices)
        VALUES (1, 0, 'p', 1, 1, 2, '{}');
      INSERT INTO judges (study_id, name) VALUES (1, 'j');
      INSERT INTO judgments (pair_id, judge_id, judge_order, sample, verdict, score, raw, judged_at)
        VALUES (1, 1, 'a_first', 0, 'tie', 0.5, 'raw', 7), (1, 1, 'b_first', 0, 'error', NULL, NULL, NULL);
    `),
    );
    old.close();
    const store = await openStore(path, clock);
    expect(
      store
        .query(
          'SELECT judge_order, attempt, verdict, failure, score, raw, judged_at FROM judgments ORDER BY id',
        )
        .all(),
    ).toEqual([
      {
        judge_order: 'a_first',
        attempt: 0,
        verdict: 'tie',
        failure: null,
        score: 0.5,
        raw: 'raw',
        judged_at: 7,
      },
      {
        judge_order: 'b_first',
        attempt: 0,
        verdict: 'error',
        failure: null,
        score: null,
        raw: null,
        judged_at: null,
      },
    ]);
    expect(() => store.write((store) => store.run("UPDATE judgments SET verdict = 'tie'"))).toThrow(
      'append-only',
    );
    expect(() => store.write((store) => store.run('DELETE FROM judgments'))).toThrow('append-only');
    expect(integrityProblems(path)).toEqual([]);
    expect(listBackups(path)).toHaveLength(1);
    store.close();
  });

  it('keep the design and the sides of a store from before designs were documents', async () => {
    const path = storeFile();
    const old = new Store(path, { readonly: false });
    applyMigrations(
      old,
      migrationsBeforeBase().filter(({ id }) => id < 30),
      1,
    );
    old.write((store) =>
      store.execute(`
      INSERT INTO studies (public_id, name, guideline, scale, raters_per_pair, minimum_viewing_ms, seed, created_at)
        VALUES ('s', 'S', 'Which is better?', 'with_tie', 3, 400, '0123456789abcdef', 5);
      INSERT INTO systems (study_id, name) VALUES (1, 'one'), (1, 'two');
      INSERT INTO items (study_id, content_hash, prompt) VALUES (1, zeroblob(16), '"Q"');
      INSERT INTO responses (item_id, system_id, content_hash, output) VALUES (1, 1, zeroblob(16), '"A"'), (1, 2, zeroblob(16), '"B"');
      INSERT INTO pairs (study_id, ordinal, external_id, item_id, first_response_id, second_response_id, slices)
        VALUES (1, 0, 'p', 1, 1, 2, '{}'), (1, 1, 'q', 1, 2, 1, '{}'), (1, 2, 'r', 1, 1, 2, '{}');
      INSERT INTO raters (study_id, name, joined_at) VALUES (1, 'ada', 1), (1, 'ben', 1);
      INSERT INTO side_counts (rater_id, system_a, system_b, presentations) VALUES (1, 1, 2, 3), (2, 1, 2, 1);
      INSERT INTO presentations (public_id, rater_id, pair_id, position, left_side, created_at) VALUES
        ('u', 1, 1, 0, 'first', 1), ('v', 1, 2, 1, 'first', 1), ('w', 1, 3, 2, 'second', 1), ('x', 2, 2, 0, 'second', 1);
    `),
    );
    old.close();
    const store = await openStore(path, clock);
    const study = studyByPublicId(store, 's');
    expect(study?.guidelineVersion).toBe(1);
    expect(study?.design).toEqual({
      ...defaultDesign('0123456789abcdef'),
      guideline: 'Which is better?',
      scale: 'with_tie',
      ratersPerPair: 3,
      minimumViewingMs: 400,
    });
    // Ada saw “one” on the left once and on the right twice, Ben once on the left.
    expect(store.query('SELECT rater_id AS rater, lead FROM side_counts ORDER BY rater_id').all()).toEqual([
      { rater: 1, lead: -1 },
      { rater: 2, lead: 1 },
    ]);
    store.close();
  });

  it('are numbered, unique, and build a schema of STRICT tables', async () => {
    const migrations = productMigrations();
    const files = readdirSync(join(productFolder, 'migrations')).filter((file) => file.endsWith('.sql'));
    expect(migrations.length).toBe(files.length);
    const store = await openStore(storeFile(), clock);
    const loose = store
      .query<{ name: string }>(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(loose).toEqual([]);
    store.close();
  });

  it('refuse two of one number', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '0010-a.sql'), '');
    writeFileSync(join(folder, '0010-b.sql'), '');
    expect(() => readMigrations(folder)).toThrow('number 10');
  });

  it('upgrade a store with data after a verified backup, all in one transaction', async () => {
    const path = storeFile();
    const before = await openStore(path, clock);
    before.write((store) => store.run("INSERT INTO settings VALUES ('kept', '\"yes\"')"));
    before.close();
    const next = {
      id: 9000,
      name: 'test-only',
      sql: 'CREATE TABLE added (id INTEGER PRIMARY KEY) STRICT; INSERT INTO added SELECT length(value) FROM settings;',
    };
    const after = await openStore(path, clock, [...productMigrations(), next]);
    expect(
      after.query<{ value: string }>("SELECT value FROM settings WHERE name = 'kept'").get()?.value,
    ).toBe('"yes"');
    expect(after.query<{ id: number }>('SELECT id FROM added').get()?.id).toBe(5);
    expect(after.pragma('user_version')).toBe(9000);
    after.close();
    const [backup] = listBackups(path);
    expect(integrityProblems(backup ?? '')).toEqual([]);
    const copy = new Store(backup ?? '', { readonly: true });
    expect(copy.pragma('user_version')).toBe(productMigrations().at(-1)?.id);
    copy.close();
  });

  it('that fail leave the store as it was', async () => {
    const path = storeFile();
    (await openStore(path, clock)).close();
    const bad = {
      id: 9000,
      name: 'bad',
      sql: 'CREATE TABLE half (id INTEGER) STRICT; SELECT no_such_function();',
    };
    await expect(openStore(path, clock, [...productMigrations(), bad])).rejects.toThrow('no_such_function');
    const store = await openStore(path, clock);
    expect(store.query("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
    store.close();
  });

  it('that were changed after they were applied are refused', async () => {
    const path = storeFile();
    (await openStore(path, clock)).close();
    const altered = productMigrations().map((each) => ({ ...each, sql: `${each.sql}\n-- altered` }));
    await expect(openStore(path, clock, altered)).rejects.toThrow('is not the one in this version');
  });

  it('run once when two hosts open a new store at the same time', async () => {
    const path = storeFile();
    const [one, two] = [new Store(path, { readonly: false }), new Store(path, { readonly: false })];
    const migrations = productMigrations();
    const [pendingOne, pendingTwo] = [pendingMigrations(one, migrations), pendingMigrations(two, migrations)];
    applyMigrations(one, pendingOne, 1);
    applyMigrations(two, pendingTwo, 2);
    expect(two.query<{ n: number }>('SELECT count(*) AS n FROM schema_migrations').get()?.n).toBe(
      migrations.length,
    );
    one.close();
    two.close();
  });
});

describe('stores that cannot be used', () => {
  it('from a newer version are refused by name and left alone', async () => {
    const path = storeFile();
    const store = await openStore(path, clock);
    store.setPragma('user_version = 9999');
    store.close();
    const bytes = readFileSync(path);
    await expect(openStore(path, clock)).rejects.toMatchObject({
      code: 'store_newer',
      details: { storeVersion: 9999 },
    });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('of another program are refused and left alone', async () => {
    const path = storeFile();
    const other = new Store(path, { readonly: false });
    other.write((store) => store.execute('CREATE TABLE theirs (id INTEGER)'));
    other.setPragma('journal_mode = DELETE');
    other.close();
    const bytes = readFileSync(path);
    await expect(openStore(path, clock)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    const again = new Store(path, { readonly: true });
    expect(again.query("SELECT 1 FROM sqlite_schema WHERE name = 'theirs'").get()).toBeDefined();
    again.close();
  });

  it('that are no database at all are left alone', async () => {
    const path = join(temporaryFolder(), 'results.jsonl');
    writeFileSync(path, '{"id": 1}\n');
    await expect(openStore(path, clock)).rejects.toThrow('It was not touched');
    expect(readFileSync(path, 'utf8')).toBe('{"id": 1}\n');
  });

  it('that are damaged are set aside, not deleted, and the newest backup is named', async () => {
    const path = storeFile();
    const store = await openStore(path, clock);
    const backup = await makeBackup(store, clock.nowMs());
    store.close();
    const garbage = Buffer.alloc(8192, 'not a database ');
    writeFileSync(path, garbage);
    await expect(openStore(path, clock)).rejects.toMatchObject({
      code: 'store_damaged',
      message: expect.stringContaining(backup),
    });
    expect(existsSync(path)).toBe(false);
    const aside = readdirSync(join(path, '..')).find((file) => file.includes('.damaged-'));
    expect(readFileSync(join(path, '..', aside ?? '')).equals(garbage)).toBe(true);
    const fresh = await openStore(path, clock);
    fresh.close();
  });

  it('in a folder that cannot be written say so', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    await expect(openStore(join(file, 'store.sqlite'), clock)).rejects.toThrow();
  });
});

describe('append-only tables', () => {
  it.each(['ratings', 'judgments', 'audit_log'])('%s refuse updates and deletes', async (table) => {
    const store = await openStore(storeFile(), clock);
    store.write((store) =>
      store.execute(`
      INSERT INTO studies (id, public_id, name, seed, created_at) VALUES (1, 's', 's', 's', 0);
      INSERT INTO systems VALUES (1, 1, 'a');
      INSERT INTO items VALUES (1, 1, zeroblob(16), '""', NULL);
      INSERT INTO responses VALUES (1, 1, 1, zeroblob(16), '""', NULL);
      INSERT INTO pairs (id, study_id, ordinal, external_id, item_id, first_response_id, second_response_id, slices)
        VALUES (1, 1, 0, 'p', 1, 1, 1, '{}');
      INSERT INTO raters (id, study_id, name) VALUES (1, 1, 'r');
      INSERT INTO judges VALUES (1, 1, 'j');
      INSERT INTO ratings (id, rater_id, pair_id, kind, verdict) VALUES (1, 1, 1, 'vote', 'first');
      INSERT INTO judgments (id, pair_id, judge_id, judge_order, sample, verdict) VALUES (1, 1, 1, 'both', 0, 'tie');
      INSERT INTO audit_log (id, at, actor, action, details, hash)
        VALUES (1, 0, 'x', 'y', '{}', audit_hash('', 1, 0, NULL, 'x', 'y', '{}'));
    `),
    );
    expect(() => store.write((store) => store.execute(`UPDATE ${table} SET id = 2`))).toThrow('append-only');
    expect(() => store.write((store) => store.execute(`DELETE FROM ${table}`))).toThrow('append-only');
    store.close();
  });
});
