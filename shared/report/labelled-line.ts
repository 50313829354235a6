/** One thing that a report says: what it is about, and what is said. A terminal prints a line, a screen a term with its description. */
export interface LabelledLine {
  readonly label: string;
  readonly text: string;
}
