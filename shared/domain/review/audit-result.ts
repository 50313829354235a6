/** What a second look at some pairs says of all labels. */
import type { Interval, Outcome } from '../../stats/estimate.ts';
import {
  finiteShareInterval,
  type SampledStratum,
  stratifiedShare,
} from '../../stats/sampling/stratified-share.ts';

/** One pair that was looked at again. */
export interface SecondLook {
  readonly stratum: 'judge_differs' | 'judge_agrees';
  readonly people: string;
  readonly judge: string;
  /** What was said this time; null while it was not looked at, or where nothing could be said. */
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
  readonly answered: number;
  readonly drawn: number;
  /** Pairs on which the second look says other than people's label: of all pairs that have a label and a verdict. */
  readonly labelsWrong: Outcome<{ readonly value: number; readonly interval: Interval }>;
  /** The same where the judge differs from people, and where it agrees; null without an answer. */
  readonly wrongWhereDiffering: AuditShare | null;
  readonly wrongWhereAgreeing: AuditShare | null;
  /** Of the pairs it differs on, those on which the second look says what the judge said. */
  readonly judgeRightWhereDiffering: AuditShare | null;
  /** Pairs on which the judge says what the second look says, of all. */
  readonly judgeRight: Outcome<{ readonly value: number; readonly interval: Interval }>;
}

/**
 * Both kinds of pairs were drawn at random, so each stands for its kind: shares are weighted back to all pairs. The second
 * look is taken for the truth; where it errs, so do these shares.
 *
 * @param differing pairs of the whole on which the judge differs from people; `agreeing` those on which it does not
 */
export function auditResult(
  looks: readonly SecondLook[],
  { differing, agreeing }: { readonly differing: number; readonly agreeing: number },
  level = 0.95,
): AuditResult {
  const answered = looks.filter(({ verdict }) => verdict !== null);
  const counted = (
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
    counted('judge_differs', differing, isWrong),
    counted('judge_agrees', agreeing, isWrong),
  ];
  const [rightDiffering, rightAgreeing] = [
    counted('judge_differs', differing, isJudges),
    counted('judge_agrees', agreeing, isJudges),
  ];
  return {
    answered: answered.length,
    drawn: looks.length,
    labelsWrong: stratifiedShare([wrongDiffering, wrongAgreeing], level),
    wrongWhereDiffering: share(wrongDiffering),
    wrongWhereAgreeing: share(wrongAgreeing),
    judgeRightWhereDiffering: share(rightDiffering),
    judgeRight: stratifiedShare([rightDiffering, rightAgreeing], level),
  };
}
