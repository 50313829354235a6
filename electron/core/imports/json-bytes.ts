/** What structures JSON, as bytes of UTF-8. */
export const NEWLINE = 0x0a;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

export function isBlankByte(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === NEWLINE;
}

/** Whether it is one of the three bytes of a mark that some programs put before UTF-8. */
export function isMarkByte(byte: number): boolean {
  return byte === 0xef || byte === 0xbb || byte === 0xbf;
}
