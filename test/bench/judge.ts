/**
 * `npm run bench:judge [-- --memory] [-- --votes]`: what a judge run costs beside its endpoint, and what it costs a rater
 * who votes meanwhile. A local server answers in 5 ms; the baseline is the bare `fetch` of the same requests at the same
 * concurrency, with nothing stored.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { runJudge } from '../../electron/core/judging/run-judge.ts';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { keepJudgeVersion } from '../../electron/core/store/judging/judge-versions.ts';
import { studyByName } from '../../electron/core/store/study/studies.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import type { JudgeJob } from '../../shared/contract/job-methods.ts';
import { definitionToHash, judgeDefinitionSchema } from '../../shared/judge/judge-definition.ts';

import { printLatencies, voteLatencies } from './vote-latency.ts';

const { values } = parseArgs({
  options: { memory: { type: 'boolean', default: false }, votes: { type: 'boolean', default: false } },
});
const LATENCY_MS = 5;
const MEMORY_JUDGMENTS = 100_000;

const server = spawn(process.execPath, [join(import.meta.dirname, 'judge-server.ts'), String(LATENCY_MS)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const port = await new Promise<string>((resolve) =>
  server.stdout.once('data', (data) => resolve(String(data).trim())),
);
const endpoint = `http://127.0.0.1:${port}/v1`;
const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-'));

try {
  console.log(
    `${cpus()[0]?.model} × ${cpus().length}, Node ${process.versions.node}; the server answers in ${LATENCY_MS} ms\n`,
  );
  for (const [concurrency, pairs] of [
    [1, 150],
    [16, 2500],
    [128, 5000],
  ] as const) {
    const bare = await bareFetches(2 * pairs, concurrency);
    const run = await timedRun(`c${concurrency}`, pairs, concurrency);
    const busy = (seconds: number) => (100 * 2 * pairs * LATENCY_MS) / 1000 / (concurrency * seconds);
    const perJudgment = (seconds: number) => (1000 * seconds) / (2 * pairs) - LATENCY_MS / concurrency;
    console.log(
      `${concurrency} at one time: ${((2 * pairs) / run).toFixed(0)} judgments a second, server ${busy(run).toFixed(0)} % busy, ${perJudgment(run).toFixed(3)} ms a judgment beyond its latency; bare fetch ${((2 * pairs) / bare).toFixed(0)} a second, ${busy(bare).toFixed(0)} % busy; ${(run / bare).toFixed(2)} times the bare time`,
    );
  }
  if (values.memory) await memoryOverManyJudgments();
  if (values.votes) await votesMeanwhile();
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function bareFetches(count: number, concurrency: number): Promise<number> {
  const body = JSON.stringify({ model: 'synthetic', messages: [{ role: 'user', content: 'x'.repeat(800) }] });
  let left = count;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left-- > 0) {
        const response = await fetch(`${endpoint}/chat/completions`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
        });
        await response.json();
      }
    }),
  );
  return (performance.now() - from) / 1000;
}

async function studyOf(
  name: string,
  pairs: number,
): Promise<{ storePath: string; studyId: string; judge: string }> {
  const storePath = join(folder, `${name}.sqlite`);
  (await openStore(storePath, systemClock)).close();
  const file = join(folder, `${name}.jsonl`);
  const text = 'An answer of a usual length, a few sentences long, as models write them. '.repeat(5);
  const rows = Array.from({ length: pairs }, (_row, index) =>
    JSON.stringify({
      id: `p${index}`,
      prompt: `Question ${index}?`,
      a: { system: 'one', text: `${text}${index}` },
      b: { system: 'two', text: `${text}x${index}` },
    }),
  );
  writeFileSync(file, `${rows.join('\n')}\n`);
  await runImport({
    files: [{ path: file, name: `${name}.jsonl` }],
    studyName: name,
    storePath,
    dryRun: false,
    nowMs: 1,
    newSeed: '0123456789abcdef',
    newStudyId: name,
  });
  const definition = judgeDefinitionSchema.parse({
    name: 'bench',
    model: 'synthetic',
    endpoint,
    prompt: '{{prompt}}\n{{output_a}}\n{{output_b}}\nEnd with [[A]], [[B]] or [[C]].',
    reply: { form: 'pairwise', scale: 'with_tie', grammar: 'double_bracket' },
  });
  const contentHash = createHash('sha256').update(definitionToHash(definition)).digest('hex');
  const store = new Store(storePath, { readonly: false });
  const studyId = studyByName(store, name)?.id ?? 0;
  const judge = store.write((store) =>
    keepJudgeVersion(store, studyId, { definition, contentHash, nowMs: 1 }),
  ).version.name;
  store.close();
  return { storePath, studyId: name, judge };
}

async function timedRun(
  name: string,
  pairs: number,
  concurrency: number,
  onDone?: (done: number) => void,
): Promise<number> {
  const place = await studyOf(name, pairs);
  const from = performance.now();
  const result = await runJudge(
    {
      ...place,
      selection: { limit: null, slice: null, pairs: null, which: 'missing' },
      maxCostUsd: null,
      concurrency,
      timeoutMs: 60_000,
      apiKey: null,
      newRunId: name,
    },
    { ...NO_CONTROLS, onProgress: ({ done }) => onDone?.(done) },
  );
  if (result.read !== 2 * pairs) throw new Error(`${result.read} of ${2 * pairs} were read`);
  return (performance.now() - from) / 1000;
}

async function votesMeanwhile(): Promise<void> {
  const print = (text: string) => console.log(text);
  await ensurePage({ print, complain: print, progress: () => undefined });
  const { storePath, studyId, judge } = await studyOf('Bench', 60_000);
  printLatencies('nothing else', (await voteLatencies(storePath)).votes, print);
  let jobId: string | null = null;
  let done = 0;
  const { votes: latencies } = await voteLatencies(storePath, async (app) => {
    if (jobId === null) {
      const reply = await app.call('judges.run', { studyId, judge, concurrency: 16 });
      if (!reply.ok) throw new Error(reply.error.message);
      jobId = (reply.value as { jobId: string }).jobId;
    }
    await sleep(100);
    const status = await app.call('jobs.get', { jobId });
    if (status.ok) done = (status.value as JudgeJob).progress?.done ?? 0;
  });
  printLatencies(`while a judge is asked 16 times at once (${done} judgments)`, latencies, print);
}

async function memoryOverManyJudgments(): Promise<void> {
  const seen: { done: number; megabytes: number }[] = [];
  const seconds = await timedRun('memory', MEMORY_JUDGMENTS / 2, 16, (done) => {
    if (done >= (seen.length * MEMORY_JUDGMENTS) / 10)
      seen.push({ done, megabytes: Math.round(process.memoryUsage().rss / 2 ** 20) });
  });
  console.log(
    `\n${MEMORY_JUDGMENTS.toLocaleString('en')} judgments in ${seconds.toFixed(0)} s; memory in MB: ${seen.map(({ done, megabytes }) => `${megabytes} at ${Math.round(done / 1000)} thousand`).join(', ')}`,
  );
}
