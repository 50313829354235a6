import type { ReplyToken } from './judge-reply.ts';
import { plainForm } from './plain-form.ts';
import type { Place, ShownVerdict } from './reply-grammar.ts';
import { tokenPlaces } from './token-places.ts';

/** Where the verdict is stated, in which text. */
export interface VerdictPlace extends Place {
  readonly text: string;
}

/** Probability of tokens that are not listed, beyond which those that are say too little. */
const MOST_UNLISTED = 0.05;

/**
 * The probability that A is the better one, from the alternatives to the token that states the verdict: P(A) + ½ P(tie)
 * over P(A) + P(B) + P(tie), each the sum over spellings of it. The token is the one that stands where the grammar reads
 * the verdict and is nothing but the verdict's letter and marks. Null without log-probabilities; where the tokens are not
 * those of the text (a server may count those of hidden thoughts in), where no such token is found, or where the other
 * verdicts' probabilities are not among those listed.
 */
export function probabilityOfA(
  tokens: readonly ReplyToken[] | null,
  choice: ShownVerdict['choice'],
  at?: VerdictPlace,
): number | null {
  if (tokens === null || choice === 'both_bad') return null;
  const { text, from, to } = at ?? {
    text: tokens.map(({ token }) => token).join(''),
    from: 0,
    to: Number.POSITIVE_INFINITY,
  };
  const places = tokenPlaces(tokens, text);
  const place = tokens.find(({ token }, index) => {
    const stands = places?.[index];
    return stands != null && stands.to > from && stands.from < to && choiceOf(token) === choice;
  });
  return place === undefined ? null : shareOfA(place);
}

function shareOfA(stated: ReplyToken): number | null {
  const alternatives = stated.alternatives.some(({ token }) => token === stated.token)
    ? stated.alternatives
    : [...stated.alternatives, stated];
  const isSmall = /^\P{L}*\p{Ll}/u.test(plainForm(stated.token));
  const weights = { A: 0, B: 0, tie: 0 };
  const listed = new Set<string>();
  let unlisted = 1;
  for (const { token, logProbability } of alternatives) {
    if (logProbability === null || !(logProbability <= 1e-6)) continue;
    const probability = Math.exp(logProbability);
    unlisted -= probability;
    // Small “a” is an article more often than a verdict, except where the verdict itself is small.
    const of = choiceOf(isSmall ? token : token.replace(/^(\P{L}*)[ab](\P{L}*)$/u, '$1$2'));
    if (of === null) continue;
    weights[of] += probability;
    listed.add(of);
  }
  const total = weights.A + weights.B + weights.tie;
  if (total <= 0 || (listed.size < 2 && unlisted > MOST_UNLISTED)) return null;
  return (weights.A + weights.tie / 2) / total;
}

function choiceOf(token: string): 'A' | 'B' | 'tie' | null {
  const letters = plainForm(token)
    .replace(/[^\p{L}]+/gu, '')
    .toUpperCase();
  if (letters === 'A' || letters === 'B') return letters;
  return letters === 'C' || letters === 'TIE' ? 'tie' : null;
}
