import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { importFiles, importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const contentOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

async function exported({ storePath }: TestApp, studyId: string, format: 'native' | 'preference' = 'native') {
  const folder = join(temporaryFolder(), 'out');
  const outcome = await runExport({ storePath, studyId, format, folder }, NO_CONTROLS);
  return { folder, outcome, content: contentOf(folder) };
}

/** A study with conversations, references, metadata, votes given here, an undo, a skip, and odd texts. */
async function richStudy(): Promise<{ test: TestApp; studyId: string }> {
  const test = await openTestApp();
  const rows = nativeRows(12).map((row, index) => ({
    ...row,
    ...(index % 3 === 0 ? { reference: `reference “${index}”\u2028\n` } : {}),
    ...(index === 4
      ? {
          prompt: undefined,
          messages: [
            { role: 'system', content: 's' },
            { role: 'user', content: 'مرحبا' },
          ],
        }
      : {}),
    a: { ...(row.a as object), meta: { z: 1, a: [true, null], tokens: 12.5 } },
    human: [{ rater: 'imported', verdict: index % 2 === 0 ? 'first' : 'tie', strength: 2, note: 'n' }],
    judge: [
      { judge: 'j', order: 'b_first', verdict: 'first', raw: 'r', score: 0.25 },
      { judge: 'j', order: 'a_first', verdict: index % 4 === 0 ? 'unparsed' : 'first' },
    ],
  }));
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  const begun = await test.value('rating.begin', { studyId: studyId ?? '', rater: 'here' });
  let [shown] = begun.queue;
  for (const answer of ['left', 'right', 'both_bad', 'skipped'] as const) {
    const reply = await test.value('rating.submit', {
      session: begun.session,
      commandId: crypto.randomUUID(),
      presentationId: shown?.presentationId ?? '',
      answer,
      viewedMs: 900,
      ...(answer === 'skipped' ? { skipReason: 'other' } : {}),
    });
    [shown] = reply.queue;
  }
  await test.value('rating.undo', { session: begun.session, commandId: crypto.randomUUID() });
  return { test, studyId: studyId ?? '' };
}

describe('the native export', () => {
  it('is the same to the byte for the same state', async () => {
    const { test, studyId } = await richStudy();
    const once = await exported(test, studyId);
    const twice = await exported(test, studyId);
    expect(twice.content).toEqual(once.content);
  });

  it('imported into an empty store gives a study whose own export is byte-identical', async () => {
    const { test, studyId } = await richStudy();
    const original = await exported(test, studyId);
    const other = await openTestApp();
    const result = await importFiles(other.storePath, [
      { path: join(original.folder, 'manifest.json'), name: 'manifest.json' },
    ]);
    expect(result.counts).toMatchObject({ pairsAdded: 12, votesAdded: 15 });
    const copy = await exported(other, result.studyId ?? '');
    expect(copy.content).toEqual(original.content);
  });

  it('carries a manifest whose hashes, counts and figures hold', async () => {
    const { test, studyId } = await richStudy();
    const { content } = await exported(test, studyId);
    const manifest = JSON.parse(content['manifest.json'] ?? '');
    const comparisons = content['comparisons.jsonl'] ?? '';
    expect(manifest.files[0].sha256).toBe(createHash('sha256').update(comparisons).digest('hex'));
    expect(manifest.counts).toMatchObject({ pairs: 12, items: 11, raters: 2, judges: 1 });
    expect(manifest.split.dev + manifest.split.test).toBe(12);
    const cards = content['agreement-card.json'] ?? '';
    expect(manifest.agreementCard.sha256).toBe(createHash('sha256').update(cards).digest('hex'));
    const { cards: all, parts: ofStudy } = JSON.parse(cards);
    const [card] = all;
    expect(card).toMatchObject({ judge: 'j', pairs: 12, systemsAreNamed: true });
    // The file and the screen show the same figures from one computation; only the stand-ins for names differ.
    const shown = await test.value('agreement.card', { studyId });
    for (const name of ['standing', 'agreement', 'people', 'orders'] as const) {
      const partOf = ({ parts }: { parts: readonly { name: string }[] }) =>
        parts.find((part) => part.name === name);
      // What no judge changes stands there once, beside the cards.
      const written = { parts: [...card.parts, ...ofStudy] };
      expect(partOf(written)).toEqual(JSON.parse(JSON.stringify(partOf(shown))));
    }
    const lines = comparisons
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const splitOfPrompt = new Map<string, string>();
    for (const { prompt, split } of lines) {
      if (prompt === undefined) continue;
      expect(splitOfPrompt.get(prompt) ?? split).toBe(split);
      splitOfPrompt.set(prompt, split);
    }
    expect(lines[0].gold).toMatchObject({ provenance: expect.any(String) });
  });

  it('altered after export is refused before anything is imported', async () => {
    const { test, studyId } = await richStudy();
    const { folder } = await exported(test, studyId);
    const path = join(folder, 'comparisons.jsonl');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"tie"', '"first"'));
    const other = await openTestApp();
    await expect(
      importFiles(other.storePath, [{ path: join(folder, 'manifest.json'), name: 'manifest.json' }]),
    ).rejects.toThrow('SHA-256 differs');
    expect(await other.value('studies.list', {})).toEqual([]);
  });
});

describe('the preference export', () => {
  it('reports what it has no place for', async () => {
    const test = await openTestApp();
    const verdicts = ['first', 'second', 'tie', 'both_bad', undefined] as const;
    const rows = nativeRows(5).map((row, index) => ({
      ...row,
      ...(verdicts[index] === undefined ? {} : { human: [{ rater: 'r', verdict: verdicts[index] }] }),
    }));
    const { studyId } = await importText(test.storePath, jsonLines(rows));
    const { outcome, content } = await exported(test, studyId ?? '', 'preference');
    expect(outcome).toMatchObject({
      rows: 2,
      leftOut: [
        { what: 'both_bad', rows: 1 },
        { what: 'no vote', rows: 1 },
        { what: 'tie', rows: 1 },
      ],
    });
    expect(JSON.parse(content['agreement-card.json'] ?? '').cards[0]).toMatchObject({ judge: null });
    const written = ['preference-dev.jsonl', 'preference-test.jsonl'].flatMap((name) =>
      (content[name] ?? '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    );
    expect(written.find(({ id }) => id === 'pair-1')).toMatchObject({
      chosen: 'Another answer to 1.',
      rejected: 'One answer to 1.',
    });
  });
});
