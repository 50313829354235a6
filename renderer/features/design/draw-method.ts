import type { InputOf } from '../../../shared/contract/methods.ts';
import type { SelectionMethod } from '../../../shared/selection/selection-method.ts';

/** How pairs are drawn, in words. */
export const DRAW_WAYS = {
  random: 'at random',
  stratified: 'from every value of a slice, in proportion',
  judge_inconsistent: 'rather where a judge contradicts itself',
  judge_uncertain: 'rather where a judge is unsure',
  raters_split: 'rather in items on which raters were split',
  rare_slice: 'rather from rare values of a slice',
} as const;
export type DrawWay = keyof typeof DRAW_WAYS;

export function drawMethodOf(
  way: DrawWay,
  { pairs, slice, judge, emphasis }: { pairs: number; slice: string; judge: string; emphasis: number },
): InputOf<'design.draw'>['method'] {
  const by = (what: Exclude<DrawWay, 'random' | 'stratified'>) => {
    if (what === 'raters_split') return { what };
    return what === 'rare_slice' ? { what, slice } : { what, judge };
  };
  if (way === 'random') return { kind: 'random', pairs };
  if (way === 'stratified') return { kind: 'stratified', pairs, slice };
  return {
    kind: 'prioritised',
    pairs,
    emphasis,
    by: by(way) as Extract<SelectionMethod, { kind: 'prioritised' }>['by'],
  };
}
