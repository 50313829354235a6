import type { Answer } from '../../../shared/study/verdict.ts';
import type { en } from '../../language/en.ts';
import type { Translate } from '../../language/language.ts';
import type { EarlierAnswer } from '../../state/vote-drafts.ts';

/** An answer in words, with its strength where it has one. */
export function answerWords(t: Translate, answer: Answer, strength: number | null = null): string {
  const words = t(`answer.${answer}`);
  return strength === null ? words : t('answer.withStrength', { answer: words, strength });
}

/** An answer as its button calls it: what was pressed is what is said. */
export function recordedWords(
  t: Translate,
  { answer, strength }: Pick<EarlierAnswer, 'answer' | 'strength'>,
): string {
  const named = strength === null ? answer : (`${answer}_${strength}` as keyof typeof en.recorded);
  return t(`recorded.${named}`);
}
