/** A text as searches compare it. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
