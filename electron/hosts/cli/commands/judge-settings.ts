import { readFileSync } from 'node:fs';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { unwrap, withApp } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';

/** `touchstone judge price [MODEL INPUT OUTPUT]`, in dollars per million tokens. */
export function judgePriceCommand(
  options: {
    readonly model?: string;
    readonly input?: number;
    readonly output?: number;
    readonly json?: boolean;
  },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const { model, input, output } = options;
    if (model !== undefined && (input === undefined) !== (output === undefined)) {
      throw new ServiceError(
        'invalid_input',
        'A price has two numbers: dollars per million tokens in, and out. Neither removes it.',
      );
    }
    const price =
      input === undefined || output === undefined
        ? null
        : { inputPerMillion: input, outputPerMillion: output };
    const table =
      model === undefined
        ? unwrap(await client.call('judges.prices', {}))
        : unwrap(await client.call('judges.setPrice', { model, price }));
    terminal.print(
      options.json === true
        ? JSON.stringify(table)
        : tableText(
            ['model', 'in, $ per million', 'out, $ per million'],
            Object.entries(table).map(([name, each]) => [
              name,
              String(each.inputPerMillion),
              String(each.outputPerMillion),
            ]),
          ),
    );
    return EXIT.fine;
  });
}

/** `touchstone judge key ENDPOINT [--header NAME]`: reads the key from standard input, so that it stands in no history. */
export function judgeKeyCommand(
  endpoint: string,
  options: { readonly remove?: boolean; readonly header?: string; readonly json?: boolean },
  storePath: string,
  terminal: Terminal,
  input: () => string = () => readFileSync(0, 'utf8'),
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const key = options.remove === true ? null : input().trim();
    if (key === '') throw new ServiceError('invalid_input', 'Give the key on standard input.');
    const { header } = options;
    const { origin } = unwrap(
      await client.call('judges.setKey', { endpoint, key, ...(header === undefined ? {} : { header }) }),
    );
    const what = header === undefined ? `The key for ${origin}` : `The header ${header} for ${origin}`;
    const text = key === null ? `${what} is removed.` : `${what} is kept, and is sent there only.`;
    terminal.print(options.json === true ? JSON.stringify({ origin }) : text);
    return EXIT.fine;
  });
}
