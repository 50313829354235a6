import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { ServiceError } from '../../../../../shared/errors/errors.ts';
import type { CliCommand } from '../../client/command.ts';
import { notNegative } from '../../options/option-numbers.ts';
import { tableText } from '../../terminal/table-text.ts';

interface Given {
  readonly model?: string;
  readonly input?: string;
  readonly output?: string;
}

export const command: CliCommand<Given, ReplyOf<'judges.prices'>> = {
  spec: {
    takes: '[model] [input] [output]',
    about: 'show or set prices, in dollars per million tokens',
  },
  run: async (client, { model, input, output }) => {
    if (model === undefined) return client.call('judges.prices', {});
    if ((input === undefined) !== (output === undefined))
      throw new ServiceError('invalid_input', { key: 'terminal.price_has_two_numbers' });
    const price =
      input === undefined || output === undefined
        ? null
        : { inputPerMillion: notNegative(input), outputPerMillion: notNegative(output) };
    return client.call('judges.setPrice', { model, price });
  },
  text: (prices) =>
    tableText(
      ['model', 'in, $ per million', 'out, $ per million'],
      Object.entries(prices).map(([name, each]) => [
        name,
        String(each.inputPerMillion),
        String(each.outputPerMillion),
      ]),
    ),
};
