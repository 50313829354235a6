/**
 * Who may see what the store knows about a pair. A field added to {@link StoredPresentation} does not
 * compile until it stands in the table, so that nobody can forget to decide.
 */
import type { Conversation } from '../study/conversation.ts';
import type { PresentationKind } from '../study/presentation-kind.ts';
import type { Side } from '../study/verdict.ts';

/** Everything the store knows when it shows a pair to a rater. */
export interface StoredPresentation {
  readonly presentationId: string;
  readonly pairId: number;
  readonly externalId: string;
  readonly ordinal: number;
  readonly position: number;
  readonly leftSide: Side;
  readonly task: Conversation;
  readonly reference: string | null;
  readonly firstOutput: Conversation;
  readonly secondOutput: Conversation;
  readonly firstSystem: string;
  readonly secondSystem: string;
  readonly slices: string;
  readonly kind: PresentationKind;
}

/** `shown`: as it is. `arranged`: only after the sides were laid out. `never`: not before unblinding. */
export type Visibility = 'shown' | 'arranged' | 'never';

export const VISIBILITY = {
  presentationId: 'shown',
  pairId: 'never',
  externalId: 'never',
  ordinal: 'never',
  position: 'never',
  leftSide: 'never',
  task: 'shown',
  reference: 'never',
  firstOutput: 'arranged',
  secondOutput: 'arranged',
  firstSystem: 'never',
  secondSystem: 'never',
  slices: 'never',
  kind: 'never',
} as const satisfies Record<keyof StoredPresentation, Visibility>;

type FieldsOf<Wanted extends Visibility> = {
  [Field in keyof typeof VISIBILITY]: (typeof VISIBILITY)[Field] extends Wanted ? Field : never;
}[keyof typeof VISIBILITY];

/** A stored presentation with every `never` field gone by type. */
export type RaterVisible = Pick<StoredPresentation, FieldsOf<'shown' | 'arranged'>>;
