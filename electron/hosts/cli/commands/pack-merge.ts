import { basename, resolve } from 'node:path';
import type { MergedFile, MergeResult } from '../../../../shared/contract/pack-methods.ts';
import { mergeReturns } from '../../../core/packs/merge-returns.ts';
import { systemClock } from '../../../core/ports/system-ports.ts';
import { NO_CONTROLS } from '../../../core/work/task-controls.ts';
import { withStudy } from '../client/in-process.ts';
import { interruptible } from '../client/interruptible.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

interface Json {
  readonly json?: boolean;
}

export interface MergeOptions extends Json {
  readonly study: string;
  readonly dryRun?: boolean;
  readonly trust: readonly string[];
  readonly acceptRow: readonly string[];
  readonly recover?: boolean;
}

export async function packMergeCommand(
  paths: readonly string[],
  options: MergeOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ studyId }) => {
    const result = await interruptible((isCancelled) =>
      mergeReturns(
        {
          storePath,
          studyId,
          files: paths.map((path) => ({ path: resolve(path), name: basename(path) })),
          trusts: options.trust,
          accepts: options.acceptRow,
          recovers: options.recover === true,
          dryRun: options.dryRun === true,
          nowMs: systemClock.nowMs(),
        },
        {
          ...NO_CONTROLS,
          isCancelled,
          onProgress: ({ records }) => terminal.progress(`${records.toLocaleString('en')} rows`),
        },
      ),
    );
    terminal.progress('');
    terminal.print(options.json === true ? JSON.stringify(result) : mergeText(result));
    return result.files.every(isFine) ? EXIT.fine : EXIT.failed;
  });
}

function isFine({ state, rows }: MergedFile): boolean {
  return state === 'whole' && rows.length === 0;
}

function mergeText({ isDryRun, files, taken, keptAside, changedNothing }: MergeResult): string {
  const lines = files.flatMap((file) => {
    const counts = Object.entries(file.counts).filter(([, count]) => count > 0);
    return [
      `${file.file}: ${file.state.replace('_', ' ')}${file.pack === null ? '' : `, pack “${file.pack.name}”`}${file.raters.length === 0 ? '' : `, ${file.raters.join(', ')}`}`,
      ...(file.words === null
        ? []
        : [
            `  key: ${file.words}${file.isKeyKnown ? ' (known)' : ' (compare it with the vendor’s words, then --trust it)'}`,
          ]),
      `  ${counts.length === 0 ? 'no rows' : counts.map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`).join(', ')}`,
      ...(file.clockShifts === 0 ? [] : [`  the device’s clock was set ${file.clockShifts} times`]),
      ...file.rows.slice(0, 20).map(({ line, n, class: kind, reason, sha256 }) => {
        const where = [line === null ? '' : `line ${line}`, n === null ? '' : `row ${n}`].filter(
          (each) => each !== '',
        );
        return `    ${kind.replaceAll('_', ' ')}${where.length === 0 ? '' : `, ${where.join(', ')}`}: ${reason}${sha256 === null ? '' : ` [${sha256}]`}`;
      }),
      ...(file.rows.length > 20 ? [`    and ${file.rows.length - 20} more; --json lists them`] : []),
    ];
  });
  const outcome = changedNothing
    ? 'Nothing is new; nothing was changed.'
    : isDryRun
      ? `${taken} votes and retractions would be taken, ${keptAside} rows kept aside. Nothing was written.`
      : `${taken} votes and retractions taken, ${keptAside} rows kept aside.`;
  return [...lines, outcome].join('\n');
}
