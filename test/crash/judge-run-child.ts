/** A process that runs a judge and is killed: `node judge-run-child.ts STORE STUDY JUDGE RUN`. */

import { runJudge } from '../../electron/core/judging/run-judge.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { PATIENCE_MS } from '../support/patience.ts';

const [storePath = '', studyId = '', judge = '', newRunId = ''] = process.argv.slice(2);
process.stdout.write('started\n');
const result = await runJudge(
  {
    storePath,
    studyId,
    judge,
    selection: { limit: null, slice: null, pairs: null, which: 'missing' },
    maxCostUsd: null,
    concurrency: 6,
    timeoutMs: PATIENCE_MS,
    apiKey: null,
    newRunId,
  },
  NO_CONTROLS,
);
process.stdout.write(`${JSON.stringify(result)}\n`);
