import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { PairDetails } from '../../../shared/contract/pair-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { newestClassOf } from '../store/review/disagreement-classes.ts';
import { splitOf } from '../store/study/content-split.ts';
import { knownAnswerOf } from '../store/study/known-answers.ts';
import { decisionsAboutPair } from '../store/study/pair-decisions.ts';
import { listedPairs, reviewsOfPair } from '../store/study/pair-list.ts';
import { drawsOfPairs } from '../store/study/selections.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { standingOf } from './list-pairs.ts';
import { openPair } from './open-pair.ts';
import { viewOf } from './pair-view.ts';

/** Everything of one pair that the lead may see. */
export function showPair(
  store: ReadStore,
  study: StudyRow,
  { number }: ParsedInputOf<'pairs.show'>,
): PairDetails {
  const view = viewOf(store, study);
  const [listed] = listedPairs(store, view, [number - 1]);
  if (listed === undefined) throw new ServiceError('not_found', { key: 'pairs.unknown' });
  const { pair, answerOnScreen, ...open } = openPair(store, study, listed.pairId);
  const known = knownAnswerOf(store, pair.pairId);
  return {
    ...standingOf(listed, view),
    ...open,
    split: splitOf(pair.prompt),
    known:
      known === undefined || listed.stage === null
        ? null
        : {
            stage: listed.stage,
            answer: answerOnScreen(known.verdict) as 'left' | 'right' | 'tie' | 'both_bad',
            explanation: known.explanation,
          },
    classVersion: newestClassOf(store, pair.pairId)?.guidelineVersion ?? null,
    reviews: reviewsOfPair(store, view, pair.pairId),
    draw: drawsOfPairs(store, [pair.pairId])(pair.pairId) ?? null,
    leavingOut: decisionsAboutPair(store, pair.pairId),
  };
}
