import type { Answer } from './answer.ts';
import type { Wanted } from './oracle-file.ts';
import type { Tolerance } from './tolerance.ts';

/** Entry by entry: numbers within the tolerance, "no answer" only against a stated reason. */
export function matches(answer: Answer, wanted: Wanted, tolerance: Tolerance): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(answer) &&
      answer.length === wanted.length &&
      wanted.every((each, index) => matches(answer[index] as Answer, each, tolerance))
    );
  }
  if (typeof answer === 'object' && 'defined' in answer) {
    return answer.defined
      ? matches(answer.value, wanted, tolerance)
      : wanted === null && answer.reason !== '';
  }
  if (typeof answer === 'number') {
    if (typeof wanted === 'string') return Object.is(answer, Number(wanted));
    if (typeof wanted !== 'number') return false;
    return Math.abs(answer - wanted) <= tolerance.atol + tolerance.rtol * Math.abs(wanted);
  }
  return answer === wanted;
}
