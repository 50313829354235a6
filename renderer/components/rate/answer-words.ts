import type { Answer } from '../../../shared/domain/verdict.ts';
import type { Translate } from '../../language/language.ts';

/** An answer in words, with its strength where it has one. */
export function answerWords(t: Translate, answer: Answer, strength: number | null = null): string {
  const words = t(`answer.${answer}`);
  return strength === null ? words : t('answer.withStrength', { answer: words, strength });
}
