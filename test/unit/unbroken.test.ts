import { expect, it } from 'vitest';
import { unbroken } from '../../renderer/language/unbroken.ts';

it.each([
  ['35 % to 80 % at 99.38 %', '35\u00a0% to 80\u00a0% at 99.38\u00a0%'],
  ['+0.5 points, 1 point (3–9 %, n 60)', '+0.5\u00a0points, 1\u00a0point (3–9\u00a0%, n\u00a060)'],
  ['13 of 120 do; an 8 pointed star, in 5 words', '13 of 120 do; an 8 pointed star, in 5 words'],
])('no line ends between a number and its unit: %s', (sentence, kept) => {
  expect(unbroken(sentence)).toBe(kept);
});
