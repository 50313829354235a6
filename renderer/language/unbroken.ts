/** A sentence in which no line ends between a number and its unit, or between n and its number. */
export function unbroken(sentence: string): string {
  return sentence.replace(/(?<=\d) (?=%|points?\b)|(?<=\bn) (?=\d)/gu, '\u00a0');
}
