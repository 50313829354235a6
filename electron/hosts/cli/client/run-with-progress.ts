import type { JudgeRunResult } from '../../../../shared/contract/judge-run.ts';
import { type JudgeRunRequest, runJudge } from '../../../core/judging/run-judge.ts';
import { NO_CONTROLS } from '../../../core/work/task-controls.ts';
import { progressText } from '../terminal/judge-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { interruptible } from './interruptible.ts';

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
