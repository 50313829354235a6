/** One pair with everything that was said of it, as the lead may see it. */
import type { PairDetails } from '../../../shared/contract/pair-methods.ts';
import { scoreText } from '../../../shared/study/judgment-score.ts';
import type { HumanVerdict, JudgeVerdict, Side } from '../../../shared/study/verdict.ts';
import { answerOfVerdict } from '../../../shared/study/vote-details.ts';
import { blindExample } from '../rating/blinding.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { judgmentsOfPair } from '../store/judging/judgments.ts';
import { votesOfPair } from '../store/rating/ratings.ts';
import { decisionsOnPair } from '../store/review/reviews.ts';
import { type FullPair, pairById } from '../store/study/comparisons.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { leadLeftSide } from './pair-view.ts';

/** A pair on sides that say nothing of its own order: with systems and verdicts of judges once the study is unblinded. */
export interface OpenPair
  extends Pick<PairDetails, 'task' | 'left' | 'right' | 'votes' | 'decisions' | 'judgments'> {
  readonly pair: FullPair;
  readonly answerOnScreen: (verdict: HumanVerdict) => PairDetails['votes'][number]['answer'];
}

/** @throws where the store has no such pair */
export function openPair(store: ReadStore, study: StudyRow, pairId: number): OpenPair {
  const pair = pairById(store, pairId);
  if (pair === undefined) throw new Error(`pair ${pairId} vanished inside a transaction`);
  const isBlind = study.unblindedAt === null;
  const leftSide = leadLeftSide(study, pair.externalId);
  const { task, left, right } = blindExample(pair, leftSide, String(pairId));
  const [leftSystem, rightSystem] =
    leftSide === 'first' ? [pair.firstSystem, pair.secondSystem] : [pair.secondSystem, pair.firstSystem];
  const answerOnScreen = (verdict: HumanVerdict) => answerOfVerdict(verdict, leftSide);
  return {
    pair,
    answerOnScreen,
    task,
    left: { output: left, system: isBlind ? null : leftSystem },
    right: { output: right, system: isBlind ? null : rightSystem },
    votes: votesOfPair(store, pairId).map(
      ({ rater, verdict, strength, confidence, note, guidelineVersion, isExcluded }) => ({
        rater,
        answer: answerOnScreen(verdict),
        strength,
        confidence,
        note,
        guidelineVersion,
        isExcluded: isExcluded === 1,
      }),
    ),
    decisions: decisionsOnPair(store, pairId).map(({ by, verdict, note, isChanged }) => ({
      by,
      answer: answerOnScreen(verdict),
      note,
      isChanged: isChanged === 1,
    })),
    judgments: isBlind
      ? []
      : judgmentsOfPair(store, pairId).map(({ judge, order, sample, verdict, score, raw }) => ({
          judge,
          shownFirst: order === 'both' || order === 'unknown' ? null : sideOfOrder(order, leftSide),
          sample,
          answer: judgeAnswer(verdict, leftSide),
          score: score === null ? null : scoreText(score),
          rationale: raw,
        })),
  };
}

function sideOfOrder(order: 'a_first' | 'b_first', leftSide: Side): 'left' | 'right' {
  return (order === 'a_first') === (leftSide === 'first') ? 'left' : 'right';
}

function judgeAnswer(verdict: JudgeVerdict, leftSide: Side): PairDetails['judgments'][number]['answer'] {
  if (verdict === 'first' || verdict === 'second') return verdict === leftSide ? 'left' : 'right';
  return verdict;
}
