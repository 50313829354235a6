import type { TextLeaf } from './markdown-node.ts';

/** A line of a text without its line end, and where it begins in the source. */
export interface Line {
  readonly text: string;
  readonly at: number;
}

const LINE_END = /\r\n|\r|\n/gu;

/** The lines of a text. Line feeds, carriage returns and both together end one. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const { index, 0: end } of text.matchAll(LINE_END)) {
    lines.push({ text: text.slice(from, index), at: from });
    from = index + end.length;
  }
  lines.push({ text: text.slice(from), at: from });
  return lines;
}

/** A line without its first characters. */
export function lineFrom({ text, at }: Line, start: number): Line {
  return { text: text.slice(start), at: at + start };
}

/** Some lines as one text, with the way back to the source. */
export class Stretch {
  readonly text: string;
  /** Where runs begin that stand in the source as they stand here: in this text, and there. */
  private readonly runs: readonly { readonly from: number; readonly at: number }[];

  constructor(lines: readonly Line[]) {
    const runs: { from: number; at: number }[] = [];
    let length = 0;
    for (const { text, at } of lines) {
      const last = runs.at(-1);
      if (last === undefined || at - last.at !== length - last.from) runs.push({ from: length, at });
      length += text.length + 1;
    }
    this.text = lines.map(({ text }) => text).join('\n');
    this.runs = runs;
  }

  /** Where a place of the text stands in the source. */
  sourceAt(place: number): number {
    const run = this.runs[this.runIndex(place)];
    return run === undefined ? place : run.at + place - run.from;
  }

  /** The text between two places as leaves, one for every run. */
  leaves(from: number, to: number): TextLeaf[] {
    const leaves: TextLeaf[] = [];
    let start = from;
    for (let index = this.runIndex(from); start < to; index++) {
      const end = Math.min(to, this.runs[index + 1]?.from ?? to);
      if (end > start)
        leaves.push({ kind: 'text', text: this.text.slice(start, end), at: this.sourceAt(start) });
      start = end;
    }
    return leaves;
  }

  private runIndex(place: number): number {
    let [low, high] = [0, this.runs.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.runs[middle]?.from ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
