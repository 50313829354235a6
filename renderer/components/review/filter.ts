import type { InputOf } from '../../../shared/contract/methods.ts';

/** Which disagreements are read. */
export type Filter = NonNullable<InputOf<'disagreements.find'>['filter']>;
