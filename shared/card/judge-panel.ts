/** Several judges as one: by majority, by mean probability, or by votes weighted as they deserved on the dev split. */
import { CATEGORY_NAMES, CODE, codeOfProbability } from '../study/verdict-codes.ts';
import type { JudgeColumn } from './columns/card-data.ts';

export const PANEL_RULES = ['majority', 'mean_probability', 'weighted'] as const;
export type PanelRule = (typeof PANEL_RULES)[number];

export interface JudgePanel {
  readonly name: string;
  readonly rule: PanelRule;
  /** One per member; all 1 where the rule does not weigh. */
  readonly weights: readonly number[];
  /** 1 where the weights were fitted on the pair; null where nothing was fitted. */
  readonly tunedOn: Uint8Array | null;
}

/**
 * The panel's verdicts, over both orders and order by order. A pair has a verdict where every member has one; readable
 * verdicts vote, and a drawn vote is inconsistent, never a tie. Its score is the winner's share of the votes.
 */
export function panelColumn(
  { name, rule, weights, tunedOn }: JudgePanel,
  members: readonly JudgeColumn[],
): JudgeColumn {
  const pairs = members[0]?.codes.length ?? 0;
  const scores = new Float64Array(pairs).fill(Number.NaN);
  const vote = (columns: readonly Int8Array[], keep?: Float64Array) =>
    Int8Array.from({ length: pairs }, (_pair, pair) => {
      const { code, share } = voteOf(
        columns.map((column) => column[pair] ?? CODE.missing),
        weights,
      );
      if (keep !== undefined && share !== null) keep[pair] = share;
      return code;
    });
  const probabilityFirst = Float64Array.from({ length: pairs }, (_pair, pair) =>
    meanOf(members.map((member) => member.probabilityFirst?.[pair] ?? Number.NaN)),
  );
  const codes =
    rule === 'mean_probability'
      ? Int8Array.from(probabilityFirst, (probability, pair) => {
          if (!Number.isNaN(probability)) scores[pair] = Math.max(probability, 1 - probability);
          return codeOfProbability(probability);
        })
      : vote(
          members.map((member) => member.codes),
          scores,
        );
  return {
    name,
    codes,
    pooled: codes,
    firstShownFirst:
      rule === 'mean_probability'
        ? new Int8Array(pairs).fill(CODE.missing)
        : vote(members.map((member) => member.firstShownFirst)),
    secondShownFirst:
      rule === 'mean_probability'
        ? new Int8Array(pairs).fill(CODE.missing)
        : vote(members.map((member) => member.secondShownFirst)),
    sureness: scores.every(Number.isNaN)
      ? null
      : { source: rule === 'mean_probability' ? 'probability' : 'votes', values: scores },
    unusedScores: null,
    probabilityFirst: probabilityFirst.every(Number.isNaN) ? null : probabilityFirst,
    preferences: null,
    model: null,
    probes: null,
    tunedOn,
    tunedCodes: null,
    repeats: null,
  };
}

/**
 * Log-odds of agreeing with people, each from its own pairs of the dev split with half an agreement and half a
 * disagreement added: the weights under which a vote of independent judges errs least (Nitzan & Paroush 1982). A judge
 * that agrees in no more than half of its pairs weighs nothing.
 *
 * @param people people's label of each pair; negative for none
 * @param isDev whether a pair may be looked at
 */
export function fittedWeights(
  members: readonly Pick<JudgeColumn, 'codes'>[],
  people: Int8Array,
  isDev: (pair: number) => boolean,
): { readonly weights: number[]; readonly pairs: number } {
  let pairs = 0;
  people.forEach((label, pair) => {
    if (label >= 0 && isDev(pair) && members.every(({ codes }) => (codes[pair] ?? -1) >= 0)) pairs++;
  });
  const weights = members.map(({ codes }) => {
    let [right, all] = [0, 0];
    people.forEach((label, pair) => {
      const code = codes[pair] ?? CODE.missing;
      if (label < 0 || !isDev(pair) || !isVote(code)) return;
      all++;
      if (code === label) right++;
    });
    return Math.max(0, Math.log((right + 0.5) / (all - right + 0.5)));
  });
  return { weights, pairs };
}

/** Readable verdicts that the judge did not take back in its other order. */
function isVote(code: number): boolean {
  return code >= 0 && code <= CODE.both_bad;
}

function voteOf(
  codes: readonly number[],
  weights: readonly number[],
): { readonly code: number; readonly share: number | null } {
  if (codes.length === 0 || codes.some((code) => code < 0)) return { code: CODE.missing, share: null };
  const votes = new Float64Array(CATEGORY_NAMES.length);
  let total = 0;
  codes.forEach((code, member) => {
    if (!isVote(code)) return;
    const weight = weights[member] ?? 0;
    votes[code] = (votes[code] ?? 0) + weight;
    total += weight;
  });
  if (total === 0)
    return {
      code: codes.every((code) => code === CODE.error)
        ? CODE.error
        : codes.includes(CODE.inconsistent)
          ? CODE.inconsistent
          : CODE.unparsed,
      share: null,
    };
  const most = Math.max(...votes);
  const winners = [...votes.keys()].filter((code) => (votes[code] ?? 0) >= most - 1e-12);
  return winners.length > 1
    ? { code: CODE.inconsistent, share: most / total }
    : { code: winners[0] ?? CODE.inconsistent, share: most / total };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
