/** Any order of any partial returns, whole or damaged, together or one after another, gives the same store. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { createClient } from '../../shared/contract/client.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { steppingClock } from '../support/fixed-ports.ts';
import type { TestApp } from '../support/open-app.ts';
import { makeTestPack, mergeFiles, packOptions, returnOf, vendorWith } from '../support/packs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

interface Prepared {
  /** The lead's store before anything came back. */
  readonly base: string;
  readonly studyId: string;
  /** Returns of two machines at different times. */
  readonly whole: readonly string[];
  /** The same with lines altered, left out, or the end missing. */
  readonly damaged: readonly string[];
  readonly words: readonly string[];
}

async function appAt(storePath: string, clock = systemClock): Promise<TestApp & { close(): Promise<void> }> {
  const app = await createApp({ clock, entropy: systemEntropy, host: 'in_process', storePath });
  const client = createClient(app);
  return {
    app,
    storePath,
    close: () => app.close(),
    value: async (name, input) => {
      const reply = await client.call(name, input);
      if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
      return reply.value;
    },
  };
}

/** Works like somebody who thinks again: changes, takes back, skips, and is now and then too fast. */
async function workOn({ value }: TestApp, packId: string, rater: string, votes: number): Promise<void> {
  const begun = await value('rating.begin', { studyId: packId, rater, passphrase: 'a word of my own' });
  const { session } = begun;
  let { queue } = begun;
  const done: string[] = [];
  for (let vote = 0; vote < votes && queue[0] !== undefined; vote++) {
    const { presentationId } = queue[0];
    const answer = (['left', 'right', 'tie', 'both_bad', 'skipped'] as const)[vote % 5] ?? 'tie';
    const said = {
      session,
      answer,
      ...(answer === 'skipped' ? { skipReason: 'other' as const } : {}),
      viewedMs: vote % 7 === 6 ? 1 : 600,
    };
    ({ queue } = await value('rating.submit', { ...said, commandId: crypto.randomUUID(), presentationId }));
    done.push(presentationId);
    if (vote % 4 === 3) ({ queue } = await value('rating.undo', { session, commandId: crypto.randomUUID() }));
    if (vote % 6 === 5)
      await value('rating.submit', {
        session,
        answer: 'right',
        viewedMs: 700,
        commandId: crypto.randomUUID(),
        presentationId: done[0] ?? '',
        revises: true,
      });
  }
}

async function prepare(): Promise<Prepared> {
  const base = join(temporaryFolder(), 'lead.sqlite');
  const lead = await appAt(base);
  const { studyId } = await importText(base, jsonLines(nativeRows(24)));
  const id = studyId ?? '';
  await lead.value('studies.configure', { studyId: id, design: { minimumViewingMs: 0, consent: 'Please.' } });
  const made = await makeTestPack(lead, id, packOptions(['v1', 'v2', 'v3']));
  const [whole, damaged, words]: [string[], string[], string[]] = [[], [], []];
  for (const [raters, start] of [
    [['v1', 'v2'], Date.UTC(2026, 0, 1)],
    [['v3'], Date.UTC(2026, 1, 1)],
  ] as const) {
    const vendor = await appAt(join(temporaryFolder(), 'vendor.sqlite'), steppingClock(start));
    const { packId } = await vendorWith(made.path, vendor);
    for (const rater of raters) {
      const begun = await vendor.value('rating.begin', {
        studyId: packId,
        rater,
        passphrase: 'a word of my own',
      });
      await vendor.value('rating.consent', { session: begun.session, text: 'Please.' });
      for (const votes of [7, 9]) {
        await workOn(vendor, packId, rater, votes);
        const path = await returnOf(vendor, packId, start);
        whole.push(path);
        damaged.push(...damage(path));
      }
    }
    words.push((await vendor.value('packs.makeReturn', { packId })).words);
    await vendor.close();
  }
  await lead.close();
  return { base, studyId: id, whole, damaged, words };
}

function damage(path: string): string[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const write = (changed: readonly string[]) => {
    const target = join(temporaryFolder(), 'damaged.touchreturn');
    writeFileSync(target, `${changed.join('\n')}\n`);
    return target;
  };
  const third = Math.floor(lines.length / 3);
  return [
    write(lines.map((line, index) => (index === third ? line.replace('"answer":"', '"answer":"x') : line))),
    write(lines.filter((_line, index) => index !== 2)),
    write([...lines.slice(0, third), ...lines.slice(third + 2)]),
  ];
}

/** Merges files in groups into a copy of the lead's store, and says what the store then holds. */
async function storeAfter(prepared: Prepared, groups: readonly (readonly string[])[]) {
  const storePath = join(temporaryFolder(), 'copy.sqlite');
  copyFileSync(prepared.base, storePath);
  for (const group of groups) {
    if (group.length > 0)
      await mergeFiles({ storePath }, prepared.studyId, group, {
        trusts: prepared.words,
        nowMs: Date.UTC(2026, 6, 1),
      });
  }
  const store = new Store(storePath, { readonly: true });
  try {
    return {
      votes: store
        .query(
          `SELECT ra.name, p.public_id, r.verdict, r.recorded_at, r.command_id, r.viewed_ms FROM ratings r
           JOIN raters ra ON ra.id = r.rater_id JOIN presentations p ON p.id = r.presentation_id
           WHERE r.kind = 'vote' AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)
           ORDER BY r.command_id`,
        )
        .all(),
      history: store
        .query(
          `SELECT r.command_id, r.kind, r.verdict, r.recorded_at, before.command_id AS supersedes FROM ratings r
           LEFT JOIN ratings before ON before.id = r.supersedes ORDER BY r.command_id`,
        )
        .all(),
      rows: store
        .query(
          'SELECT public_key, n, sha256, fault, reason, is_accepted FROM returned_rows ORDER BY public_key, n, sha256',
        )
        .all(),
      open: store.query('SELECT public_id, is_open FROM presentations ORDER BY public_id').all(),
      raters: store.query('SELECT name, block, votes, skips FROM raters ORDER BY name').all(),
      keys: store.query('SELECT rater_id, public_key FROM pack_keys ORDER BY rater_id').all(),
      consents: store
        .query('SELECT rater_id, text_sha256, consented_at FROM consents ORDER BY rater_id')
        .all(),
    };
  } finally {
    store.close();
  }
}

/** Some of the files, in some order, some of them again, in groups of one or more. */
function groupsOf(files: readonly string[]) {
  return fc.array(fc.array(fc.constantFrom(...files), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  });
}

describe('merging returns', () => {
  it('is commutative, associative and idempotent for whole returns, down to what superseded what', async () => {
    const prepared = await prepare();
    await fc.assert(
      fc.asyncProperty(groupsOf(prepared.whole), async (groups) => {
        const together = await storeAfter(prepared, [[...new Set(groups.flat())]]);
        expect(await storeAfter(prepared, groups)).toEqual(together);
        expect(together.votes.length).toBeGreaterThan(0);
      }),
      { numRuns: tries(5, 60) },
    );
  });

  it('is so for damaged ones, too: the same votes count, the same rows are kept aside', async () => {
    const prepared = await prepare();
    await fc.assert(
      fc.asyncProperty(groupsOf([...prepared.whole, ...prepared.damaged]), async (groups) => {
        const { history: _one, ...together } = await storeAfter(prepared, [[...new Set(groups.flat())]]);
        const { history: _other, ...apart } = await storeAfter(prepared, groups);
        expect(apart).toEqual(together);
      }),
      { numRuns: tries(6, 80) },
    );
  });

  it('keeps aside what is faster than reading, with the reason', async () => {
    const prepared = await prepare();
    const { rows } = await storeAfter(prepared, [prepared.whole]);
    const faults = (rows as { fault: string | null; reason: string | null }[]).filter(
      ({ fault }) => fault !== null,
    );
    expect(faults.length).toBeGreaterThan(2);
    for (const { fault, reason } of faults) {
      expect(fault).toBe('impossible');
      expect(reason).toMatch(/took 0\.0 s for \d+ characters/u);
    }
  });
});
