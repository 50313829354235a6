import type { JudgeRunResult } from '../../../shared/contract/judge-run.ts';
import { NO_CONTROLS } from '../../core/jobs/task-controls.ts';
import { type JudgeRunRequest, runJudge } from '../../core/judges/run-judge.ts';
import { interruptible } from './interruptible.ts';
import { progressText } from './judge-text.ts';
import type { Terminal } from './terminal.ts';

/** Runs a judge with its progress on the terminal; the first Ctrl+C asks it to stop. */
export async function runWithProgress(request: JudgeRunRequest, terminal: Terminal): Promise<JudgeRunResult> {
  try {
    return await interruptible((isCancelled) =>
      runJudge(request, {
        ...NO_CONTROLS,
        isCancelled,
        onProgress: (progress) => terminal.progress(progressText(progress)),
      }),
    );
  } finally {
    terminal.progress('');
  }
}
