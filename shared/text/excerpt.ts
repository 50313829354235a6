const LENGTH = 160;

/** The beginning of a text on one line, for lists. Counted in UTF-16 code units. */
export function excerptOf(text: string): string {
  const plain = text.replace(/\s+/gu, ' ').trim();
  return plain.length > LENGTH ? `${plain.slice(0, LENGTH)}…` : plain;
}
