import { utf8 } from '@scure/base';

const REPLACEMENT = '\ufffd';

/** Bytes as text, where they are UTF-8 and begin with no byte-order mark; null for any others, which are never made to fit. */
export function strictText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return null;
  const text = utf8.encode(bytes);
  // What is no UTF-8 becomes this character, which may also stand there by right.
  if (!text.includes(REPLACEMENT)) return text;
  const again = utf8.decode(text);
  return again.length === bytes.length && again.every((byte, place) => byte === bytes[place]) ? text : null;
}
