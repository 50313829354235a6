import { type JudgeVersusPeople, judgeVersusPeople } from '../../shared/card/columns/judge-versus-people.ts';
import { verdictSentence } from '../../shared/card/figures/verdict-sentence.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import type { Outcome } from '../../shared/stats/estimate.ts';
import { CODE } from '../../shared/study/verdict-codes.ts';

/** Raters and a judge who each say what an item deserves with some probability, and else draw: two pairs an item. */
export interface SimulatedStudy {
  readonly raters: number;
  readonly items: number;
  readonly raterSkill: number;
  readonly judgeSkill: number;
}

export function simulatedComparison(
  { raters, items, raterSkill, judgeSkill }: SimulatedStudy,
  seed: string,
): Outcome<JudgeVersusPeople> {
  const unit = seededRandom(seed).unit;
  const label = () => {
    const u = unit();
    return u < 0.4 ? CODE.first : u < 0.8 ? CODE.second : CODE.tie;
  };
  const pairs = 2 * items;
  const judge = new Int8Array(pairs);
  const votes = Array.from({ length: raters }, (_votes, rater) => ({
    name: `r${rater}`,
    codes: new Int8Array(pairs),
  }));
  const itemOfPair = new Int32Array(pairs);
  for (let pair = 0; pair < pairs; pair++) {
    const truth = label();
    itemOfPair[pair] = pair >> 1;
    judge[pair] = unit() < judgeSkill ? truth : label();
    for (const { codes } of votes) codes[pair] = unit() < raterSkill ? truth : label();
  }
  return judgeVersusPeople(
    { raters: votes, itemOfPair, itemCount: items, weights: null },
    judge,
    agreementOptionsSchema.parse({}),
  );
}

/** How often each standing is given over seeded studies of one design. */
export function simulatedStandings(design: SimulatedStudy, studies: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let index = 0; index < studies; index++) {
    const { standing } = verdictSentence(
      'j',
      simulatedComparison(design, `${JSON.stringify(design)}|${index}`),
    );
    counts.set(standing, (counts.get(standing) ?? 0) + 1);
  }
  return counts;
}
