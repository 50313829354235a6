import type { MergedFile, MergeResult } from '../../../../../shared/contract/pack-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { option, repeated, studyOption } from '../../options/option.ts';
import { EXIT } from '../../terminal/terminal.ts';

interface Given {
  readonly files: readonly string[];
  readonly study: string;
  readonly dryRun?: boolean;
  readonly trust: readonly string[];
  readonly acceptRow: readonly string[];
  readonly recover?: boolean;
}

export const command: CliCommand<Given, MergeResult> = {
  spec: {
    takes: '<files...>',
    about: 'look through returns and take what is good',
    options: [
      studyOption(),
      option('--dry-run', 'show what would happen and write nothing'),
      repeated('--trust <words>', 'words of a key that were compared; may be repeated'),
      repeated('--accept-row <sha256>', 'take a row all the same; may be repeated'),
      option('--recover', 'take what is intact of a file that was cut off'),
    ],
  },
  run: async (client, { files, study, trust, acceptRow, recover, dryRun }) =>
    client.follow('packs.merge', {
      studyId: await client.studyId(study),
      uploads: await client.files(files),
      trusts: trust,
      accepts: acceptRow,
      recovers: recover === true,
      dryRun: dryRun === true,
    }),
  text: mergeText,
  code: ({ files }) => (files.every(isFine) ? EXIT.fine : EXIT.failed),
};

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
