/** The log in words: every act has some, the latest stand first, and a blind study's log names no file. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actText } from '../../electron/core/audit/act-text.ts';
import { appendAudit, latestActs } from '../../electron/core/store/engine/audit.ts';
import { AUDIT_ACTIONS, type AuditAction, readAct } from '../../electron/core/store/engine/audit-actions.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';

/** The least that a schema takes, with every field it may have. */
function filled(schema: z.core.JSONSchema.BaseSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  const [one] = schema.enum ?? [];
  if (one !== undefined) return one;
  const [any] = schema.anyOf ?? [];
  if (any !== undefined) return filled(any as z.core.JSONSchema.BaseSchema);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, value]) => [
        key,
        filled(value as z.core.JSONSchema.BaseSchema),
      ]),
    );
  if (type === 'array') return [filled(schema.items as z.core.JSONSchema.BaseSchema)];
  return type === 'string' ? 'word' : type === 'boolean' ? true : 7;
}

describe('an act in words', () => {
  it.each(Object.keys(AUDIT_ACTIONS) as AuditAction[])(
    '%s, as it is written and as older stores have it',
    (action) => {
      const { written, stored } = AUDIT_ACTIONS[action];
      for (const schema of [written, stored]) {
        const whole = filled(z.toJSONSchema(schema)) as Record<string, unknown>;
        const least = Object.fromEntries(
          Object.entries(whole).filter(([key]) => z.toJSONSchema(schema).required?.includes(key) === true),
        );
        for (const details of [whole, least])
          for (const isBlind of [true, false]) {
            const text = actText(readAct(action, JSON.stringify(details)), isBlind);
            expect(text).toMatch(/^[A-Z].*\S$/u);
            expect(text).not.toMatch(/undefined|null|\[object|NaN/u);
          }
      }
    },
  );
});

describe('the log of a study', () => {
  it('has its acts, the latest first, page by page, and none of another study', async () => {
    const { app } = await openTestApp();
    const { store } = app.context;
    const { studyId } = await importText(store.path, jsonLines(nativeRows(4)), { study: 'Mine' });
    await importText(store.path, jsonLines(nativeRows(4)), { study: 'Other' });
    for (const name of ['One', 'Two', 'Three']) await app.call('studies.rename', { studyId, name });
    const list = async (input: object) => {
      const reply = await app.call('audit.list', { studyId, ...input });
      if (!reply.ok) throw new Error(reply.error.message);
      return reply.value as {
        acts: { row: number; text: string }[];
        older: number | null;
        head: { entries: number };
      };
    };
    const all = await list({});
    expect(all.older).toBeNull();
    expect(all.acts.map(({ text }) => text)).toEqual([
      'Renamed the study from “Two” to “Three”',
      'Renamed the study from “One” to “Two”',
      'Renamed the study from “Mine” to “One”',
      expect.stringMatching(/^Imported 1 file: 4 records/u),
      'Made the study “Mine”',
    ]);
    const rows = all.acts.map(({ row }) => row);
    const paged: number[] = [];
    for (let before: number | null = null, more = true; more; ) {
      const page = await list({ before, limit: 2 });
      paged.push(...page.acts.map(({ row }) => row));
      before = page.older;
      more = before !== null;
    }
    expect(paged).toEqual(rows);
    await app.call('studies.unblind', { studyId, confirmName: 'Three' });
    const [unblinded] = (await list({ limit: 1 })).acts;
    expect(unblinded?.text).toBe('Unblinded the study');
    expect((await list({})).acts.find(({ text }) => text.startsWith('Imported'))?.text).not.toContain(
      '1 file',
    );
  });

  it('lists no vote, however many there are', async () => {
    const { app } = await openTestApp();
    const { store } = app.context;
    store.write((store) => {
      for (let ratingId = 1; ratingId <= 300; ratingId++)
        appendAudit(store, {
          at: ratingId,
          studyId: null,
          actor: 'ada',
          action: 'rating.recorded',
          details: { ratingId, sha256: 'x', receipt: 1 },
        });
      appendAudit(store, {
        at: 1,
        studyId: null,
        actor: 'lead',
        action: 'plan.stored',
        details: { sha256: 'x' },
      });
    });
    expect(latestActs(store, null, null, 10).map(({ action }) => action)).toEqual(['plan.stored']);
  });
});
