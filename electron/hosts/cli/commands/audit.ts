import { unwrap, withApp } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

/** `touchstone audit verify`: exit 1 when a row of the log is not as it was written. */
export function auditVerifyCommand(json: boolean, storePath: string, terminal: Terminal): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const report = unwrap(await client.call('audit.verify', {}));
    const { entries, hash, broken, notCovered } = report;
    if (json) terminal.print(JSON.stringify(report));
    else if (broken === null)
      terminal.print(
        [
          `${entries} rows, each bound to the one before it. Head: ${hash}`,
          ...notCovered.map((what) => `  no row stands for ${what}`),
        ].join('\n'),
      );
    else terminal.print(`Row ${broken.row} ${broken.reason}. Rows before it are as they were written.`);
    return broken === null ? EXIT.fine : EXIT.failed;
  });
}
