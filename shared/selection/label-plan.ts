/** How many labels a study needs, from what is assumed of it. */

import { seededRandom } from '../random/seeded-random.ts';
import { type Outcome, undefinedBecause } from '../stats/estimate.ts';
import { kappaWidthPlan } from '../stats/planning/kappa-width-plan.ts';
import { mcNemarSampleSize } from '../stats/planning/proportion-sample-size.ts';
import type { LabelPlan, LabelPlanRequest } from './label-plan-request.ts';

const SIMULATED_PAIRS = 20_000;

/** The plan; undefined with a reason where the assumptions leave nothing to find or to learn from. */
export function labelPlan(request: LabelPlanRequest): Outcome<LabelPlan> {
  const { goal, shares, ratersPerPair, raterAgreement, pairsPerItem, itemCorrelation, level } = request;
  const random = seededRandom('label plan');
  const designEffect = 1 + (pairsPerItem - 1) * itemCorrelation;
  const labelledShare = majorityShare(shares, raterAgreement, ratersPerPair, random.unit);
  const finish = (items: number, assurance: number | null, method: string): Outcome<LabelPlan> => {
    const labelled = Math.ceil(items * designEffect);
    const pairs = Math.ceil(labelled / labelledShare);
    return {
      defined: true,
      labelled,
      pairs,
      votes: pairs * ratersPerPair,
      labelledShare,
      designEffect,
      assurance,
      method,
    };
  };
  if (goal.what === 'width') {
    const plan = kappaWidthPlan({ kappa: goal.kappa, shares, width: goal.width, level }, random.unit);
    if (!plan.defined) return plan;
    return finish(
      plan.items,
      plan.assurance,
      `${plan.repetitions} simulated studies at each size; the interval the card shows`,
    );
  }
  const { firstAgreement: one, secondAgreement: two, bothRight = one * two, power } = goal;
  const [firstOnly, secondOnly] = [one - bothRight, two - bothRight];
  if (firstOnly < 0 || secondOnly < 0 || firstOnly + secondOnly + bothRight > 1)
    return undefinedBecause('no two judges have these agreements with people and that share in common');
  if (firstOnly === secondOnly)
    return undefinedBecause('two judges that agree with people equally often cannot be told apart');
  const items = mcNemarSampleSize(firstOnly, secondOnly, { alpha: 1 - level, power });
  return finish(items, null, 'McNemar’s test by Connor’s formula (1987)');
}

/** Share of pairs on which more than half of the raters say the same, for raters of one kappa who else judge alone. */
function majorityShare(
  shares: readonly number[],
  agreement: number,
  raters: number,
  unit: () => number,
): number {
  if (raters === 1) return 1;
  const total = shares.reduce((sum, share) => sum + share, 0);
  const chance = shares.reduce((sum, share) => sum + (share / total) ** 2, 0);
  const together = Math.max(0, Math.min(1, (agreement - chance) / (1 - chance)));
  let labelled = 0;
  for (let pair = 0; pair < SIMULATED_PAIRS; pair++) {
    // Pairs of raters agree with this probability when each follows a common label with its root.
    const common = labelFor(shares, total, unit());
    const votes = new Map<number, number>();
    for (let rater = 0; rater < raters; rater++) {
      const label = unit() < Math.sqrt(together) ? common : labelFor(shares, total, unit());
      votes.set(label, (votes.get(label) ?? 0) + 1);
    }
    if (Math.max(...votes.values()) * 2 > raters) labelled++;
  }
  return labelled / SIMULATED_PAIRS;
}

function labelFor(shares: readonly number[], total: number, draw: number): number {
  let left = draw * total;
  for (const [label, share] of shares.entries()) {
    if (left < share) return label;
    left -= share;
  }
  return shares.length - 1;
}
