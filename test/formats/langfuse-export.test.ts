/** Scores for Langfuse and feedback for LangSmith: what hangs on which trace, and the way back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { jsonLines } from '../support/comparisons.ts';
import { exportStudy, linesOf, PAIR, studyOf } from '../support/exported-study.ts';
import { openTestApp } from '../support/open-app.ts';
import { nativeRowsOf } from '../support/round-trip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('an export for tools that trace', () => {
  it('is a score a vote for Langfuse, and two rows a vote under one group for LangSmith', async () => {
    const traced = {
      ...PAIR,
      a: { ...PAIR.a, meta: { run_id: 'run-1' } },
      b: { ...PAIR.b, meta: { run_id: 'run-2' } },
    };
    const storePath = await studyOf([traced, { ...PAIR, id: 'p2', prompt: 'Another?' }]);
    const scores = linesOf(
      (await exportStudy(storePath, 'one', 'langfuse')).content['langfuse-scores.jsonl'],
    );
    expect(scores.slice(0, 7)).toMatchObject([
      { traceId: 'p1', value: 'first', comment: 'clear', metadata: { by: 'r1', kind: 'person' } },
      { traceId: 'p1', value: 'first' },
      { traceId: 'p1', value: 'tie' },
      { traceId: 'p1', value: 'first', metadata: { by: 'j', kind: 'judge', order: 'a_first' } },
      { traceId: 'p1', value: 'first', metadata: { by: 'j', order: 'b_first' } },
      { traceId: 'p1', value: 'first', metadata: { by: 'k', order: 'a_first' } },
      { traceId: 'p1', value: 'second', metadata: { by: 'k', order: 'b_first' } },
    ]);
    for (const score of scores) {
      // As its API takes them: ANNOTATION needs a configuration, EVAL is its own, a category is a text.
      const { name, source, dataType, value } = score as Record<string, unknown>;
      expect([name, source, dataType, typeof value]).toEqual(['preference', 'API', 'CATEGORICAL', 'string']);
    }
    expect(new Set(scores.map((score) => (score as { id: string }).id)).size).toBe(scores.length);
    const { content, outcome } = await exportStudy(storePath, 'one', 'langsmith');
    const feedback = linesOf(content['langsmith-feedback.jsonl']) as {
      id: string;
      score: number;
      run_id: string;
      feedback_group_id: string;
    }[];
    expect(feedback.slice(0, 6).map(({ run_id, score }) => [run_id, score])).toEqual([
      ['run-1', 1],
      ['run-2', 0],
      ['run-1', 1],
      ['run-2', 0],
      ['run-1', 0.5],
      ['run-2', 0.5],
    ]);
    for (let vote = 0; vote < 6; vote += 2)
      expect(feedback[vote]?.feedback_group_id).toBe(feedback[vote + 1]?.feedback_group_id);
    expect(new Set(feedback.map(({ feedback_group_id }) => feedback_group_id)).size).toBe(4);
    expect(feedback[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(outcome.leftOut).toContainEqual({
      what: 'votes and verdicts on outputs whose meta names no run_id',
      rows: 1,
    });
  });
});

describe('langfuse', () => {
  it('hangs on the traces of both outputs, and finds its way back to the comparison they make', async () => {
    const trace = (id: string, answer: string) => ({
      id,
      timestamp: '2026-01-02T03:04:05Z',
      userId: null,
      input: 'Name a tree.',
      output: answer,
    });
    const item = (traceId: string, datasetRunName: string) => ({
      datasetItemId: 'item',
      datasetRunName,
      traceId,
    });
    const folder = temporaryFolder();
    const files = Object.entries({
      'items.jsonl': [item('t-1', 'm-1'), item('t-2', 'm-2')],
      'traces.jsonl': [trace('t-1', 'Oak.'), trace('t-2', 'Moss.')],
    }).map(([name, rows]) => {
      writeFileSync(join(folder, name), jsonLines(rows));
      return join(folder, name);
    });
    const { storePath } = await openTestApp();
    const importAll = (paths: readonly string[], study: string) =>
      runImport({
        files: paths.map((path) => ({ path, name: path.split(/[/\\]/u).at(-1) ?? '' })),
        studyName: study,
        storePath,
        dryRun: false,
        nowMs: 1,
        newSeed: '0123456789abcdef',
        newStudyId: study,
      });
    await importAll(files, 'one');
    const said = {
      id: 'item/m-1/m-2',
      human: [
        { rater: 'ann', verdict: 'second', note: 'Why not.', at: '2026-01-02T03:04:05Z' },
        { rater: 'bob', verdict: 'skipped', reason: 'other' },
        { rater: 'eve', verdict: 'both_bad' },
      ],
      judge: [
        { judge: 'j', order: 'a_first', verdict: 'first', raw: 'A' },
        { judge: 'j', order: 'b_first', verdict: 'second', sample: 0 },
        { judge: 'k', order: 'both', verdict: 'inconsistent' },
        { judge: 'l', order: 'a_first', verdict: 'unparsed' },
      ],
    };
    const votes = join(folder, 'votes.jsonl');
    writeFileSync(votes, jsonLines([said]));
    await importAll([votes], 'one');
    const out = await exportStudy(storePath, 'one', 'langfuse');
    const scores = linesOf(out.content['langfuse-scores.jsonl']) as { traceId: string; value: string }[];
    expect(scores.map(({ traceId, value }) => [traceId, value])).toEqual([
      ['t-1', 'worse'],
      ['t-2', 'better'],
      ['t-1', 'skipped'],
      ['t-2', 'skipped'],
      ['t-1', 'both_bad'],
      ['t-2', 'both_bad'],
      ['t-1', 'better'],
      ['t-2', 'worse'],
      ['t-1', 'worse'],
      ['t-2', 'better'],
      ['t-1', 'inconsistent'],
      ['t-2', 'inconsistent'],
      ['t-1', 'unparsed'],
      ['t-2', 'unparsed'],
    ]);
    expect(out.outcome.leftOut).toEqual([{ what: 'reasons of skips', rows: 1 }]);
    await importAll([...files, join(out.folder, 'langfuse-scores.jsonl')], 'two');
    expect(await nativeRowsOf(storePath, 'two')).toEqual(await nativeRowsOf(storePath, 'one'));
  });
});

describe('langsmith', () => {
  it('feedback finds its runs again, and its votes', async () => {
    const output = (system: string, run_id: string, text: string) => ({ system, text, meta: { run_id } });
    const storePath = await studyOf([
      {
        ...PAIR,
        a: output('exp-a', 'run-1', 'Oak.'),
        b: output('exp-b', 'run-2', 'Moss.'),
        human: [
          { rater: 'ann', verdict: 'second', note: 'Why not.' },
          { rater: 'bob', verdict: 'tie' },
        ],
        judge: [],
      },
    ]);
    const { folder } = await exportStudy(storePath, 'one', 'langsmith');
    const runs = join(folder, 'runs.jsonl');
    const run = (id: string, session_name: string, answer: string) => ({
      id,
      session_name,
      inputs: { question: 'Name a tree.' },
      outputs: { answer },
      reference_example_id: 'example',
    });
    writeFileSync(runs, jsonLines([run('run-1', 'exp-a', 'Oak.'), run('run-2', 'exp-b', 'Moss.')]));
    await runImport({
      files: [runs, join(folder, 'langsmith-feedback.jsonl')].map((path) => ({
        path,
        name: path.split(/[/\\]/u).at(-1) ?? '',
      })),
      studyName: 'two',
      storePath,
      dryRun: false,
      nowMs: 1,
      newSeed: '0123456789abcdef',
      newStudyId: 'two',
    });
    expect(await nativeRowsOf(storePath, 'two')).toMatchObject([
      {
        id: 'example/exp-a/exp-b',
        a: { system: 'exp-a', text: 'Oak.', meta: { run_id: 'run-1' } },
        human: [
          { rater: 'ann', verdict: 'second', note: 'Why not.' },
          { rater: 'bob', verdict: 'tie' },
        ],
      },
    ]);
  });
});
