/** A verdict, or any other of our codes, as it is read: “both bad” for `both_bad`. */
export function labelWords(code: string): string {
  return code.replaceAll('_', ' ');
}
