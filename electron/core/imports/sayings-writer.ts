/** Writes what records say of pairs, telling what is new from what is known and from what contradicts it. */
import type { Comparison, DecisionRow, HumanVote, JudgeRow } from '../../../shared/formats/own/native.ts';
import type { FieldProblem } from '../../../shared/json/read-by-schema.ts';
import type { HeldRows } from '../store/records/held-rows.ts';
import { bump, type ImportTally } from './import-tally.ts';
import { contradictionText, fieldInContradiction, type VoteValues, voteValuesOf } from './imported-vote.ts';
import type { JudgmentValues, PairSayings } from './pair-sayings.ts';
import type { StudyNames } from './study-names.ts';

export class SayingsWriter {
  readonly #rows: HeldRows;
  readonly #names: StudyNames;
  readonly #tally: ImportTally;

  constructor(rows: HeldRows, names: StudyNames, tally: ImportTally) {
    this.#rows = rows;
    this.#names = names;
    this.#tally = tally;
  }

  /** Writes what one record says of a pair. Returns what is wrong with it. */
  write(
    pairId: number,
    known: PairSayings,
    { human = [], judge = [], adjudicated = [] }: Pick<Comparison, 'human' | 'judge' | 'adjudicated'>,
  ): FieldProblem[] {
    const problems: FieldProblem[] = [];
    const note = (field: string, reason: string | undefined) => {
      if (reason !== undefined) problems.push({ field, reason });
    };
    const voting = new Set<string>();
    for (const [index, vote] of human.entries()) {
      note(
        `human[${index}]`,
        voting.has(vote.rater)
          ? `${JSON.stringify(vote.rater)} votes twice on one comparison`
          : this.#writeVote(pairId, known, vote),
      );
      voting.add(vote.rater);
    }
    for (const [index, judgment] of judge.entries())
      note(`judge[${index}]`, this.#writeJudgment(pairId, known, judgment));
    const deciding = new Set<string>();
    for (const [index, decision] of adjudicated.entries()) {
      note(
        `adjudicated[${index}]`,
        deciding.has(decision.by)
          ? `${JSON.stringify(decision.by)} decides twice on one comparison`
          : this.#writeDecision(pairId, known, decision),
      );
      deciding.add(decision.by);
    }
    return problems;
  }

  #writeVote(pairId: number, known: PairSayings, vote: HumanVote): string | undefined {
    const { rater } = vote;
    bump(this.#tally.raters, rater);
    const raterId = this.#names.person(rater, 'rater');
    if (raterId === null) return `${JSON.stringify(rater)} is an adjudicator of this study, and no rater`;
    if (known.hasKnownAnswer) return 'the answer of this comparison is known, so a vote on it is no result';
    const wanted = voteValuesOf(vote);
    const existing = known.vote(raterId);
    if (existing !== undefined) {
      // A note that was erased on request stays gone, whatever file still has it.
      const asKept = wanted.note !== null && known.isNoteErased(raterId) ? { ...wanted, note: null } : wanted;
      const field = fieldInContradiction(existing, asKept);
      if (field !== undefined) {
        const text = contradictionText(rater, field, asKept);
        return this.#names.isUnnamedBefore(rater)
          ? `${text}. The name stands for raters whom no file names, counted within one import: import these files together, into a study without their votes, or under another name, by a mapping`
          : text;
      }
      this.#tally.counts.votesKnown++;
      return undefined;
    }
    if (known.wasPresented(rater))
      return `${JSON.stringify(rater)} has this comparison open here; an imported vote would count twice`;
    this.#addVote(pairId, raterId, wanted);
    known.keepVote(raterId, wanted);
    return undefined;
  }

  #addVote(pairId: number, raterId: number, values: VoteValues): void {
    this.#tally.counts.votesAdded++;
    this.#rows.addRating({
      ...values,
      commandId: null,
      raterId,
      pairId,
      presentationId: null,
      kind: 'vote',
      afterUnblinding: values.afterUnblinding === 1,
      supersedes: null,
      role: 'label',
    });
  }

  #writeDecision(pairId: number, known: PairSayings, decision: DecisionRow): string | undefined {
    const { by, changed, ...said } = decision;
    const raterId = this.#names.person(by, 'adjudicator');
    if (raterId === null) return `${JSON.stringify(by)} is a rater of this study, and no adjudicator`;
    const wanted = voteValuesOf({ rater: by, ...said });
    const existing = known.decision(by);
    if (existing !== undefined) {
      if (existing.verdict !== wanted.verdict) return `${JSON.stringify(by)} already decided otherwise here`;
      this.#tally.counts.votesKnown++;
      return undefined;
    }
    const details = changed === true ? JSON.stringify({ changed }) : null;
    this.#addVote(pairId, raterId, { ...wanted, details });
    known.keepDecision(by, wanted);
    return undefined;
  }

  #writeJudgment(pairId: number, known: PairSayings, row: JudgeRow): string | undefined {
    bump(this.#tally.judges, row.judge);
    const { order, sample } = row;
    const wanted: JudgmentValues = {
      verdict: row.verdict,
      failure: row.failure ?? null,
      score: row.score ?? null,
      raw: row.raw ?? null,
      judgedAt: row.at === undefined ? null : Date.parse(row.at),
    };
    const key = { judgeId: this.#names.judge(row.judge), order, sample };
    const existing = known.judgment(key);
    if (existing !== undefined) {
      const field = fieldInContradiction(existing, wanted);
      if (field !== undefined)
        return `${contradictionText(row.judge, field, wanted)} (order ${order}, sample ${sample})`;
      this.#tally.counts.judgmentsKnown++;
      return undefined;
    }
    this.#tally.counts.judgmentsAdded++;
    this.#rows.addJudgment({ ...wanted, ...key, pairId });
    known.keepJudgment(key, wanted);
    return undefined;
  }
}
