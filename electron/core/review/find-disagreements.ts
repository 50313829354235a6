import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { Disagreement, DisagreementPage } from '../../../shared/contract/review-methods.ts';
import type { CardData } from '../../../shared/domain/card/card-data.ts';
import { judgesUnder } from '../../../shared/domain/card/judges-under.ts';
import { outputFeatures } from '../../../shared/domain/card/output-features.ts';
import { consensusOf } from '../../../shared/domain/consensus.ts';
import { assistantText, type Conversation } from '../../../shared/domain/conversation.ts';
import { scoreText } from '../../../shared/domain/judgment-score.ts';
import { seededUnit } from '../../../shared/domain/presentation-kind.ts';
import type { DisagreementFilter } from '../../../shared/domain/review/disagreement-filter.ts';
import { disagreements } from '../../../shared/domain/review/disagreements.ts';
import type { HumanVerdict, JudgeVerdict, Side } from '../../../shared/domain/verdict.ts';
import { CATEGORY_NAMES, CODE } from '../../../shared/domain/verdict-codes.ts';
import { answerOfVerdict } from '../../../shared/domain/vote-details.ts';
import { votedCode } from '../../../shared/domain/vote-model.ts';
import { blindExample } from '../blinding.ts';
import { plannedOptions } from '../store/analysis-plans.ts';
import { loadCardData } from '../store/card-columns.ts';
import { pairById } from '../store/comparisons.ts';
import type { Store } from '../store/database.ts';
import { type ClassOfPair, classesOf } from '../store/disagreement-classes.ts';
import { judgmentsOfPair } from '../store/judgments.ts';
import { votesOfPair } from '../store/ratings.ts';
import { decisionsOnPair } from '../store/reviews.ts';
import type { StudyRow } from '../store/studies.ts';

/**
 * Pairs on which raters part or, once the study is unblinded, a judge parts from them. Sides stand where the study's secret
 * seed puts them, so that nothing tells which is the first; names and verdicts of judges come only after unblinding.
 */
export function findDisagreements(
  store: Store,
  study: StudyRow,
  { filter, offset, limit }: ParsedInputOf<'disagreements.find'>,
): DisagreementPage {
  const isBlind = study.unblindedAt === null;
  if (isBlind && (filter.between !== 'raters' || filter.judge !== undefined)) {
    throw new ServiceError(
      'study_blinded',
      'This study is blind. Where a judge parts from people can be read after unblinding; an adjudication may take such pairs in before.',
    );
  }
  const options = plannedOptions(store, study.id);
  const data = judgesUnder(loadCardData(store, study), options);
  requireNames(data, filter);
  const classes = new Map(classesOf(store, study.id).map((each) => [each.pairId, each]));
  const judge =
    filter.between === 'raters'
      ? null
      : (data.judges.find(({ name }) => name === filter.judge) ?? data.judges[0] ?? null);
  const classOf = (pair: number) => classes.get(data.pairIds[pair] ?? -1)?.class ?? null;
  const found = disagreements({ data, options, filter, judge, classOf });
  const page = [...found.subarray(offset, offset + limit)];
  return {
    total: found.length,
    classified: found.reduce((count, pair) => count + (classOf(pair) === null ? 0 : 1), 0),
    disagreements: page
      .map((pair) => {
        const votes = data.raters.map(({ codes }) => votedCode(codes[pair], options.bothBad));
        const { kind, code } = consensusOf(votes);
        const pairId = data.pairIds[pair] ?? -1;
        return {
          ...openPair(store, study, pairId),
          consensus: kind,
          label: code,
          class: classes.get(pairId),
        };
      })
      .map((row) => shown(row, isBlind)),
  };
}

function requireNames(data: CardData, { rater, judge, slice }: DisagreementFilter): void {
  const missing = (what: string, name: string) =>
    new ServiceError('not_found', `This study has no ${what} named “${name}”.`);
  if (rater !== undefined && !data.raters.some(({ name }) => name === rater)) throw missing('rater', rater);
  if (judge !== undefined && !data.judges.some(({ name }) => name === judge)) throw missing('judge', judge);
  if (
    slice !== undefined &&
    !data.slices().some(({ name, value }) => name === slice.name && value === slice.value)
  )
    throw missing('slice', `${slice.name}=${slice.value}`);
}

interface FoundPair extends ReturnType<typeof openPair> {
  readonly consensus: Disagreement['consensus'];
  readonly label: number;
  readonly class: ClassOfPair | undefined;
}

/** Everything about one pair that a lead may ever read. */
function openPair(store: Store, { design }: StudyRow, pairId: number) {
  const pair = pairById(store, pairId);
  if (pair === undefined) throw new Error(`pair ${pairId} vanished inside a transaction`);
  const leftSide: Side =
    seededUnit(design.seed, 'disagreement side', pair.externalId) < 0.5 ? 'first' : 'second';
  return {
    pair,
    leftSide,
    votes: votesOfPair(store, pairId),
    decisions: decisionsOnPair(store, pairId),
    judgments: judgmentsOfPair(store, pairId),
  };
}

function shown(
  { pair, leftSide, votes, decisions, judgments, consensus, label, class: found }: FoundPair,
  isBlind: boolean,
): Disagreement {
  const { task, left, right } = blindExample(pair, leftSide, String(pair.pairId));
  const systems =
    leftSide === 'first' ? [pair.firstSystem, pair.secondSystem] : [pair.secondSystem, pair.firstSystem];
  const named = (verdict: HumanVerdict) => answerOfVerdict(verdict, leftSide);
  return {
    pair: pair.pairId,
    task,
    left: { output: left, system: isBlind ? null : (systems[0] ?? null) },
    right: { output: right, system: isBlind ? null : (systems[1] ?? null) },
    slices: JSON.parse(pair.slices) as Record<string, string>,
    lengthGap: gapOfTexts(left, right),
    consensus,
    label: label < 0 || label > CODE.both_bad ? null : named(CATEGORY_NAMES[label] as HumanVerdict),
    votes: votes.map(({ rater, verdict, strength, confidence, note, guidelineVersion, isExcluded }) => ({
      rater,
      answer: named(verdict),
      strength,
      confidence,
      note,
      guidelineVersion,
      isExcluded: isExcluded === 1,
    })),
    decisions: decisions.map(({ by, verdict, note, isChanged }) => ({
      by,
      answer: named(verdict),
      note,
      isChanged: isChanged === 1,
    })),
    judgments: isBlind
      ? []
      : judgments.map(({ judge, order, sample, verdict, score, raw }) => ({
          judge,
          shownFirst: order === 'both' || order === 'unknown' ? null : sideOfOrder(order, leftSide),
          sample,
          answer: judgeAnswer(verdict, leftSide),
          score: score === null ? null : scoreText(score),
          rationale: raw,
        })),
    class: found?.class ?? null,
    classVersion: found?.guidelineVersion ?? null,
  };
}

/** The same gap as filters go by, of one pair alone: reading every text of a study for it would take seconds. */
function gapOfTexts(left: Conversation, right: Conversation): number {
  const [one, two] = [left, right].map((output) => outputFeatures(assistantText(output)).length) as [
    number,
    number,
  ];
  return one + two === 0 ? 0 : Math.abs(one - two) / (one + two);
}

function sideOfOrder(order: 'a_first' | 'b_first', leftSide: Side): 'left' | 'right' {
  return (order === 'a_first') === (leftSide === 'first') ? 'left' : 'right';
}

function judgeAnswer(verdict: JudgeVerdict, leftSide: Side): Disagreement['judgments'][number]['answer'] {
  if (verdict === 'first' || verdict === 'second') return verdict === leftSide ? 'left' : 'right';
  return verdict;
}
