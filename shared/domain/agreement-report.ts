/** Agreement of people with each other and of judges with people: the first cut of the agreement card. */

import type { Estimate, Interval, Outcome } from '../stats/estimate.ts';
import { agreementScoreInterval } from '../stats/two-raters/agreement-score-interval.ts';
import { cohensKappa, type KappaResult } from '../stats/two-raters/cohens-kappa.ts';
import { type ContingencyTable, totalOf } from '../stats/two-raters/contingency-table.ts';
import { type KappaScoreInterval, kappaScoreInterval } from '../stats/two-raters/kappa-score-interval.ts';
import { percentAgreement } from '../stats/two-raters/percent-agreement.ts';
import type { AgreementOptions } from './agreement-options.ts';
import { type JudgeVersusPeople, judgeVersusPeople } from './card/judge-versus-people.ts';
import { type LabelMismatch, labelMismatch } from './card/label-mismatch.ts';
import { type VerdictSentence, verdictSentence } from './card/verdict-sentence.ts';
import { type ConsensusKind, consensusOf } from './consensus.ts';
import { itemPatternsOf, tableOfColumns } from './label-pairs.ts';
import { CATEGORY_NAMES, type CategoryName, CODE } from './verdict-codes.ts';

/** Everything a report is computed from, in columns: one entry per pair. */
export interface AgreementData {
  readonly itemOfPair: Int32Array;
  readonly itemCount: number;
  readonly raters: readonly { readonly name: string; readonly codes: Int8Array }[];
  readonly judges: readonly { readonly name: string; readonly codes: Int8Array }[];
}

/** Agreement between two sources of labels. */
export interface SourceAgreement {
  readonly n: number;
  readonly agreement: Estimate;
  readonly agreementInterval: Outcome<{ readonly interval: Interval; readonly items: number }>;
  readonly kappa: KappaResult;
  /** Score interval by item: the one whose coverage holds (`npm run coverage`). */
  readonly kappaInterval: Outcome<KappaScoreInterval>;
  readonly matrix: {
    readonly labels: readonly CategoryName[];
    readonly rows: readonly (readonly number[])[];
  };
}

export interface RaterPairAgreement extends SourceAgreement {
  readonly raterA: string;
  readonly raterB: string;
}

export interface JudgeAgreement extends SourceAgreement {
  readonly judge: string;
  /** What may be said of the judge beside a human rater, by stated rules. */
  readonly standing: VerdictSentence;
  /** What that rests on: the judge and each rater against the consensus of the others. */
  readonly versusPeople: Outcome<JudgeVersusPeople>;
  /** Pairs this judge said anything about. */
  readonly judged: number;
  /** How often it said what, before any folding. */
  readonly verdicts: Readonly<Record<CategoryName | 'error', number>>;
  /** A sign that people's labels or the judge's were mapped wrongly, or null. */
  readonly labelMismatch: LabelMismatch | null;
  /** The same comparison under each of the three tie policies. */
  readonly byTiePolicy: Readonly<Record<AgreementOptions['ties'], TiePolicyFigures>>;
}

export interface TiePolicyFigures {
  readonly n: number;
  readonly agreement: Estimate;
  readonly kappa: KappaResult;
}

export interface AgreementReport {
  readonly pairs: number;
  readonly items: number;
  readonly options: AgreementOptions;
  readonly consensus: {
    readonly kinds: Readonly<Record<ConsensusKind, number>>;
    readonly labels: Readonly<Record<'first' | 'second' | 'tie' | 'both_bad', number>>;
  };
  readonly raterPairs: readonly RaterPairAgreement[];
  /** The mean of the rater pairs' kappas, weighted by n: the ceiling a judge is measured against. */
  readonly humanCeiling: Estimate;
  readonly judges: readonly JudgeAgreement[];
}

/** The people's label of every pair under a consensus rule, with how it came about. */
export function consensusColumn(
  data: Pick<AgreementData, 'raters' | 'itemOfPair'>,
  options: Pick<AgreementOptions, 'consensus' | 'bothBad'>,
): { codes: Int8Array; kinds: Record<ConsensusKind, number> } {
  const pairCount = data.itemOfPair.length;
  const codes = new Int8Array(pairCount).fill(CODE.missing);
  const kinds: Record<ConsensusKind, number> = { unanimous: 0, majority: 0, split: 0, single: 0, none: 0 };
  const votes: number[] = [];
  for (let pair = 0; pair < pairCount; pair++) {
    votes.length = 0;
    for (const rater of data.raters) {
      const code = rater.codes[pair] ?? CODE.missing;
      votes.push(code === CODE.both_bad && options.bothBad === 'tie' ? CODE.tie : code);
    }
    const consensus = consensusOf(votes);
    kinds[consensus.kind]++;
    const counts =
      consensus.kind === 'unanimous' || (consensus.kind === 'majority' && options.consensus === 'majority');
    if (counts || (consensus.kind === 'single' && options.consensus === 'majority'))
      codes[pair] = consensus.code;
  }
  return { codes, kinds };
}

/**
 * The whole report: coefficients with score intervals by item, and the asymptotic one of kappa beside. Nothing in it is
 * random, so the same votes give the same figures.
 */
export function agreementReport(data: AgreementData, options: AgreementOptions): AgreementReport {
  const { codes: gold, kinds } = consensusColumn(data, options);
  const raterPairs: RaterPairAgreement[] = [];
  for (const [index, raterA] of data.raters.entries()) {
    for (const raterB of data.raters.slice(index + 1)) {
      const compared = compareColumns(data, raterA.codes, raterB.codes, options);
      raterPairs.push({ raterA: raterA.name, raterB: raterB.name, ...compared });
    }
  }
  const judges = data.judges.map((judge): JudgeAgreement => {
    const compared = compareColumns(data, gold, judge.codes, options);
    const versusPeople = judgeVersusPeople(data, judge.codes, options);
    return {
      judge: judge.name,
      standing: verdictSentence(judge.name, versusPeople),
      versusPeople,
      ...compared,
      ...countVerdicts(judge.codes),
      labelMismatch: labelMismatch(gold, judge.codes),
      byTiePolicy: {
        separate: tiePolicyFigures(gold, judge.codes, { ...options, ties: 'separate' }),
        drop: tiePolicyFigures(gold, judge.codes, { ...options, ties: 'drop' }),
        half: tiePolicyFigures(gold, judge.codes, { ...options, ties: 'half' }),
      },
    };
  });
  return {
    pairs: data.itemOfPair.length,
    items: data.itemCount,
    options,
    consensus: { kinds, labels: countLabels(gold) },
    raterPairs,
    humanCeiling: meanKappa(raterPairs),
    judges,
  };
}

/** The coefficients alone, without resampling, for callers that need no interval by bootstrap. */
export function tiePolicyFigures(
  rows: Int8Array,
  columns: Int8Array,
  options: AgreementOptions,
): TiePolicyFigures {
  const table = tableOfColumns(rows, columns, options);
  return { n: totalOf(table), agreement: percentAgreement(table), kappa: cohensKappa(table, options.level) };
}

function compareColumns(
  data: AgreementData,
  rows: Int8Array,
  columns: Int8Array,
  options: AgreementOptions,
): SourceAgreement {
  const table = tableOfColumns(rows, columns, options);
  const patterns = itemPatternsOf(rows, columns, data.itemOfPair, data.itemCount, options);
  return {
    n: totalOf(table),
    agreement: percentAgreement(table),
    agreementInterval: agreementScoreInterval(patterns, options.level),
    kappa: cohensKappa(table, options.level),
    kappaInterval: kappaScoreInterval(patterns, options.level),
    matrix: usedMatrix(table),
  };
}

/** The table without categories that neither side used. */
function usedMatrix(table: ContingencyTable): SourceAgreement['matrix'] {
  const used = CATEGORY_NAMES.map((_name, code) => code).filter((code) =>
    CATEGORY_NAMES.some(
      (_name, other) =>
        (table.counts[code * table.size + other] ?? 0) + (table.counts[other * table.size + code] ?? 0) > 0,
    ),
  );
  return {
    labels: used.map((code) => CATEGORY_NAMES[code] ?? 'first'),
    rows: used.map((row) => used.map((column) => table.counts[row * table.size + column] ?? 0)),
  };
}

function countVerdicts(codes: Int8Array): Pick<JudgeAgreement, 'judged' | 'verdicts'> {
  const counts = new Array<number>(8).fill(0);
  let judged = 0;
  for (const code of codes) {
    if (code < 0) continue;
    judged++;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const of = (code: number) => counts[code] ?? 0;
  return {
    judged,
    verdicts: {
      first: of(CODE.first),
      second: of(CODE.second),
      tie: of(CODE.tie),
      both_bad: of(CODE.both_bad),
      inconsistent: of(CODE.inconsistent),
      unparsed: of(CODE.unparsed),
      error: of(CODE.error),
    },
  };
}

function countLabels(gold: Int8Array): AgreementReport['consensus']['labels'] {
  const labels = { first: 0, second: 0, tie: 0, both_bad: 0 };
  for (const code of gold) {
    if (code === CODE.first) labels.first++;
    else if (code === CODE.second) labels.second++;
    else if (code === CODE.tie) labels.tie++;
    else if (code === CODE.both_bad) labels.both_bad++;
  }
  return labels;
}

function meanKappa(raterPairs: readonly RaterPairAgreement[]): Estimate {
  let weighted = 0;
  let total = 0;
  for (const { kappa } of raterPairs) {
    if (!kappa.defined) continue;
    weighted += kappa.value * kappa.n;
    total += kappa.n;
  }
  if (total === 0) {
    return {
      defined: false,
      reason:
        raterPairs.length === 0
          ? 'fewer than two raters: there is no human agreement to compare with'
          : 'no pair of raters has a defined kappa',
    };
  }
  return { defined: true, value: weighted / total };
}
