/** What a second look at some pairs says of all labels. */
import type { Interval, Outcome } from '../stats/estimate.ts';
import {
  finiteShareInterval,
  type SampledStratum,
  stratifiedShare,
} from '../stats/sampling/stratified-share.ts';

const SKIPPED = 'skipped';

/** One pair that was looked at again. */
export interface SecondLook {
  readonly stratum: 'judge_differs' | 'judge_agrees';
  readonly people: string;
  readonly judge: string;
  /** What was said this time; null while nobody looked, `skipped` where whoever looked could not say. */
  readonly verdict: string | null;
}

/** A share of some pairs, and of how many. */
export interface AuditShare {
  readonly value: number;
  readonly interval: Interval;
  readonly successes: number;
  readonly n: number;
}

export interface AuditResult {
  readonly drawn: number;
  /**
   * Looks the result rests on: those before the first pair nobody looked at yet. Both kinds stand mixed in one random
   * order, so any beginning of it is a random sample; what was answered out of turn is not, because somebody may not be
   * given pairs they decided before.
   */
  readonly answered: number;
  /** Answered, and waiting for a pair before them. */
  readonly waiting: number;
  /** Of the looks the result rests on, those that were skipped. They are in no share. */
  readonly skipped: number;
  /** Pairs on which the second look says other than people's label: of all pairs that have a label and a verdict. */
  readonly labelsWrong: Outcome<{ readonly value: number; readonly interval: Interval }>;
  /** What it would be if every skipped pair's label were right, and if every one were wrong; null without a skip. */
  readonly withSkips: { readonly allRight: number; readonly allWrong: number } | null;
  /** The same where the judge differs from people, and where it agrees; null without an answer. */
  readonly wrongWhereDiffering: AuditShare | null;
  readonly wrongWhereAgreeing: AuditShare | null;
  /** Of the pairs it differs on, those on which the second look says what the judge said. */
  readonly judgeRightWhereDiffering: AuditShare | null;
  /** Pairs on which the judge says what the second look says, of all. */
  readonly judgeRight: Outcome<{ readonly value: number; readonly interval: Interval }>;
}

/**
 * Both kinds of pairs were drawn at random, so each stands for its kind: shares are weighted back to all pairs with a label
 * and a verdict. The second look is taken for the truth; where it errs, so do these shares.
 *
 * @param looks in the order they were drawn in
 * @param differing pairs of the whole on which the judge differs from people; `agreeing` those on which it does not
 */
export function auditResult(
  looks: readonly SecondLook[],
  { differing, agreeing }: { readonly differing: number; readonly agreeing: number },
  level = 0.95,
): AuditResult {
  const open = looks.findIndex(({ verdict }) => verdict === null);
  const inTurn = open < 0 ? looks : looks.slice(0, open);
  const answered = inTurn.filter(({ verdict }) => verdict !== SKIPPED);
  const countStratum = (
    stratum: SecondLook['stratum'],
    size: number,
    holds: (look: SecondLook) => boolean,
  ): SampledStratum => {
    const ofStratum = answered.filter((look) => look.stratum === stratum);
    return { size, sampled: ofStratum.length, successes: ofStratum.filter(holds).length };
  };
  const share = (stratum: SampledStratum): AuditShare | null =>
    stratum.sampled === 0
      ? null
      : {
          value: stratum.successes / stratum.sampled,
          interval: finiteShareInterval(stratum, level),
          successes: stratum.successes,
          n: stratum.sampled,
        };
  const isWrong = ({ verdict, people }: SecondLook) => verdict !== people;
  const isJudges = ({ verdict, judge }: SecondLook) => verdict === judge;
  const [wrongDiffering, wrongAgreeing] = [
    countStratum('judge_differs', differing, isWrong),
    countStratum('judge_agrees', agreeing, isWrong),
  ];
  const [rightDiffering, rightAgreeing] = [
    countStratum('judge_differs', differing, isJudges),
    countStratum('judge_agrees', agreeing, isJudges),
  ];
  const skips = inTurn.filter(({ verdict }) => verdict === SKIPPED);
  const withSkipsAs = (isLabelWrong: boolean): number => {
    const stratified = stratifiedShare(
      [wrongDiffering, wrongAgreeing].map((stratum, index) => {
        const kind = index === 0 ? 'judge_differs' : 'judge_agrees';
        const count = skips.filter((look) => look.stratum === kind).length;
        const { sampled, successes } = stratum;
        return {
          ...stratum,
          sampled: sampled + count,
          successes: successes + (isLabelWrong ? count : 0),
        };
      }),
      level,
    );
    return stratified.defined ? stratified.value : Number.NaN;
  };
  const labelsWrong = stratifiedShare([wrongDiffering, wrongAgreeing], level);
  return {
    drawn: looks.length,
    answered: answered.length,
    waiting: looks.slice(inTurn.length).filter(({ verdict }) => verdict !== null).length,
    skipped: skips.length,
    withSkips:
      skips.length === 0 || !labelsWrong.defined
        ? null
        : { allRight: withSkipsAs(false), allWrong: withSkipsAs(true) },
    labelsWrong,
    wrongWhereDiffering: share(wrongDiffering),
    wrongWhereAgreeing: share(wrongAgreeing),
    judgeRightWhereDiffering: share(rightDiffering),
    judgeRight: stratifiedShare([rightDiffering, rightAgreeing], level),
  };
}
