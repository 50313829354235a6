/**
 * What a text is laid out as. Every text leaf says where in the source it stands, in UTF-16 code units, so that a place
 * on the screen and a place in the text as written can be told from each other.
 */
export type MarkdownNode = TextLeaf | ElementNode | CodeNode | FormulaNode | ImageNode;

export interface TextLeaf {
  readonly kind: 'text';
  readonly text: string;
  /** Where it stands in the source; it is written there exactly so. */
  readonly at: number;
}

export type ElementTag =
  | 'paragraph'
  | 'heading-1'
  | 'heading-2'
  | 'heading-3'
  | 'strong'
  | 'emphasis'
  | 'deleted'
  | 'code'
  | 'link'
  | 'link-target'
  | 'quote'
  | 'list'
  | 'item'
  | 'marker'
  | 'rule'
  | 'table'
  | 'row'
  | 'header-cell'
  | 'cell'
  | 'verbatim';

export interface ElementNode {
  readonly kind: 'element';
  readonly tag: ElementTag;
  readonly align?: 'left' | 'center' | 'right';
  readonly children: readonly MarkdownNode[];
}

/** Fenced code: its lines without what a container puts before them. */
export interface CodeNode {
  readonly kind: 'code';
  readonly text: string;
  /** What stands behind the opening fence. */
  readonly info: TextLeaf | null;
  /** Where each line stands in the source; one place where all stand there as they are here. */
  readonly lineStarts: readonly number[];
  /** Whether colours may be looked for within the pair's budget. */
  readonly isColoured: boolean;
}

export interface FormulaNode {
  readonly kind: 'formula';
  /** As written, signs around it included. */
  readonly text: string;
  /** The TeX inside. */
  readonly tex: string;
  readonly isDisplay: boolean;
  readonly at: number;
  /** How much of the source it takes. */
  readonly length: number;
}

export interface ImageNode {
  readonly kind: 'image';
  readonly alt: string;
  /** As written, a title behind it included; or the stand-in of an embedded image. */
  readonly address: string;
  readonly at: number;
  readonly length: number;
}
