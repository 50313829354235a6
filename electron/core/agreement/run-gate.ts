import { cardMaker } from '../../../shared/card/agreement-card.ts';
import { alternativeTests } from '../../../shared/card/columns/alternative-test.ts';
import type { JudgeView } from '../../../shared/card/columns/judge-view.ts';
import {
  baselineCheck,
  type GateCheck,
  limitCheck,
  outcomeOf,
} from '../../../shared/card/gate/gate-check.ts';
import { ALL_PAIRS, flipRateOf, type GateFigure, kappaOf } from '../../../shared/card/gate/gate-figure.ts';
import type { Baseline, GateResult } from '../../../shared/card/gate/gate-result.ts';
import type { GateRule } from '../../../shared/card/gate/gate-rule.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { cellsOf, foldCode } from '../../../shared/labels/label-pairs.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { requireCard } from '../card/compute-card.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import type { ReadStore } from '../store/engine/database.ts';
import type { StudyRow } from '../store/study/studies.ts';

/**
 * Holds a judge against a rule, from one consistent view of the store.
 *
 * @throws ServiceError `not_found` for a judge or slice the study does not have, `conflict` for a baseline that was made
 *   under other policies
 */
export function runGate(
  store: ReadStore,
  study: StudyRow,
  { judge, rule, baseline, ...input }: ParsedInputOf<'agreement.gate'>,
): GateResult {
  const options = agreementOptionsSchema.parse(input.options);
  if (baseline !== null && canonicalJson(baseline.options) !== canonicalJson(options))
    throw new ServiceError('conflict', { key: 'figures.baseline_policies' });
  const data = loadCardData(store, study);
  const judges = data.judges.map(({ name }) => name);
  if (!judges.includes(judge))
    throw new ServiceError('not_found', {
      key: 'figures.judge_of_study_unknown',
      values: { study: study.name, judge, judges: judges.join(', ') || 'none' },
    });
  const cardOf = (slice: GateRule['slices'][number] | null) =>
    requireCard(cardMaker(data, judge, options, slice), { judge, slice });
  const whole = cardOf(null);
  const figures: GateFigure[] = [];
  const checks: GateCheck[] = [];
  for (const slice of [null, ...rule.slices]) {
    const card = slice === null ? whole : cardOf(slice);
    const about = slice === null ? ALL_PAIRS : `${slice.name}=${slice.value}`;
    const kappa = kappaOf(card.part('agreement'), about);
    const flipRate = flipRateOf(card.part('orders'), about);
    figures.push(kappa, flipRate);
    const mute = muteReplies(card.view);
    if (rule.minKappa !== null) checks.push(limitCheck(kappa, 'least', rule.minKappa, rule.bound, mute));
    if (rule.maxFlipRate !== null) checks.push(limitCheck(flipRate, 'most', rule.maxFlipRate, rule.bound));
    if (baseline !== null) checks.push(baselineCheck(kappa, figureOf(baseline, about), rule, mute));
  }
  if (rule.altTestEpsilon !== null && whole.view !== null)
    checks.push(altTestCheck(whole.view, rule.altTestEpsilon));
  const { pairs, items, raters } = whole.head;
  return {
    touchgate: 1,
    study: study.name,
    isSynthetic: study.isSynthetic,
    judge,
    options,
    rule,
    pairs,
    items,
    raters: raters.length,
    outcome: outcomeOf(checks),
    checks,
    figures,
  };
}

function figureOf({ figures }: Baseline, about: string): GateFigure {
  const found = figures.find((figure) => figure.measure === 'kappa' && figure.about === about);
  if (found === undefined)
    throw new ServiceError('conflict', { key: 'figures.baseline_lacks_slice', values: { about } });
  return found;
}

/** Pairs with people's label on which the judge replied without a verdict, or with one that the policies leave out. */
function muteReplies(view: JudgeView | null): number {
  if (view === null) return 0;
  const { people, judge, options } = view;
  const counts = (label: number, code: number) =>
    cellsOf(foldCode(label, options), foldCode(code, options), options.ties).length > 0;
  let mute = 0;
  people.forEach((label, pair) => {
    const code = judge.codes[pair] ?? CODE.missing;
    const isReply = code !== CODE.missing && code !== CODE.error && code !== CODE.skipped;
    // A pair that would be left out whatever the judge said shows nothing of it.
    if (isReply && counts(label, label) && !counts(label, code)) mute++;
  });
  return mute;
}

function altTestCheck(view: JudgeView, epsilon: number): GateCheck {
  const test = alternativeTests(view).at(epsilon);
  const check = {
    name: 'alt_test' as const,
    about: ALL_PAIRS,
    asked: `alternative annotator test at ε = ${epsilon}`,
    low: null,
    high: null,
  };
  if (!test.defined)
    return {
      ...check,
      n: 0,
      value: null,
      outcome: 'inconclusive',
      reason: test.reason,
    };
  return {
    ...check,
    n: test.comparisons.length,
    value: test.winningRate,
    outcome: test.passes ? 'passed' : 'failed',
    reason: `it beats ${Math.round(100 * test.winningRate)} % of the raters, and half are needed`,
  };
}
