/** Whatever is done to the log by hand is found, and the first row that is broken is named. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../electron/core/audit/verify-audit.ts';
import { appendAudit } from '../../electron/core/store/engine/audit.ts';
import { auditHash } from '../../electron/core/store/engine/audit-hash.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { applyMigrations, migrationsBeforeBase } from '../../electron/core/store/engine/migrate.ts';
import { productMigrations } from '../../electron/core/store/engine/open-store.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { commandLine } from '../support/command-line.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Row {
  id: number;
  at: number;
  study_id: number | null;
  actor: string;
  action: string;
  details: string;
  hash: string;
}

/** A store of a study that was designed, rated with changes of mind, and unblinded. */
async function usedStore(): Promise<string> {
  const test = await openTestApp();
  const { studyId } = await importText(test.storePath, jsonLines(qualityRows(40)));
  const id = studyId ?? '';
  await test.value('studies.configure', { studyId: id, design: { ratersPerPair: 2 } });
  for (const rater of ['ada', 'ben'])
    await workSession(test, id, rater, 20, { skill: 0.8, skips: 0.1, undoes: 0.2 });
  await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
  return test.storePath;
}

/** Opens a copy without the rules that keep the log from being changed. */
function unguarded(path: string): Store {
  const copy = join(temporaryFolder(), 'copy.sqlite');
  const original = new Database(path);
  original.exec(`VACUUM INTO '${copy}'`);
  original.close();
  const store = new Store(copy, { readonly: false });
  const guards = store
    .query<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('audit_log', 'ratings', 'judgments', 'selections', 'selected_pairs')",
    )
    .all();
  for (const { name } of guards) store.write((store) => store.execute(`DROP TRIGGER ${name}`));
  store.setPragma('foreign_keys = OFF');
  return store;
}

const COLUMNS = 'id, at, study_id, actor, action, details, hash';

describe('the audit log', () => {
  it('finds every edit, deletion, insertion and swap of rows, in 1,200 random tamperings', async () => {
    const path = await usedStore();
    const store = unguarded(path);
    const rows = store.query<Row>(`SELECT ${COLUMNS} FROM audit_log ORDER BY id`).all();
    expect(verifyAudit(store)).toEqual({
      entries: rows.length,
      hash: rows.at(-1)?.hash,
      broken: null,
      notCovered: [],
    });
    expect(rows.length).toBeGreaterThan(50);
    const { below } = seededRandom('tampering');
    const at = (place: number) => rows[place] as Row;
    const write = (row: Row) =>
      store.write((store) =>
        store.run(
          `INSERT INTO audit_log (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
          row.id,
          row.at,
          row.study_id,
          row.actor,
          row.action,
          row.details,
          row.hash,
        ),
      );
    const rewriteFrom = (first: number, changed: readonly Row[]) => {
      store.write((store) => store.run('DELETE FROM audit_log WHERE id >= ?', first));
      for (const row of changed) write(row);
    };
    const field = (row: Row): Row => {
      const changes: Partial<Row>[] = [
        { at: row.at + 1 },
        { study_id: (row.study_id ?? 0) + 1 },
        { actor: `${row.actor}x` },
        { action: row.action.toUpperCase() },
        { details: row.details.replace(/[}]$/u, ' }') },
        { hash: row.hash.replace(/.$/u, (sign) => (sign === '0' ? '1' : '0')) },
      ];
      return { ...row, ...changes[below(changes.length)] };
    };
    /** Each changes the log and tells which row is the first that is not what it was. */
    const tamperings: Readonly<Record<string, () => number>> = {
      edit: () => {
        const row = field(at(below(rows.length)));
        rewriteFrom(row.id, [row, ...rows.slice(row.id)]);
        return row.id;
      },
      'edit with a fitting hash': () => {
        const place = below(rows.length);
        const row = { ...at(place), actor: 'somebody else' };
        const { study_id: studyId, ...rest } = row;
        row.hash = auditHash(place === 0 ? '' : at(place - 1).hash, { ...rest, studyId });
        rewriteFrom(row.id, [row, ...rows.slice(row.id)]);
        // The row fits the one before it; the next one no longer fits, or the head does not.
        return place === rows.length - 1 ? row.id : row.id + 1;
      },
      deletion: () => {
        const { id } = at(below(rows.length));
        store.write((store) => store.run('DELETE FROM audit_log WHERE id = ?', id));
        return id;
      },
      'deletion that closes the gap': () => {
        const { id } = at(below(rows.length));
        rewriteFrom(
          id,
          rows.slice(id).map((row) => ({ ...row, id: row.id - 1 })),
        );
        return id;
      },
      insertion: () => {
        const place = below(rows.length + 1);
        // A copy of another row: one of the row itself would stand there rightly, and the next would not.
        const other = at((place + 1 + below(rows.length - 1)) % rows.length);
        const made = { ...other, id: place + 1 };
        rewriteFrom(place + 1, [made, ...rows.slice(place).map((row) => ({ ...row, id: row.id + 1 }))]);
        return place + 1;
      },
      swap: () => {
        const [one, two] = [below(rows.length), below(rows.length)].sort(
          (first, second) => first - second,
        ) as [number, number];
        const changed = rows.slice(one).map((row) => ({ ...row }));
        const [first, second] = [at(one), at(two)];
        changed[0] = { ...second, id: first.id };
        changed[two - one] = { ...first, id: second.id };
        if (one === two) changed[0] = { ...first, at: first.at - 1 };
        rewriteFrom(first.id, changed);
        return first.id;
      },
    };
    const names = Object.keys(tamperings);
    for (let trial = 0; trial < 1200; trial++) {
      const name = names[trial % names.length] ?? '';
      store.begin();
      const row = tamperings[name]?.();
      const { broken } = verifyAudit(store);
      store.rollback();
      expect(broken?.row, `${name}, trial ${trial}: ${broken?.reason}`).toBe(row);
    }
    expect(verifyAudit(store).broken).toBeNull();
    store.close();
  });

  it('finds votes that were changed, taken out or put in beside it', async () => {
    const path = await usedStore();
    const store = unguarded(path);
    const ratings = store.query<{ id: number }>('SELECT id FROM ratings ORDER BY id').all();
    const rowOf = (rating: number) =>
      store
        .query<{ id: number }>(
          `SELECT id FROM audit_log WHERE action LIKE 'rating.re%'
             AND coalesce(json_extract(details, '$.retractionId'), json_extract(details, '$.ratingId')) = ?`,
        )
        .get(rating)?.id;
    const { below } = seededRandom('ratings');
    for (let trial = 0; trial < 60; trial++) {
      const { id } = ratings[below(ratings.length)] ?? { id: 0 };
      store.begin();
      const change = [
        `UPDATE ratings SET rater_id = rater_id % 2 + 1 WHERE id = ${id}`,
        `UPDATE ratings SET note = coalesce(note, '') || '!' WHERE id = ${id}`,
        `UPDATE ratings SET recorded_at = recorded_at + 1 WHERE id = ${id}`,
        `DELETE FROM ratings WHERE id = ${id}`,
      ][trial % 4];
      store.write((store) => store.execute(change ?? ''));
      const { broken } = verifyAudit(store);
      store.rollback();
      expect(broken?.row, change).toBe(rowOf(id));
    }
    store.begin();
    store.write((store) =>
      store.execute(
        `INSERT INTO ratings (command_id, rater_id, pair_id, presentation_id, kind, verdict, recorded_at)
       SELECT 'made up', rater_id, pair_id, presentation_id, 'vote', 'first', recorded_at FROM ratings LIMIT 1`,
      ),
    );
    expect(verifyAudit(store).broken?.reason).toMatch(/rating \d+ is recorded by no row/u);
    store.rollback();
    store.close();
  });

  it('finds what was imported, judged, drawn or adjudicated and is not so any more', async () => {
    const test = await openTestApp();
    const rows = qualityRows(40).map((row, index) => ({
      ...row,
      ...(index < 10 ? { human: [{ rater: 'early', verdict: 'first', note: 'so' }] } : {}),
      judge: [{ judge: 'j', order: 'a_first', verdict: index % 2 === 0 ? 'first' : 'tie', raw: 'said' }],
      adjudicated: index < 3 ? [{ by: 'judy', verdict: 'tie', at: '2026-01-01T00:00:00Z' }] : undefined,
    }));
    const { studyId } = await importText(test.storePath, jsonLines(rows));
    await importText(
      test.storePath,
      jsonLines(rows.map((row) => ({ ...row, id: `${(row as { id?: string }).id}-b` }))),
      {
        study: 'Other',
      },
    );
    await test.value('studies.configure', { studyId: studyId ?? '', design: { ratersPerPair: 2 } });
    const store = unguarded(test.storePath);
    const [rater, item] = ['rater_id', 'pair_id'];
    expect(verifyAudit(store)).toMatchObject({ broken: null, notCovered: [] });
    const changes = [
      "UPDATE ratings SET verdict = 'second' WHERE command_id IS NULL AND id = (SELECT min(id) FROM ratings)",
      'UPDATE ratings SET recorded_at = 5 WHERE id = (SELECT max(id) FROM ratings)',
      `DELETE FROM ratings WHERE id = (SELECT min(r.id) FROM ratings r JOIN raters ra ON ra.id = r.rater_id WHERE ra.role = 'adjudicator')`,
      `UPDATE ratings SET verdict = 'first' WHERE id = (SELECT min(r.id) FROM ratings r JOIN raters ra ON ra.id = r.rater_id WHERE ra.role = 'adjudicator')`,
      'DELETE FROM ratings WHERE id = (SELECT min(id) FROM ratings)',
      "UPDATE judgments SET verdict = 'second' WHERE id = 7",
      "UPDATE judgments SET raw = 'said otherwise' WHERE id = (SELECT max(id) FROM judgments)",
      'DELETE FROM judgments WHERE id = 5',
      `UPDATE judgments SET ${item} = ${item} + 1, sample = 9 WHERE id = 3`,
    ];
    for (const change of changes) {
      store.begin();
      store.write((store) => store.execute(change));
      const { broken } = verifyAudit(store);
      store.rollback();
      expect(broken?.reason, change).toMatch(/^seals /u);
    }
    store.begin();
    store.write((store) =>
      store.execute(
        `INSERT INTO ratings (${rater}, pair_id, kind, verdict, recorded_at) SELECT rater_id, pair_id, kind, verdict, recorded_at
       FROM ratings LIMIT 1`,
      ),
    );
    expect(verifyAudit(store).notCovered).toEqual([
      expect.stringMatching(/^imported votes: 1, from number/u),
    ]);
    store.rollback();
    store.close();
  });

  it('finds a draw whose chances were changed', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(40)));
    await test.value('design.draw', { studyId: studyId ?? '', method: { kind: 'random', pairs: 10 } });
    const store = unguarded(test.storePath);
    expect(verifyAudit(store)).toMatchObject({ broken: null, notCovered: [] });
    for (const change of [
      'UPDATE selected_pairs SET probability = probability / 2 WHERE place = 3',
      'DELETE FROM selected_pairs WHERE place = 0',
      'UPDATE selections SET candidates = candidates + 1',
    ]) {
      store.begin();
      store.write((store) => store.execute(change));
      expect(verifyAudit(store).broken?.reason, change).toMatch(/^seals draws of pairs/u);
      store.rollback();
    }
    store.close();
  });

  it('is verified from the command line, whose exit code tells', async () => {
    const path = await usedStore();
    const { run } = commandLine();
    const fine = await run('audit', 'verify', '--store', path);
    expect([fine.code, fine.out]).toEqual([
      0,
      expect.stringMatching(/^\d+ rows, each bound to the one before/u),
    ]);
    const store = unguarded(path);
    store.write((store) => store.run("UPDATE audit_log SET actor = 'nobody' WHERE id = 3"));
    const copy = store.path;
    store.close();
    const broken = await run('audit', 'verify', '--json', '--store', copy);
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({ broken: { row: 3 } });
  });
});

describe('a log that was begun before it was a chain', () => {
  it('is chained as it stands when the store is brought up to date', () => {
    const store = new Store(join(temporaryFolder(), 'old.sqlite'), { readonly: false });
    const migrations = migrationsBeforeBase();
    const before = migrations.filter(({ id }) => id < 40);
    applyMigrations(store, before, 0);
    for (let row = 1; row <= 25; row++)
      store.write((store) =>
        store.run(
          'INSERT INTO audit_log (at, study_id, actor, action, details) VALUES (?, NULL, ?, ?, ?)',
          row,
          `rater ${row}`,
          'rating.begun',
          `{"turn":${row}}`,
        ),
      );
    applyMigrations(store, [...migrations, ...productMigrations().slice(1)], 1);
    store.write((store) =>
      appendAudit(store, { at: 30, studyId: null, actor: 'x', action: 'rating.begun', details: {} }),
    );
    expect(verifyAudit(store)).toMatchObject({ entries: 26, broken: null });
    store.close();
  });
});
