import type { RATER_ENGLISH } from '../../../shared/errors/english.ts';

/** What a rater or a vendor can meet, in another language. A text need not say every value. */
export type ErrorTexts = {
  readonly [Room in keyof typeof RATER_ENGLISH]: {
    readonly [Name in keyof (typeof RATER_ENGLISH)[Room]]: string;
  };
};
