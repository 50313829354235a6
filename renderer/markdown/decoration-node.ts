/** Formulas and coloured code as plain data: what a worker may hand to the page. */
export type DecorationNode = string | DecorationElement;

export interface DecorationElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly DecorationNode[];
}

/** Something that can be shown as written, and better once a worker has looked at it. */
export type DecorationJob =
  | { readonly kind: 'formula'; readonly tex: string; readonly isDisplay: boolean }
  | { readonly kind: 'code'; readonly text: string; readonly language: string };

/** Null where it is to stay as written. */
export type Decoration = readonly DecorationNode[] | null;

export const MOST_DECORATION_NODES = 4000;
