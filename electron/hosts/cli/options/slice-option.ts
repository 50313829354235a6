import { ServiceError } from '../../../../shared/errors/errors.ts';

/** Reads NAME=VALUE. Throws `invalid_input` where it is something else. */
export function sliceOf(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new ServiceError('invalid_input', { key: 'terminal.slice_malformed' });
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}
