import { describe, expect, it } from 'vitest';
import { countedText, shareText } from '../../shared/quality/share-text.ts';
import { wilsonInterval } from '../../shared/stats/proportion/binomial-intervals.ts';

const share = (successes: number, n: number) => ({
  successes,
  n,
  interval: wilsonInterval(successes, n, 0.95),
});

describe('a share of a rater’s votes', () => {
  it('is a percentage with its interval and n, and of fewer than five a count', () => {
    expect(shareText(share(2, 2))).toBe('2 of 2');
    expect(shareText(share(0, 4))).toBe('0 of 4');
    expect(shareText(share(4, 5))).toBe('80 % (38–96 %, n 5)');
    expect(shareText(null)).toBe('–');
    expect(countedText(1, 3)).toBe('1 of 3');
    expect(countedText(1, 8)).toBe('13 %');
  });
});
