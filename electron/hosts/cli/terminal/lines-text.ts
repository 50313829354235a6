import type { LabelledLine } from '../../../../shared/report/labelled-line.ts';

/** What a report says, a line each under its head. */
export function linesText(head: string, lines: readonly LabelledLine[]): string {
  return [head, ...lines.map(({ label, text }) => `  ${label}: ${text}`)].join('\n');
}
