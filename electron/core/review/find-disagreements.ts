import type { CardData } from '../../../shared/card/columns/card-data.ts';
import { judgesUnder } from '../../../shared/card/columns/judges-under.ts';
import { outputFeatures } from '../../../shared/card/columns/output-features.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { Disagreement, DisagreementPage } from '../../../shared/contract/review-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { consensusOf } from '../../../shared/labels/consensus.ts';
import { votedCode } from '../../../shared/labels/vote-model.ts';
import type { DisagreementFilter } from '../../../shared/review/disagreement-filter.ts';
import { disagreements } from '../../../shared/review/disagreements.ts';
import { assistantText, type Conversation } from '../../../shared/study/conversation.ts';
import type { HumanVerdict } from '../../../shared/study/verdict.ts';
import { CATEGORY_NAMES, CODE } from '../../../shared/study/verdict-codes.ts';
import { type OpenPair, openPair } from '../pairs/open-pair.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { type ClassOfPair, classesOf } from '../store/review/disagreement-classes.ts';
import { plannedOptions } from '../store/study/analysis-plans.ts';
import type { StudyRow } from '../store/study/studies.ts';

/**
 * Pairs on which raters part or, once the study is unblinded, a judge parts from them. Sides stand where the study's secret
 * seed puts them, so that nothing tells which is the first; names and verdicts of judges come only after unblinding.
 */
export function findDisagreements(
  store: ReadStore,
  study: StudyRow,
  { filter, offset, limit }: ParsedInputOf<'disagreements.find'>,
): DisagreementPage {
  const isBlind = study.unblindedAt === null;
  if (isBlind && (filter.between !== 'raters' || filter.judge !== undefined)) {
    throw new ServiceError('study_blinded', { key: 'review.blind' });
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
      .map(disagreementOnScreen),
  };
}

function requireNames(data: CardData, { rater, judge, slice }: DisagreementFilter): void {
  const missing = (what: string, name: string) =>
    new ServiceError('not_found', { key: 'figures.name_unknown', values: { what, name } });
  if (rater !== undefined && !data.raters.some(({ name }) => name === rater)) throw missing('rater', rater);
  if (judge !== undefined && !data.judges.some(({ name }) => name === judge)) throw missing('judge', judge);
  if (
    slice !== undefined &&
    !data.slices().some(({ name, value }) => name === slice.name && value === slice.value)
  )
    throw missing('slice', `${slice.name}=${slice.value}`);
}

interface FoundPair extends OpenPair {
  readonly consensus: Disagreement['consensus'];
  /** A code. */
  readonly label: number;
  readonly class: ClassOfPair | undefined;
}

function disagreementOnScreen({
  pair,
  answerOnScreen,
  consensus,
  label,
  class: found,
  ...open
}: FoundPair): Disagreement {
  return {
    ...open,
    pair: pair.pairId,
    slices: JSON.parse(pair.slices) as Record<string, string>,
    lengthGap: gapOfTexts(open.left.output, open.right.output),
    consensus,
    label: label < 0 || label > CODE.both_bad ? null : answerOnScreen(CATEGORY_NAMES[label] as HumanVerdict),
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
