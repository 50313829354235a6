const LATELY = 5;
const BEFORE = 5;
/** A fall this deep, with these few pairs, comes about by chance once in a while: it costs a rater a glance, no more. */
const FALL = 0.4;

/**
 * Whether a rater's answers to repeated pairs agree less lately than they did before, so that a break may help.
 *
 * @param same whether each repeat got the verdict its pair had got, newest first
 */
export function suggestsBreak(same: readonly boolean[]): boolean {
  const [lately, before] = [same.slice(0, LATELY), same.slice(LATELY)];
  if (lately.length < LATELY || before.length < BEFORE) return false;
  const share = (some: readonly boolean[]) => some.filter(Boolean).length / some.length;
  return share(before) - share(lately) >= FALL;
}
