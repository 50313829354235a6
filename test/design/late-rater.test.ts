/** A rater who comes when next to all pairs have their raters is given what is left, whatever is passed over. */
import { describe, expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';

const COUNTED = `SELECT count(*) AS miscounted FROM pairs WHERE taken <> (
  SELECT count(*) FROM presentations p WHERE p.pair_id = pairs.id AND p.kind = 'ordinary' AND (p.is_open = 1
    OR (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped'))`;

async function study(design: Record<string, unknown>, pairs = 600) {
  const test = await openTestApp();
  const { studyId } = await importText(test.storePath, jsonLines(qualityRows(pairs)));
  await test.value('studies.configure', { studyId: studyId ?? '', design });
  /** Pairs whose count of raters is not what the presentations say. */
  const miscounted = () => {
    const store = new Store(test.storePath, { readonly: true });
    const found = store.query<{ miscounted: number }>(COUNTED).get()?.miscounted;
    store.close();
    return found;
  };
  return { test, id: studyId ?? '', miscounted };
}

describe('a rater who comes late', () => {
  it('is given every pair that is left, once, however far in the rater’s own order', async () => {
    const { test, id, miscounted } = await study({ ratersPerPair: 1 });
    const { shown } = await workSession(test, id, 'ada', 590, { skill: 1, skips: 0.02, undoes: 0.05 });
    expect(miscounted()).toBe(0);
    const store = new Store(test.storePath, { readonly: true });
    const left = store
      .query<{ pair: string }>(
        `SELECT external_id AS pair FROM pairs WHERE NOT EXISTS (SELECT 1 FROM presentations p WHERE p.pair_id = pairs.id
           AND (p.is_open = 1 OR (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped'))`,
      )
      .all()
      .map(({ pair }) => `Question ${pair.replace('pair-', '')}?`);
    store.close();
    expect(left.length).toBeGreaterThan(12);
    const late = await workSession(test, id, 'ben', 600, { skill: 1, undoes: 0.2 });
    const questions = late.shown.map(({ task }) => task[0]?.content ?? '');
    expect([...new Set(questions)].sort()).toEqual([...left].sort());
    expect(questions.length).toBeLessThan(2 * left.length);
    expect(late.last.queue).toEqual([]);
    expect(miscounted()).toBe(0);
    expect(shown.length).toBeGreaterThan(500);
  });

  it('is given the pairs that everybody is to see, all of them', async () => {
    const { test, id, miscounted } = await study({ ratersPerPair: 1, overlapShare: 0.01 });
    await workSession(test, id, 'ada', 1000, { skill: 1 });
    const { shown } = await workSession(test, id, 'ben', 1000, { skill: 1 });
    expect(shown).toHaveLength(6);
    expect(miscounted()).toBe(0);
  });
});
