import { judgeJsonSchema } from '../../../../../shared/judge/judge-definition.ts';
import type { CliCommand } from '../../client/command.ts';

export const command: CliCommand<object, unknown> = {
  spec: { about: 'the JSON Schema of a judge file' },
  run: async () => judgeJsonSchema(),
  text: (schema) => JSON.stringify(schema, null, 2),
};
