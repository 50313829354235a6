import { isAscii } from 'node:buffer';
import { parseJson } from '../../../shared/json/parse-json.ts';
import type { SourceRecord } from './import-source.ts';
import type { RawRecord } from './record-bytes.ts';

const ESCAPE = Buffer.from('\\u');
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/u;

/**
 * Replaces halves of surrogate pairs, which truncated model output carries and UTF-8 cannot, by U+FFFD: what is
 * hashed and compared must be what is stored.
 */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]),
  );
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A record of JSON, or why it is none. */
export function parseRecord({ bytes, ...place }: RawRecord): SourceRecord {
  let text: string;
  try {
    // Most records are ASCII, which needs no decoding, and whose text takes half the room.
    text = isAscii(bytes) ? bytes.toString('latin1') : decoder.decode(bytes);
  } catch {
    return { ...place, problem: 'is not valid UTF-8' };
  }
  try {
    const value: unknown = parseJson(text);
    return {
      ...place,
      value: bytes.includes(ESCAPE) && ESCAPED_SURROGATE.test(text) ? wellFormed(value) : value,
    };
  } catch (error) {
    return { ...place, problem: `is not valid JSON (${(error as Error).message.slice(0, 200)})` };
  }
}
