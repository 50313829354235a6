/** Whether a newer guideline settled what raters parted over under an older one. */
import type { Interval } from '../../stats/estimate.ts';
import { ratioByItem } from '../../stats/resampling/ratio-by-item.ts';

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
  /** Pairs with two labels or more before and after: those that can tell. */
  readonly compared: number;
  /** Share of pairs of raters who contradict each other, the mean over compared pairs; null without any. */
  readonly before: number | null;
  readonly after: number | null;
  readonly change: { readonly interval: Interval } | null;
  /**
   * `closed`: contradiction fell, and the whole interval of the change says so. `not_shown`: it is not shown to have
   * fallen. `not_asked`: no pair was labelled twice under a later version.
   */
  readonly outcome: 'closed' | 'not_shown' | 'not_asked';
}

export function guidelineGaps(pairs: readonly GapPair[], level = 0.95): GapReport[] {
  const versions = [...new Set(pairs.map(({ version }) => version))].sort((one, two) => one - two);
  return versions.map((version) => {
    const ofVersion = pairs.filter((pair) => pair.version === version);
    const compared = ofVersion.filter(({ before, after }) => before.length >= 2 && after.length >= 2);
    if (compared.length === 0) {
      return {
        version,
        pairs: ofVersion.length,
        compared: 0,
        before: null,
        after: null,
        change: null,
        outcome: 'not_asked',
      };
    }
    const mean = (of: (pair: GapPair) => number) =>
      compared.reduce((sum, pair) => sum + of(pair), 0) / compared.length;
    const changes = compared.map(({ before, after }) => contradiction(after) - contradiction(before));
    const estimate = ratioByItem(
      changes,
      changes.map(() => 1),
      compared.map(({ item }) => item),
      level,
    );
    const interval = estimate.defined ? estimate.interval : null;
    return {
      version,
      pairs: ofVersion.length,
      compared: compared.length,
      before: mean(({ before }) => contradiction(before)),
      after: mean(({ after }) => contradiction(after)),
      change: interval === null ? null : { interval },
      outcome: interval !== null && interval.high < 0 ? 'closed' : 'not_shown',
    };
  });
}

/** Share of pairs of raters who do not say the same. */
function contradiction(codes: readonly number[]): number {
  let [differing, all] = [0, 0];
  codes.forEach((code, index) => {
    for (const other of codes.slice(index + 1)) {
      all++;
      if (other !== code) differing++;
    }
  });
  return all === 0 ? 0 : differing / all;
}
