/** Whether a newer guideline settled what raters parted over under an older one. */
import type { Interval } from '../../stats/estimate.ts';
import { exactBinomialTest } from '../../stats/proportion/exact-binomial-test.ts';
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
  /** Interval of the change; null where there are too few items for one, or all changed alike. */
  readonly interval: Interval | null;
  /** Exact two-sided sign test over items that changed; null where none did. */
  readonly p: number | null;
  /**
   * `closed`: contradiction fell, and the sign test says that chance does not explain it. `not_shown`: that is not shown.
   * `not_asked`: no pair was labelled twice under a later version.
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
        interval: null,
        p: null,
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
    const byItem = new Map<number, number>();
    compared.forEach(({ item }, index) => {
      byItem.set(item, (byItem.get(item) ?? 0) + (changes[index] ?? 0));
    });
    const fell = [...byItem.values()].filter((change) => change < 0).length;
    const changed = [...byItem.values()].filter((change) => change !== 0).length;
    const p = changed === 0 ? null : exactBinomialTest(fell, changed).twoSidedP;
    const [before, after] = [
      mean((pair) => contradiction(pair.before)),
      mean((pair) => contradiction(pair.after)),
    ];
    return {
      version,
      pairs: ofVersion.length,
      compared: compared.length,
      before,
      after,
      interval: estimate.defined ? estimate.interval : null,
      p,
      outcome: after < before && p !== null && p < 1 - level ? 'closed' : 'not_shown',
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
