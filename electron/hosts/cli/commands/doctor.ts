import type { ReplyOf } from '../../../../shared/contract/methods.ts';
import type { CliCommand } from '../client/command.ts';
import { EXIT } from '../terminal/terminal.ts';

/** 1 where something is wrong with the store. */
export const command: CliCommand<object, ReplyOf<'doctor.report'>> = {
  spec: { about: 'versions, health of the store, and what is missing', store: { side: 'any' } },
  run: (client) => client.follow('doctor.report', {}),
  text: (report) =>
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
  code: ({ problems }) => (problems.length === 0 ? EXIT.fine : EXIT.failed),
};
