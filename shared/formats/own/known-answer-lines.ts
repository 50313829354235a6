/** A line that could not be read. */
export interface LineProblem {
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads known answers from JSON Lines: one `{"pair", "stage", "verdict", "explanation"}` a line, empty lines left out. What
 * the fields may hold is for the method that takes them to check.
 */
export function knownAnswerLines(text: string): { readonly answers: unknown[] } | LineProblem {
  const answers: unknown[] = [];
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '') continue;
    try {
      answers.push(JSON.parse(line));
    } catch (error) {
      return { line: index + 1, reason: error instanceof Error ? error.message : 'is no JSON' };
    }
  }
  return { answers };
}
