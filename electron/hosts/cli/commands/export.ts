import {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportResult,
} from '../../../../shared/contract/export-methods.ts';
import type { CliCommand } from '../client/command.ts';
import { oneOf, required, studyOption } from '../options/option.ts';

interface Given {
  readonly study: string;
  readonly format: ExportFormat;
  readonly out: string;
}

/** An export of nothing is refused and writes nothing. */
export const command: CliCommand<Given, ExportResult> = {
  spec: {
    about: 'write a calibration set, preference rows or the files of another tool to a folder',
    options: [
      studyOption(),
      oneOf('--format <format>', 'what to write', EXPORT_FORMATS).default('native'),
      required('--out <folder>', 'where to'),
    ],
  },
  run: async (client, { study, format, out }) =>
    client.follow('exports.run', {
      studyId: await client.studyId(study),
      format,
      folderId: await client.place(out),
    }),
  text: ({ rows, folder, files, leftOut, warnings }) =>
    [
      `${rows} rows in ${folder}`,
      ...files.map(({ name, bytes, sha256 }) => `  ${name}  ${bytes} bytes  sha256 ${sha256}`),
      ...leftOut.map(({ what, rows: count }) => `  left out, no place in this format: ${count} × ${what}`),
      ...warnings.map(({ what, rows: count }) => `  mind: ${count} × ${what}`),
    ].join('\n'),
};
