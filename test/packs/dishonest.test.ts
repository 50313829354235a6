/** A vendor who signs what did not happen: each trick is seen, and what is honest beside it still counts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptPack } from '../../electron/core/packs/accept-pack.ts';
import { newKey, signerOf } from '../../electron/core/packs/ed25519.ts';
import { openPack } from '../../electron/core/packs/open-pack.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { textSha256 } from '../../shared/json/content-hash.ts';
import type { PackManifest } from '../../shared/pack/pack-manifest.ts';
import type { PackPresentation } from '../../shared/pack/pack-rows.ts';
import type { NewReturnRow } from '../../shared/pack/return-rows.ts';
import { returnLines } from '../../shared/pack/return-writer.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { containerOf, filesOf } from '../support/pack-bytes.ts';
import { IDENTITY, makeTestPack, mergeFiles, packOptions, vendorWith } from '../support/packs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const KEY = newKey();
/** When the vendor's day begins. */
const MORNING = Date.UTC(2026, 0, 5, 8);

/** A pack, and a pen that signs any rows as its vendor. */
async function dishonest(design: Record<string, unknown> = {}) {
  const lead = await openTestApp();
  const { studyId } = await importText(lead.storePath, jsonLines(nativeRows(12)));
  const id = studyId ?? '';
  await lead.value('studies.configure', { studyId: id, design: { minimumViewingMs: 0, ...design } });
  const made = await makeTestPack(lead, id, packOptions(['v1']));
  const files = await filesOf(await containerOf(made.path, IDENTITY));
  const manifestText = files.get('manifest.json') ?? '';
  const manifest = JSON.parse(manifestText) as PackManifest;
  const pairs = (files.get('work-001.jsonl') ?? '')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as PackPresentation).id);
  const header = {
    touchreturn: 1 as const,
    packId: manifest.packId,
    revision: 1,
    manifestSha256: textSha256(manifestText),
    study: manifest.study.id,
    key: KEY.publicKey,
  };
  const vote = (pair: number, at: number, more = {}): NewReturnRow => ({
    type: 'vote',
    rater: 'v1',
    presentation: pairs[pair] ?? '',
    command: crypto.randomUUID(),
    at: MORNING + at,
    answer: 'left',
    guideline: 1,
    viewedMs: 900,
    idleMs: 0,
    ...more,
  });
  const written = (rows: readonly NewReturnRow[]) => {
    const lines = rows.map((row, index) => canonicalJson({ ...row, n: index + 1 }));
    return [...returnLines(header, lines, { isComplete: false, madeAt: MORNING }, signerOf(KEY))];
  };
  const send = async (lines: readonly string[], more = {}) => {
    const path = join(temporaryFolder(), 'work.touchreturn');
    writeFileSync(path, `${lines.join('\n')}\n`);
    const result = await mergeFiles(lead, id, [path], { trusts: [KEY.publicKey], ...more });
    return { ...result, file: result.files[0] };
  };
  return { lead, studyId: id, made, manifest, vote, written, send };
}

describe('a dishonest vendor', () => {
  it('cannot hide votes nobody read behind a faulty one, nor turn the clock back with a retraction', async () => {
    const { vote, written, send, lead } = await dishonest();
    const second = vote(1, 20_000) as Extract<NewReturnRow, { type: 'vote' }>;
    const { file, taken } = await send(
      written([
        vote(0, 10_000, { strength: 2 }),
        vote(0, 10_001, { viewedMs: 0 }),
        second,
        {
          type: 'retraction',
          rater: 'v1',
          presentation: second.presentation,
          command: crypto.randomUUID(),
          at: MORNING,
        },
        vote(2, 5000),
      ]),
    );
    expect(file?.rows.map((row) => [row.n, row.class])).toEqual([
      [1, 'out_of_design'],
      [2, 'impossible'],
      [4, 'impossible'],
    ]);
    expect(taken).toBe(2);
    expect((await lead.value('audit.verify', {})).broken).toBeNull();
  });

  it('cannot stop a merge by using a command twice, whatever a lead accepts', async () => {
    const { vote, written, send } = await dishonest();
    const command = crypto.randomUUID();
    const rows = [
      vote(0, 10_000, { command }),
      vote(1, 20_000, { command }),
      vote(0, 30_000, { command }),
      vote(2, 40_000, { answer: 'skipped' }),
    ];
    const lines = written(rows);
    const { file, taken } = await send(lines, { accepts: lines.map((line) => textSha256(line)) });
    expect(file?.counts.altered).toBe(2);
    expect(taken).toBe(2);
    expect((await send(lines)).changedNothing).toBe(true);
  });

  it('cannot write the log anew: a row that came once stays what it was', async () => {
    const { vote, written, send } = await dishonest();
    const first = vote(0, 10_000, { viewedMs: 1 });
    expect((await send(written([first]))).file?.counts.impossible).toBe(1);
    const again = await send(written([vote(0, 10_000), vote(1, 20_000)]));
    expect(again.file?.rows[0]?.reason).toMatch(/something else than an earlier return/u);
    expect(again.file?.counts).toMatchObject({ altered: 1, new: 1 });
  });

  it('cannot leave out the row that makes another one late', async () => {
    const { vote, written, send } = await dishonest({ blockSize: 2 });
    const rows: NewReturnRow[] = [
      vote(0, 10_000),
      vote(1, 20_000),
      { type: 'block_closed', rater: 'v1', at: MORNING + 21_000, block: 0 },
      vote(0, 30_000, { answer: 'right' }),
      vote(2, 40_000),
    ];
    const lines = written(rows);
    const without = await send(
      lines.filter((line) => !line.includes('block_closed')),
      { dryRun: true },
    );
    expect(without.taken).toBe(2);
    expect(
      without.file?.rows.filter(({ reason }) => reason.startsWith('comes after')).map(({ n }) => n),
    ).toEqual([4, 5]);
    const whole = await send(lines);
    expect(whole.file?.rows.map((row) => [row.n, row.class])).toEqual([[4, 'late']]);
    expect(whole.taken).toBe(3);
  });

  it('cannot consent in somebody’s place to a text that was not asked', async () => {
    const { vote, written, send } = await dishonest({ consent: 'Please agree.' });
    const consent = (text: string): NewReturnRow => ({
      type: 'consent',
      rater: 'v1',
      at: MORNING + 1,
      textSha256: textSha256(text),
    });
    expect(
      (await send(written([consent('Another text.'), vote(0, 10_000)]), { dryRun: true })).file?.counts,
    ).toMatchObject({
      out_of_design: 2,
      new: 0,
    });
    expect((await send(written([consent('Please agree.'), vote(0, 10_000)]))).taken).toBe(1);
  });

  it('is not accepted for skipping whatever checks', async () => {
    const { lead, studyId, manifest, vote, written, send } = await dishonest({
      checks: { repeatShare: 0.2, catchShare: 0.2, goldShare: 0, repeatGap: 2 },
    });
    const kinds = lead.app.context.store
      .query<{ kind: string }>('SELECT kind FROM presentations ORDER BY position')
      .all()
      .map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 'ordinary').length).toBeGreaterThan(1);
    const rows = kinds.map((kind, place) =>
      vote(
        place,
        10_000 * (place + 1),
        kind === 'ordinary' ? {} : { answer: 'skipped', skipReason: 'other' },
      ),
    );
    await send(written(rows));
    const { report } = acceptPack({ storePath: lead.storePath, studyId, packId: manifest.packId, nowMs: 1 });
    expect(report.verdict).not.toBe('accepted');
    const unknown = report.criteria.filter(({ verdict }) => verdict === 'unknown').map(({ name }) => name);
    expect(unknown).toEqual(expect.arrayContaining(['catches']));
  });

  it('cannot take an open pack over with another key under its id', async () => {
    const { made } = await dishonest();
    const { vendor, packId } = await vendorWith(made.path);
    const other = await dishonest();
    // Another lead who learned the id: the store is made to bear it.
    const { store } = other.lead.app.context;
    store.write((store) => store.run('UPDATE packs SET public_id = ?', packId));
    store.write((store) => store.run('UPDATE pack_revisions SET manifest = NULL'));
    const forged = await makeTestPack(other.lead, other.studyId, packOptions(['v1']));
    await expect(
      openPack({
        storePath: vendor.storePath,
        file: { path: forged.path, name: 'x' },
        secret: IDENTITY,
        nowMs: 1,
      }),
    ).rejects.toThrow(/^STOP/u);
    expect(await vendor.value('packs.opened', {})).toHaveLength(1);
  });
});
