/** How often the interval of an audit holds the true share of wrong labels, over a grid of simulated studies. */

import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { auditResult } from '../../shared/review/audit-result.ts';
import { auditPairs } from '../../shared/review/review-draw.ts';
import { CATEGORY_NAMES, CODE } from '../../shared/study/verdict-codes.ts';
import { cardData } from '../support/card-data.ts';

export interface AuditDesign {
  readonly pairs: number;
  /** Share of labels that are wrong, and of verdicts of the judge. */
  readonly peopleWrong: number;
  readonly judgeWrong: number;
  readonly disagreements: number;
  readonly agreements: number;
}

export interface AuditCoverage extends AuditDesign {
  readonly studies: number;
  readonly covered: number;
  /** Mean of estimate less truth. */
  readonly bias: number;
}

/** Every setting together. */
export const AUDIT_DESIGNS: readonly AuditDesign[] = [500, 5000].flatMap((pairs) =>
  [0.05, 0.15].flatMap((peopleWrong) =>
    [0.15, 0.3].flatMap((judgeWrong) =>
      [
        [50, 50],
        [100, 100],
        [50, 150],
      ].map(([disagreements = 0, agreements = 0]) => ({
        pairs,
        peopleWrong,
        judgeWrong,
        disagreements,
        agreements,
      })),
    ),
  ),
);

/** Draws each study's truth, labels and verdicts anew, draws an audit by the app's own code, and answers it truly. */
export function simulatedAudits(studies: number): AuditCoverage[] {
  return AUDIT_DESIGNS.map((design) => {
    let [covered, bias, defined] = [0, 0, 0];
    for (let number = 0; number < studies; number++) {
      const { estimate, low, high, truth } = simulatedAudit(design, `${JSON.stringify(design)} ${number}`);
      if (Number.isNaN(estimate)) continue;
      defined++;
      if (low <= truth + 1e-12 && truth - 1e-12 <= high) covered++;
      bias += estimate - truth;
    }
    return { ...design, studies: defined, covered, bias: bias / Math.max(1, defined) };
  });
}

function simulatedAudit(design: AuditDesign, seed: string) {
  const random = seededRandom(seed);
  const { unit, below } = random;
  const wrongly = (code: number) => (code + 1 + below(2)) % 3;
  const truths = Array.from(
    { length: design.pairs },
    () => [CODE.first, CODE.second, CODE.tie][below(3)] ?? 0,
  );
  const people = truths.map((code) => (unit() < design.peopleWrong ? wrongly(code) : code));
  const judge = truths.map((code) => (unit() < design.judgeWrong ? wrongly(code) : code));
  const data = cardData({ raters: { ada: people }, judges: { judge } });
  const [column] = data.judges;
  if (column === undefined) throw new Error('a study without its judge');
  const options = agreementOptionsSchema.parse({});
  const draw = auditPairs({ data, judge: column, options }, design, random);
  const name = (code: number) => CATEGORY_NAMES[code] ?? '';
  const { labelsWrong } = auditResult(
    draw.pairs.map(({ pair, stratum, people: label, judge: verdict }) => ({
      stratum: stratum === 'judge_agrees' ? stratum : 'judge_differs',
      people: name(label),
      judge: name(verdict),
      verdict: name(truths[pair] ?? 0),
    })),
    draw,
  );
  const truth = people.filter((code, pair) => code !== truths[pair]).length / design.pairs;
  return labelsWrong.defined
    ? { estimate: labelsWrong.value, ...labelsWrong.interval, truth }
    : { estimate: Number.NaN, low: 0, high: 0, truth };
}
