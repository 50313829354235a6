/** What people and judges said of one pair: what the store has, read when first asked for, and what came since. */
import type { HumanVerdict, JudgeOrder } from '../../../shared/study/verdict.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { judgmentsWithJudges, type StoredJudgment } from '../store/judging/judgments.ts';
import { isNoteErased } from '../store/rating/erased-notes.ts';
import { wasPresented } from '../store/rating/presentations.ts';
import { votesWithRaters } from '../store/rating/ratings.ts';
import { decisionsOnPair } from '../store/review/reviews.ts';
import { knownAnswerOf } from '../store/study/known-answers.ts';
import type { VoteValues } from './imported-vote.ts';

export type JudgmentValues = Omit<StoredJudgment, 'judge' | 'order' | 'sample'>;

/** Which of a judge's judgments it is. */
export interface JudgmentKey {
  readonly judgeId: number;
  readonly order: JudgeOrder;
  readonly sample: number;
}

export class PairSayings {
  readonly #store: ReadStore;
  readonly #pairId: number;
  /** Whether the pair came with these records: then only they say anything of it. */
  readonly #isNew: boolean;
  #votes: Map<number, VoteValues & { readonly id?: number }> | undefined;
  #judgments: Map<string, JudgmentValues> | undefined;
  #decisions: Map<string, { readonly verdict: HumanVerdict }> | undefined;
  #hasKnownAnswer: boolean | undefined;

  constructor(store: ReadStore, pairId: number, isNew: boolean) {
    this.#store = store;
    this.#pairId = pairId;
    this.#isNew = isNew;
  }

  get hasKnownAnswer(): boolean {
    this.#hasKnownAnswer ??= !this.#isNew && knownAnswerOf(this.#store, this.#pairId) !== undefined;
    return this.#hasKnownAnswer;
  }

  /** Whether the rater of this name was given the pair here. */
  wasPresented(rater: string): boolean {
    return !this.#isNew && wasPresented(this.#store, this.#pairId, rater);
  }

  vote(raterId: number): VoteValues | undefined {
    return this.#readVotes().get(raterId);
  }

  /** Whether a rater's note was erased on request. */
  isNoteErased(raterId: number): boolean {
    const vote = this.#readVotes().get(raterId);
    return vote?.note === null && vote.id !== undefined && isNoteErased(this.#store, vote.id);
  }

  keepVote(raterId: number, vote: VoteValues): void {
    this.#readVotes().set(raterId, vote);
  }

  judgment(key: JudgmentKey): JudgmentValues | undefined {
    return this.#readJudgments().get(textOf(key));
  }

  keepJudgment(key: JudgmentKey, judgment: JudgmentValues): void {
    this.#readJudgments().set(textOf(key), judgment);
  }

  /** What an adjudicator of this name decided. */
  decision(by: string): { readonly verdict: HumanVerdict } | undefined {
    return this.#readDecisions().get(by);
  }

  keepDecision(by: string, decision: { readonly verdict: HumanVerdict }): void {
    this.#readDecisions().set(by, decision);
  }

  #readVotes(): Map<number, VoteValues & { readonly id?: number }> {
    if (this.#votes === undefined) {
      this.#votes = new Map();
      for (const vote of this.#isNew ? [] : votesWithRaters(this.#store, this.#pairId))
        if (!this.#votes.has(vote.raterId)) this.#votes.set(vote.raterId, vote);
    }
    return this.#votes;
  }

  #readJudgments(): Map<string, JudgmentValues> {
    this.#judgments ??= new Map(
      (this.#isNew ? [] : judgmentsWithJudges(this.#store, this.#pairId)).map((judgment) => [
        textOf(judgment),
        judgment,
      ]),
    );
    return this.#judgments;
  }

  #readDecisions(): Map<string, { readonly verdict: HumanVerdict }> {
    this.#decisions ??= new Map(
      (this.#isNew ? [] : decisionsOnPair(this.#store, this.#pairId)).map((decision) => [
        decision.by,
        decision,
      ]),
    );
    return this.#decisions;
  }
}

function textOf({ judgeId, order, sample }: JudgmentKey): string {
  return `${judgeId} ${order} ${sample}`;
}
