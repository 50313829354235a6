import type { MergedFile, MergeResult } from '../../../../../shared/contract/pack-methods.ts';
import {
  clockSentence,
  MERGE_ROW_HEADS,
  mergedFileCounts,
  mergedFileFacts,
  mergeOutcome,
  mergeRowCells,
} from '../../../../../shared/report/merge-report.ts';
import type { CliCommand } from '../../client/command.ts';
import { option, repeated, studyOption } from '../../options/option.ts';
import { tableText } from '../../terminal/table-text.ts';
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

/** Rows that are listed of a return; `--json` lists all. */
const MOST_ROWS = 20;

function mergeText(result: MergeResult): string {
  const lines = result.files.flatMap((file) => {
    const clock = clockSentence(file);
    const counts = mergedFileCounts(file).map(({ name, count }) => `${count} ${name}`);
    return [
      `${file.file}: ${mergedFileFacts(file).join(', ')}`,
      ...(file.words === null
        ? []
        : [
            `  key: ${file.words}${file.isKeyKnown ? ' (known)' : ' (compare it with the vendor’s words, then --trust it)'}`,
          ]),
      `  ${counts.length === 0 ? 'no rows' : counts.join(', ')}`,
      ...(clock === null ? [] : [`  ${clock}`]),
      ...rowLines(file),
    ];
  });
  return [...lines, mergeOutcome(result)].join('\n');
}

/** What `--accept-row` takes stands last. */
function rowLines({ rows }: MergedFile): string[] {
  if (rows.length === 0) return [];
  const table = tableText(
    [...MERGE_ROW_HEADS, 'SHA-256'],
    rows.slice(0, MOST_ROWS).map((row) => [...mergeRowCells(row), row.sha256 ?? '']),
    (_cell, column) => column < 2,
  );
  return [
    ...table.split('\n').map((line) => `    ${line}`),
    ...(rows.length > MOST_ROWS ? [`    and ${rows.length - MOST_ROWS} more; --json lists them`] : []),
  ];
}
