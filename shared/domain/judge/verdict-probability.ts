import type { ReplyToken } from './judge-reply.ts';
import type { ShownVerdict } from './reply-grammar.ts';

/**
 * The probability that A is the better one, from the alternatives to the token that states the verdict: P(A) + ½ P(tie)
 * over P(A) + P(B) + P(tie), each the sum over spellings of it. The token is the first one
 * that is nothing but the verdict's letter and marks, where the grammar reads the verdict. Null without log-probabilities, or where no such token is found.
 */
export function probabilityOfA(
  tokens: readonly ReplyToken[] | null,
  choice: ShownVerdict['choice'],
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: Number.POSITIVE_INFINITY },
): number | null {
  if (tokens === null || choice === 'both_bad') return null;
  let at = 0;
  const place = tokens.find(({ token }) => {
    const start = at;
    at += token.length;
    return at > from && start < to && choiceOf(token) === choice;
  });
  if (place === undefined) return null;
  const weights = { A: 0, B: 0, tie: 0 };
  const alternatives = place.alternatives.some(({ token }) => token === place.token)
    ? place.alternatives
    : [...place.alternatives, place];
  for (const { token, logProbability } of alternatives) {
    const of = choiceOf(token);
    if (of !== null) weights[of] += Math.exp(logProbability);
  }
  const total = weights.A + weights.B + weights.tie;
  return total > 0 ? (weights.A + weights.tie / 2) / total : null;
}

function choiceOf(token: string): 'A' | 'B' | 'tie' | null {
  // Small “a” is an article more often than a verdict.
  const letters = token.replace(/[^\p{L}]+/gu, '');
  if (letters === 'A' || letters === 'B') return letters;
  return letters === 'C' || letters.toLowerCase() === 'tie' ? 'tie' : null;
}
