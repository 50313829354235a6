import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { EXIT } from '../../terminal/terminal.ts';

/** 1 where a row of the log is not as it was written. */
export const command: CliCommand<object, ReplyOf<'audit.verify'>> = {
  spec: { about: 'check that no row of the log was changed, taken out, added or moved' },
  run: (client) => client.follow('audit.verify', {}),
  text: ({ entries, hash, broken, notCovered }) =>
    broken === null
      ? [
          `${entries} rows, each bound to the one before it. Head: ${hash}`,
          ...notCovered.map((what) => `  no row stands for ${what}`),
        ].join('\n')
      : `Row ${broken.row} ${broken.reason}. Rows before it are as they were written.`,
  code: ({ broken }) => (broken === null ? EXIT.fine : EXIT.failed),
};
