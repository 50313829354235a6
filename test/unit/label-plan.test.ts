/** What the planner promises comes true in studies simulated another way: rater by rater, pair by pair. */
import { describe, expect, it } from 'vitest';
import { agreementOf, patternsOf } from '../../shared/card/figures/compared-columns.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { consensusColumn } from '../../shared/labels/consensus-column.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { labelPlan } from '../../shared/selection/label-plan.ts';
import { labelPlanSchema } from '../../shared/selection/label-plan-request.ts';
import { labelsStillNeeded } from '../../shared/selection/labels-still-needed.ts';
import { mcNemar } from '../../shared/stats/paired-table/mcnemar.ts';

const plan = (request: unknown) => {
  const made = labelPlan(labelPlanSchema.parse(request));
  if (!made.defined) throw new Error(made.reason);
  return made;
};

const OPTIONS = agreementOptionsSchema.parse({});

describe('labels for a wished width', () => {
  it.each([
    { kappa: 0.6, width: 0.2, shares: [0.45, 0.45, 0.1] },
    { kappa: 0.4, width: 0.3, shares: [0.5, 0.5] },
    { kappa: 0.8, width: 0.15, shares: [0.7, 0.2, 0.1] },
    { kappa: 0.1, width: 0.25, shares: [0.3, 0.3, 0.4] },
  ])('$width at kappa $kappa are enough in at least 93 % of studies', ({ kappa, width, shares }) => {
    const { labelled, assurance } = plan({ goal: { what: 'width', kappa, width }, shares });
    expect(assurance).toBeGreaterThanOrEqual(0.95);
    const { unit } = seededRandom(`studies ${kappa}`);
    const pick = (): number => {
      let left = unit() * shares.reduce((sum, share) => sum + share, 0);
      return Math.max(
        0,
        shares.findIndex((share) => {
          left -= share;
          return left < 0;
        }),
      );
    };
    const metAt = (pairs: number, studies: number): number => {
      let met = 0;
      for (let study = 0; study < studies; study++) {
        const [people, judge] = [new Int8Array(pairs), new Int8Array(pairs)];
        for (let pair = 0; pair < pairs; pair++) {
          people[pair] = pick();
          judge[pair] = unit() < kappa ? (people[pair] ?? 0) : pick();
        }
        const itemOfPair = Int32Array.from({ length: pairs }, (_item, pair) => pair);
        const compared = { rows: people, columns: judge, itemOfPair, itemCount: pairs, weights: null };
        const { kappaInterval } = agreementOf(patternsOf(compared, OPTIONS), 0.95);
        if (kappaInterval.defined && kappaInterval.interval.high - kappaInterval.interval.low <= width) met++;
      }
      return met / studies;
    };
    expect(metAt(labelled, 600)).toBeGreaterThanOrEqual(0.93);
    // Nor are they far more than it takes.
    expect(metAt(Math.floor(0.85 * labelled), 200)).toBeLessThan(0.9);
  });

  it('grow with what is asked, and count votes and pairs without a label', () => {
    const one = plan({ goal: { what: 'width', kappa: 0.6, width: 0.2 } });
    const narrower = plan({ goal: { what: 'width', kappa: 0.6, width: 0.1 } });
    expect(narrower.labelled / one.labelled).toBeGreaterThan(3.3);
    expect(narrower.labelled / one.labelled).toBeLessThan(4.7);
    expect(one).toMatchObject({ labelledShare: 1, pairs: one.labelled, votes: one.labelled });
    const three = plan({
      goal: { what: 'width', kappa: 0.6, width: 0.2 },
      ratersPerPair: 3,
      raterAgreement: 0.7,
    });
    expect(three.labelledShare).toBeLessThan(1);
    expect(three.votes).toBe(3 * three.pairs);
    const clustered = plan({
      goal: { what: 'width', kappa: 0.6, width: 0.2 },
      pairsPerItem: 5,
      itemCorrelation: 0.25,
    });
    expect(clustered.designEffect).toBe(2);
    expect(clustered.labelled).toBe(2 * one.labelled);
  });

  it('leave as many pairs labelled as simulated raters do', () => {
    const { labelledShare } = plan({
      goal: { what: 'width', kappa: 0.5, width: 0.4 },
      shares: [0.4, 0.4, 0.2],
      ratersPerPair: 2,
      raterAgreement: 0.8,
    });
    // Two raters leave a label exactly where they agree.
    expect(labelledShare).toBeCloseTo(0.8, 1);
    expect(Math.abs(labelledShare - 0.8)).toBeLessThan(0.015);
    const { codes } = consensusColumn(
      {
        raters: [
          { name: 'a', codes: Int8Array.from([0, 1]) },
          { name: 'b', codes: Int8Array.from([0, 0]) },
        ],
        adjudicated: null,
      },
      2,
      OPTIONS,
    );
    expect([...codes].filter((code) => code >= 0)).toHaveLength(1);
  });
});

describe('labels to tell two judges apart', () => {
  it('give the wished power', () => {
    const [first, second, both] = [0.75, 0.68, 0.6];
    const { labelled } = plan({
      goal: {
        what: 'difference',
        firstAgreement: first,
        secondAgreement: second,
        bothRight: both,
        power: 0.8,
      },
    });
    const { unit } = seededRandom('power');
    let found = 0;
    const studies = 1500;
    for (let study = 0; study < studies; study++) {
      let [firstOnly, secondOnly] = [0, 0];
      for (let pair = 0; pair < labelled; pair++) {
        const draw = unit();
        if (draw < first - both) firstOnly++;
        else if (draw < first - both + second - both) secondOnly++;
      }
      const test = mcNemar(firstOnly, secondOnly);
      if (test.defined && test.midP < 0.05) found++;
    }
    expect(found / studies).toBeGreaterThan(0.76);
    expect(found / studies).toBeLessThan(0.86);
  });

  it('say why there is no number', () => {
    const reason = (goal: unknown) => {
      const made = labelPlan(labelPlanSchema.parse({ goal }));
      return made.defined ? '' : made.reason;
    };
    expect(reason({ what: 'difference', firstAgreement: 0.7, secondAgreement: 0.7 })).toMatch(
      /cannot be told/u,
    );
    expect(
      reason({ what: 'difference', firstAgreement: 0.7, secondAgreement: 0.6, bothRight: 0.65 }),
    ).toMatch(/no two judges/u);
    const alone = labelPlan(
      labelPlanSchema.parse({ goal: { what: 'width', kappa: 0.5, width: 0.1 }, shares: [1, 1e-12] }),
    );
    expect(alone.defined).toBe(false);
  });
});

describe('labels still needed', () => {
  it('follow the square root', () => {
    expect(labelsStillNeeded(100, 0.4, 0.2)).toBe(300);
    expect(labelsStillNeeded(100, 0.1, 0.2)).toBe(0);
  });
});
