import { resolve } from 'node:path';
import type { ExportFormat } from '../../../../shared/contract/export-methods.ts';
import { exportTo } from '../../../core/exports/export-service.ts';
import { withStudy } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

/** `touchstone export --study NAME --format F --out DIR`; an export of nothing is refused and writes nothing. */
export function exportCommand(
  options: {
    readonly study: string;
    readonly format: ExportFormat;
    readonly out: string;
    readonly json?: boolean;
  },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ studyId, app }) => {
    const result = await exportTo(app.context, studyId, options.format, resolve(options.out));
    if (options.json === true) {
      terminal.print(JSON.stringify(result));
      return EXIT.fine;
    }
    terminal.print(`${result.rows} rows in ${result.folder}`);
    for (const file of result.files)
      terminal.print(`  ${file.name}  ${file.bytes} bytes  sha256 ${file.sha256}`);
    for (const { what, rows } of result.leftOut)
      terminal.print(`  left out, no place in this format: ${rows} × ${what}`);
    for (const { what, rows } of result.warnings) terminal.print(`  mind: ${rows} × ${what}`);
    return EXIT.fine;
  });
}
