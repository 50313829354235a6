import { z } from 'zod';
import { METHODS } from './methods.ts';

/** The reference page of the contract in Markdown, generated so that it cannot fall behind. */
export function methodReference(): string {
  const lines = [
    '# Methods',
    '',
    'Generated from `shared/contract` by `touchstone methods`. Every method is `POST /api/NAME` on the loopback host and `touchstone call NAME JSON` on the command line, and answers `{ok, value}` or `{ok, error}`.',
    '',
  ];
  for (const [name, method] of Object.entries(METHODS)) {
    lines.push(`## ${name}`, '', method.about, '');
    lines.push(
      `${method.kind}, for the ${method.audience}, reveals: ${method.reveals.replaceAll('_', ' ')}.`,
      '',
    );
    lines.push('```json', JSON.stringify(z.toJSONSchema(method.input, { io: 'input' }), null, 2), '```', '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
