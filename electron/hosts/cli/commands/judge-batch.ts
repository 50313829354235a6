import { basename, resolve } from 'node:path';
import type { JudgeCollectResult } from '../../../../shared/contract/judge-batch.ts';
import type { RunSelection } from '../../../../shared/contract/judge-methods.ts';
import { collectBatch } from '../../../core/judging/collect-batch.ts';
import { createBatch } from '../../../core/judging/create-batch.ts';
import { systemClock, systemEntropy } from '../../../core/ports/system-ports.ts';
import { withStudy } from '../client/in-process.ts';
import { judgeNamed } from '../options/judge-file.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';
import type { JudgeTarget } from './judge.ts';

/** `touchstone judge batch create --study NAME --judge FILE|ID --out FOLDER` */
export function batchCreateCommand(
  options: JudgeTarget & { readonly judge: string; readonly out: string },
  selection: RunSelection,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ client, studyId }) => {
    const judge = await judgeNamed(client, studyId, options.judge);
    const result = createBatch({
      storePath,
      studyId,
      judge,
      selection,
      folder: resolve(options.out),
      newRunId: systemEntropy.hex(8),
      nowMs: systemClock.nowMs(),
    });
    terminal.print(
      options.json === true
        ? JSON.stringify(result)
        : [
            `${judge}: ${result.requests} requests in ${result.files.length === 1 ? 'one file' : `${result.files.length} files`}`,
            ...result.files.map(({ name, rows, bytes }) => `  ${name}  ${rows} lines, ${bytes} bytes`),
            ...(result.alreadyOut === 0
              ? []
              : [`left out, because they are in an earlier batch: ${result.alreadyOut}`]),
            'Send them with touchstone judge batch send FILES…, or run them elsewhere and take the results in with touchstone judge batch collect RESULTS…',
          ].join('\n'),
    );
    return EXIT.fine;
  });
}

/** What was taken in, for people. */
export function collectionText(result: JudgeCollectResult): string[] {
  return [
    `${result.judge}: ${result.lines} results; read ${result.read}, unparsed ${result.unparsed}, refused ${result.refused}, truncated ${result.truncated}, errors ${result.error}`,
    ...(result.promptsCut === 0 ? [] : [`prompts of which only a part was read: ${result.promptsCut}`]),
    ...(result.unknown === 0 ? [] : [`not out, so left alone: ${result.unknown}`]),
  ];
}

export interface CollectOptions extends JudgeTarget {
  readonly judge: string;
  readonly acceptCutPrompts?: boolean;
}

/** `touchstone judge batch collect FILE… --study NAME --judge ID`: 1 where judgments failed or some are still out. */
export function batchCollectCommand(
  files: readonly string[],
  options: CollectOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ studyId }) => {
    const result = await collectBatch({
      storePath,
      studyId,
      judge: options.judge,
      files: files.map((file) => ({ path: resolve(file), name: basename(file) })),
      acceptCutPrompts: options.acceptCutPrompts === true,
      nowMs: systemClock.nowMs(),
    });
    const failed = result.unparsed + result.refused + result.truncated + result.error;
    terminal.print(
      options.json === true
        ? JSON.stringify(result)
        : [
            ...collectionText(result),
            ...(result.stillOut === 0 ? [] : [`still out: ${result.stillOut}`]),
          ].join('\n'),
    );
    return failed === 0 && result.stillOut === 0 ? EXIT.fine : EXIT.failed;
  });
}
