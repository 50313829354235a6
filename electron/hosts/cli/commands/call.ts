import type { Envelope } from '../../../../shared/contract/envelope.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import type { CliCommand } from '../client/command.ts';
import { EXIT } from '../terminal/terminal.ts';

/** 1 where the reply is a failure. */
export const command: CliCommand<{ readonly method: string; readonly input?: string }, Envelope<unknown>> = {
  spec: {
    takes: '<method> [input]',
    about: 'call one method with a JSON input and print the envelope',
    store: { side: 'any' },
  },
  run: (client, { method, input }) => client.envelope(method, jsonArgument(input ?? '{}')),
  text: (envelope) => JSON.stringify(envelope),
  code: ({ ok }) => (ok ? EXIT.fine : EXIT.failed),
};

function jsonArgument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError('invalid_input', { key: 'terminal.input_not_json' });
  }
}
