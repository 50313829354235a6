import { unwrap, withApp } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

/** `touchstone doctor`: exit 1 when something is wrong with the store. */
export function doctorCommand(json: boolean, storePath: string, terminal: Terminal): Promise<ExitCode> {
  return withApp(
    storePath,
    async (client) => {
      const report = unwrap(await client.call('doctor.report', {}));
      if (json) terminal.print(JSON.stringify(report));
      else {
        terminal.print(
          [
            `touchstone ${report.version}, Node ${report.node} (Node-API ${report.nodeApi}), SQLite ${report.sqlite}`,
            `Electron's program: ${report.electronBinary}${report.electronBinary === 'missing' ? ' (the browser on loopback is used instead)' : ''}`,
            `store: ${report.storePath}, schema ${report.schemaVersion}`,
            `  ${report.studies} studies, ${report.pairs} pairs, ${report.ratings} ratings`,
            `  ${Object.entries(report.pragmas)
              .map(([name, value]) => `${name} = ${value}`)
              .join(', ')}`,
            `  check: ${report.integrity.join('; ')}`,
            `  backups: ${report.backups.length === 0 ? 'none yet (made before each upgrade)' : report.backups.join(', ')}`,
            ...report.problems.map((problem) => `PROBLEM: ${problem}`),
          ].join('\n'),
        );
      }
      return report.problems.length === 0 ? EXIT.fine : EXIT.failed;
    },
    { mayBeVendor: true },
  );
}
