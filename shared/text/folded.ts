/** A text as searches compare it. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
