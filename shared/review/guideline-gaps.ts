/** Whether raters still part, under a newer guideline, over what was a gap of an older one. */
import type { Interval } from '../stats/estimate.ts';
import { bettingSequence } from '../stats/sequential/betting.ts';

/** A pair in which the lead saw a gap of a guideline version, with what raters said under that one and under later ones. */
export interface GapPair {
  readonly version: number;
  readonly item: number;
  /** One code for each rater's last label under this version or an earlier one. */
  readonly before: readonly number[];
  /** And under a later one. */
  readonly after: readonly number[];
}

export interface GapReport {
  readonly version: number;
  readonly pairs: number;
  /** Pairs with two labels or more under a later version: those that can tell. */
  readonly compared: number;
  /**
   * How often two raters of a pair contradict each other there, before and after; the mean over compared pairs, null
   * without any. Pairs were chosen because raters parted over them, so some of a fall comes by itself.
   */
  readonly before: number | null;
  readonly after: number | null;
  /** Of `after`; null without a pair that can tell. */
  readonly interval: Interval | null;
  /** How often two raters contradict each other on the study's other pairs; null where nobody can tell. */
  readonly elsewhere: number | null;
  /**
   * `closed`: raters contradict each other there no more than elsewhere, by the whole interval. `open`: more than
   * elsewhere, by the whole interval. `not_shown`: neither is shown. `not_asked`: no pair has two labels under a later
   * version.
   */
  readonly outcome: 'closed' | 'open' | 'not_shown' | 'not_asked';
}

/**
 * What was said after is held against other pairs, not against what was said before: pairs chosen for their contradictions
 * contradict less the next time under any guideline. The interval is the betting confidence sequence of means in [0, 1]
 * (Waudby-Smith & Ramdas 2024), over items.
 *
 * @param elsewhere how often two raters contradict each other on pairs without a gap
 */
export function guidelineGaps(
  pairs: readonly GapPair[],
  elsewhere: number | null,
  level = 0.95,
): GapReport[] {
  const versions = [...new Set(pairs.map(({ version }) => version))].sort((one, two) => one - two);
  return versions.map((version) => {
    const ofVersion = pairs.filter((pair) => pair.version === version);
    const compared = ofVersion.filter(({ after }) => after.length >= 2);
    const common = { version, pairs: ofVersion.length, compared: compared.length, elsewhere };
    if (compared.length === 0)
      return { ...common, before: null, after: null, interval: null, outcome: 'not_asked' };
    const byItem = new Map<number, number[]>();
    for (const { item, after } of compared)
      byItem.set(item, [...(byItem.get(item) ?? []), contradiction(after) ?? 0]);
    const ofItems = [...byItem.values()].map(mean);
    const sequence = bettingSequence(ofItems, 1 - level);
    const interval = {
      low: sequence.lower.at(-1) ?? 0,
      high: sequence.upper.at(-1) ?? 1,
      level,
      method: 'betting confidence sequence over items',
    };
    const outcome =
      elsewhere === null
        ? 'not_shown'
        : interval.high <= elsewhere
          ? 'closed'
          : interval.low > elsewhere
            ? 'open'
            : 'not_shown';
    const earlier = compared.flatMap(({ before }) => contradiction(before) ?? []);
    return {
      ...common,
      before: earlier.length === 0 ? null : mean(earlier),
      after: mean(compared.map(({ after }) => contradiction(after) ?? 0)),
      interval,
      outcome,
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share of pairs of raters who do not say the same; null with fewer than two. */
export function contradiction(codes: readonly number[]): number | null {
  let [differing, all] = [0, 0];
  codes.forEach((code, index) => {
    for (const other of codes.slice(index + 1)) {
      all++;
      if (other !== code) differing++;
    }
  });
  return all === 0 ? null : differing / all;
}
