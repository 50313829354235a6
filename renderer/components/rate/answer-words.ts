import type { Answer } from '../../../shared/domain/verdict.ts';

const WORDS: Readonly<Record<Answer, string>> = {
  left: 'left is better',
  right: 'right is better',
  tie: 'a tie',
  both_bad: 'both bad',
  skipped: 'skipped',
};

/** An answer in words, with its strength where it has one. */
export function answerWords(answer: Answer, strength: number | null = null): string {
  return strength === null ? WORDS[answer] : `${WORDS[answer]} (strength ${strength})`;
}
