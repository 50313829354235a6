import type { Design, DesignDraft } from './design-draft.ts';

/** What the fields of one part of a design show, and whom they tell of a change. */
export interface PartFields {
  readonly draft: DesignDraft;
  readonly onDesign: (changes: Partial<Design>) => void;
  readonly onDraft: (changes: Partial<DesignDraft>) => void;
}
