import type { CliCommand } from '../client/command.ts';
import { option } from '../options/option.ts';

export const command: CliCommand<{ readonly mapping?: boolean }, unknown> = {
  spec: {
    about: 'the JSON Schema of one line of the native format',
    options: [option('--mapping', 'the schema of a mapping file instead')],
  },
  run: async (_client, { mapping }) =>
    mapping === true
      ? (await import('../../../../shared/formats/mapping/mapping.ts')).mappingJsonSchema()
      : (await import('../../../../shared/formats/own/native.ts')).nativeJsonSchema(),
  text: (schema) => JSON.stringify(schema, null, 2),
};
