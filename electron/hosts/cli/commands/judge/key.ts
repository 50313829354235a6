import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { ServiceError } from '../../../../../shared/errors/errors.ts';
import type { CliCommand } from '../../client/command.ts';
import { option } from '../../options/option.ts';

interface Given {
  readonly endpoint: string;
  readonly header?: string;
  readonly remove?: boolean;
}

/** Reads the key from standard input, so that it stands in no history. */
export const command: CliCommand<Given, ReplyOf<'judges.setKey'>> = {
  spec: {
    takes: '<endpoint>',
    about: 'keep the key of an endpoint, read from standard input',
    options: [
      option('--header <name>', 'the value of a header that judges name in secretHeaders'),
      option('--remove', 'forget it'),
    ],
  },
  run: async (client, { endpoint, header, remove }) => {
    const key = remove === true ? null : client.terminal.input().trim();
    if (key === '') throw new ServiceError('invalid_input', { key: 'terminal.key_missing' });
    return client.call('judges.setKey', { endpoint, key, ...(header === undefined ? {} : { header }) });
  },
  text: ({ origin }, { header, remove }) => {
    const what = header === undefined ? `The key for ${origin}` : `The header ${header} for ${origin}`;
    return remove === true ? `${what} is removed.` : `${what} is kept, and is sent there only.`;
  },
};
