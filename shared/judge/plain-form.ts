/** Full-width and mathematical letters, digits and marks as plain ones. Superscripts stay: “8²” is not 82. */
export function plainForm(text: string): string {
  return text.replace(/[\uFF01-\uFF5E\u3000\u{1D400}-\u{1D7FF}]/gu, (each) => each.normalize('NFKC'));
}
