import { resolve } from 'node:path';
import type { ExportFormat } from '../../../../shared/contract/export-methods.ts';
import { exportTo } from '../../../core/services/export-service.ts';
import { withStudy } from '../in-process.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';

/** `touchstone export --study NAME --format F --out DIR` */
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
      return result.rows === 0 ? EXIT.couldNotRun : EXIT.fine;
    }
    terminal.print(`${result.rows} rows in ${result.folder}`);
    for (const file of result.files)
      terminal.print(`  ${file.name}  ${file.bytes} bytes  sha256 ${file.sha256}`);
    for (const { what, rows } of result.leftOut)
      terminal.print(`  left out, no place in this format: ${rows} × ${what}`);
    if (result.rows > 0) return EXIT.fine;
    terminal.complain('Nothing was exported: no comparison has what this format holds.');
    return EXIT.couldNotRun;
  });
}
