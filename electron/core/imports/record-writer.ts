/** Writes native rows into a store, telling what is new from what is known and from what contradicts it. */

import type { IdentityMatch } from '../../../shared/blind/identity-scan.ts';
import {
  type Comparison,
  comparisonSchema,
  type DecisionRow,
  type FieldProblem,
  type HumanVote,
  type JudgeRow,
  type NativeRow,
} from '../../../shared/formats/own/native.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import type { Conversation } from '../../../shared/study/conversation.ts';
import type { RaterRole } from '../../../shared/study/rater-role.ts';
import type { Store } from '../store/engine/database.ts';
import { storedTextOf } from '../store/engine/stored-text.ts';
import { insertJudgment, judgmentAt } from '../store/judging/judgments.ts';
import { isNoteErased } from '../store/rating/erased-notes.ts';
import { wasPresented } from '../store/rating/presentations.ts';
import { insertRater, raterByName } from '../store/rating/raters.ts';
import { effectiveVoteId, insertRating, voteOfRater } from '../store/rating/ratings.ts';
import { nativeRowOf } from '../store/records/native-row.ts';
import { decisionsOnPair } from '../store/review/reviews.ts';
import {
  hasItem,
  insertFinding,
  insertPair,
  itemIdOf,
  judgeIdOf,
  namesIn,
  type PairContent,
  pairByExternalId,
  pairById,
  pairWithSameContent,
  pairWithSameHashes,
  responseIdOf,
  type StudyPlace,
  systemIdOf,
  systemNamesOf,
} from '../store/study/comparisons.ts';
import { knownAnswerOf } from '../store/study/known-answers.ts';
import { drawCount } from '../store/study/selections.ts';
import { addToSlice } from '../store/study/studies.ts';
import { itemHash, responseHash } from './content-hash.ts';
import { IdentityWatch, type OutputPlace } from './identity-watch.ts';
import { bump, ImportTally } from './import-tally.ts';
import { contradictedField, contradictionText, storedVoteOf, type VoteValues } from './imported-vote.ts';
import { PairWatch } from './pair-watch.ts';
import type { DrawnRow } from './settled-design.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

type Output = Comparison['a'];

export class RecordWriter {
  readonly #target: StudyPlace;
  readonly #live: StudyPlace | undefined;
  readonly #identity: IdentityWatch;
  readonly #ids = {
    systems: new Map<string, number>(),
    raters: new Map<string, number>(),
    adjudicators: new Map<string, number>(),
    judges: new Map<string, number>(),
  };
  /** Pairs copied from the live store into a dry run's scratch store, by their scratch id. */
  readonly #adopted = new Map<number, number>();
  /** Pairs per slice value, written once at the end. */
  readonly #slicePairs = new Map<string, Map<string, number>>();
  /** Pairs that a draw chose where the file comes from. */
  readonly drawn: DrawnRow[] = [];
  /** Draws there were before the pairs came; null where each row tells. */
  readonly #drawsBefore: number | null;
  readonly #watch = new PairWatch();
  /** Names given to raters who have none, and those of them under which the study had votes before. */
  readonly #unnamed = new Set<string>();
  readonly #unnamedBefore = new Set<string>();
  /** Of comparisons in this import that had none of their own. */
  readonly #madeIds = new Set<string>();
  #tally: ImportTally;
  #isAdopting = false;
  #nextOrdinal: number;

  constructor(
    target: StudyPlace,
    live: StudyPlace | undefined,
    tally: ImportTally,
    { firstOrdinal, restoresDraws }: { readonly firstOrdinal: number; readonly restoresDraws: boolean },
  ) {
    this.#target = target;
    this.#live = live;
    this.#tally = tally;
    this.#nextOrdinal = firstOrdinal;
    this.#drawsBefore = restoresDraws ? null : drawCount(target.store, target.studyId);
    const known = live ?? target;
    this.#identity = new IdentityWatch(systemNamesOf(known.store, known.studyId));
  }

  /** Writes one row and returns what is wrong with it, if anything is. */
  write(native: NativeRow, place: Place): FieldProblem[] {
    const { row } = native;
    const known = this.#findKnown(row.id);
    if (native.kind === 'verdicts') {
      if (known === undefined) {
        return [{ field: 'id', reason: `no comparison has the id ${JSON.stringify(row.id)}` }];
      }
      return this.#writeVotes(known.pairId, row, false);
    }
    const comparison = native.row;
    if (native.isIdMade === true) {
      if (this.#madeIds.has(row.id)) this.#tally.sameWithoutId++;
      this.#madeIds.add(row.id);
    }
    if (known === undefined) return this.#insert(comparison, place);
    const difference = differenceFrom(known, comparison, contentOf(comparison));
    if (difference !== undefined) return [difference];
    this.#tally.counts.pairsKnown++;
    return this.#writeVotes(known.pairId, comparison, false);
  }

  /** Says which raters of the next row have no names of their own. */
  meetUnnamed(names: readonly string[]): void {
    for (const name of names) {
      if (this.#unnamed.has(name)) continue;
      this.#unnamed.add(name);
      const { store, studyId } = this.#live ?? this.#target;
      if (raterByName(store, studyId, name) !== undefined) this.#unnamedBefore.add(name);
    }
  }

  /** To be called once after the last row. */
  finish(): void {
    const { store, studyId } = this.#target;
    for (const [name, values] of this.#slicePairs) {
      for (const [value, pairs] of values) addToSlice(store, studyId, name, value, pairs);
    }
  }

  #findKnown(externalId: string): PairContent | undefined {
    const { store, studyId } = this.#target;
    const known = pairByExternalId(store, studyId, externalId);
    if (known !== undefined || this.#live === undefined) return known;
    const live = pairByExternalId(this.#live.store, this.#live.studyId, externalId);
    if (live === undefined) return undefined;
    this.#adopt(this.#live.store, live.pairId);
    return pairByExternalId(store, studyId, externalId);
  }

  /** Copies a pair with its votes and verdicts, uncounted, so that a dry run meets what the import would meet. */
  #adopt(live: Store, livePairId: number): void {
    const pair = pairById(live, livePairId);
    if (pair === undefined) throw new Error(`pair ${livePairId} is not in the live store`);
    const comparison = comparisonSchema.parse(nativeRowOf(live, pair));
    const counted = this.#tally;
    this.#tally = new ImportTally();
    this.#isAdopting = true;
    try {
      this.#insert(comparison, { file: '', line: 0 });
      const { store, studyId } = this.#target;
      const copy = pairByExternalId(store, studyId, comparison.id);
      if (copy !== undefined) this.#adopted.set(copy.pairId, livePairId);
    } finally {
      this.#tally = counted;
      this.#isAdopting = false;
    }
  }

  #insert(comparison: Comparison, place: Place): FieldProblem[] {
    const { store, studyId } = this.#target;
    const systems = [comparison.a.system, comparison.b.system];
    const tooMany = this.#identity.meet(systems, (match, found) => this.#find(match, found));
    if (tooMany !== undefined) return [{ field: 'a.system', reason: tooMany }];
    const content = contentOf(comparison);
    const reference = comparison.reference ?? null;
    const item = itemIdOf(store, studyId, content.itemHash, content.prompt, reference);
    const firstId = this.#response(item.id, content.first, place);
    const secondId = this.#response(item.id, content.second, place);
    const isKnownItem = !item.isNew || (this.#live !== undefined && hasItem(this.#live, content.itemHash));
    if (isKnownItem && !this.#isAdopting) {
      const twin =
        pairWithSameContent(store, item.id, firstId, secondId) ??
        (this.#live === undefined ? undefined : pairWithSameHashes(this.#live, { ...content, systems }));
      if (twin !== undefined) this.#tally.addDuplicate(comparison.id, twin);
    }
    if (!this.#isAdopting) this.#watchPair(comparison, content);
    const pairId = insertPair(store, {
      studyId,
      ordinal: this.#nextOrdinal++,
      externalId: comparison.id,
      itemId: item.id,
      firstResponse: firstId,
      secondResponse: secondId,
      slices: content.slices,
      drawsBefore: this.#drawsBefore ?? comparison.drawsBefore ?? 0,
    });
    this.#tally.addPair(pairId);
    if (comparison.draw !== undefined) this.drawn.push({ pairId, ...comparison.draw });
    if (!isKnownItem) this.#tally.counts.itemsAdded++;
    for (const [name, value] of Object.entries(comparison.slices ?? {})) {
      this.#tally.addSlice(name, value);
      this.#slicePairs.set(name, bumped(this.#slicePairs.get(name), value));
    }
    return this.#writeVotes(pairId, comparison, true);
  }

  #response(itemId: number, source: ReturnType<typeof responseContent>, place: Place): number {
    const { store } = this.#target;
    const systemId = this.#idOf('systems', source.system);
    const response = responseIdOf(store, itemId, systemId, source.hash, source.stored, source.meta);
    bump(this.#tally.systems, source.system);
    if (response.isNew && !this.#isAdopting) {
      for (const { content } of source.conversation) {
        const found = { ...place, responseId: response.id };
        for (const match of this.#identity.scan(content, found)) this.#find(match, found);
      }
    }
    return response.id;
  }

  #watchPair({ id, a, b }: Comparison, { first, second }: ReturnType<typeof contentOf>): void {
    const textOf = ({ conversation }: ReturnType<typeof responseContent>) =>
      conversation.map(({ content }) => content).join('\n');
    this.#watch.meet(
      { id, systems: [a.system, b.system], outputs: [textOf(first), textOf(second)] },
      (other) =>
        [this.#target, this.#live].some(
          (place) => place !== undefined && pairByExternalId(place.store, place.studyId, other) !== undefined,
        ),
    );
  }

  /** What looks wrong about what was written, although nothing is. */
  warnings(): string[] {
    const places = [this.#target, ...(this.#live === undefined ? [] : [this.#live])];
    const names = (kind: 'systems' | 'raters' | 'judges') =>
      new Set(places.flatMap((place) => namesIn(place, kind)));
    const watched = this.#watch.warnings({
      systems: names('systems'),
      raters: names('raters'),
      judges: names('judges'),
    });
    if (this.#unnamedBefore.size === 0 || this.#tally.counts.votesAdded === 0) return watched;
    const shown = [...this.#unnamedBefore].slice(0, 3).map((name) => `“${name}”`);
    return [
      `The study had votes of ${shown.join(', ')}${this.#unnamedBefore.size > 3 ? ' …' : ''} before this import, a name for raters whom no file names. New votes stand under it, too: whether they are the same people is not known. Import files of one group of raters together, and those of another under another name, by a mapping.`,
      ...watched,
    ];
  }

  #find(match: IdentityMatch, { responseId, ...place }: OutputPlace): void {
    insertFinding(this.#target.store, responseId, match.rule, match.excerpt);
    this.#tally.addFinding({ ...place, ...match }, responseId);
  }

  #writeVotes(
    pairId: number,
    { human, judge, adjudicated }: Pick<Comparison, 'human' | 'judge' | 'adjudicated'>,
    isNewPair: boolean,
  ): FieldProblem[] {
    const problems: FieldProblem[] = [];
    const seen = new Set<string>();
    for (const [index, vote] of (human ?? []).entries()) {
      const problem = seen.has(vote.rater)
        ? `${JSON.stringify(vote.rater)} votes twice on one comparison`
        : this.#writeVote(pairId, vote, isNewPair);
      seen.add(vote.rater);
      if (problem !== undefined) problems.push({ field: `human[${index}]`, reason: problem });
    }
    // On a new pair only this very record can already have said something.
    const isFirst = isNewPair && (judge ?? []).length === 1;
    for (const [index, judgment] of (judge ?? []).entries()) {
      const problem = this.#writeJudgment(pairId, judgment, isFirst);
      if (problem !== undefined) problems.push({ field: `judge[${index}]`, reason: problem });
    }
    const deciding = new Set<string>();
    for (const [index, decision] of (adjudicated ?? []).entries()) {
      const problem = deciding.has(decision.by)
        ? `${JSON.stringify(decision.by)} decides twice on one comparison`
        : this.#writeDecision(pairId, decision, isNewPair);
      deciding.add(decision.by);
      if (problem !== undefined) problems.push({ field: `adjudicated[${index}]`, reason: problem });
    }
    return problems;
  }

  #writeVote(pairId: number, vote: HumanVote, isNewPair: boolean): string | undefined {
    const { store } = this.#target;
    bump(this.#tally.raters, vote.rater);
    const wanted = storedVoteOf(vote);
    const raterId = this.#idOf('raters', vote.rater);
    if (raterId === 0) return `${JSON.stringify(vote.rater)} is an adjudicator of this study, and no rater`;
    if (!isNewPair) {
      if (this.#hasKnownAnswer(pairId))
        return 'the answer of this comparison is known, so a vote on it is no result';
      const existing = voteOfRater(store, pairId, raterId);
      if (existing !== undefined) {
        // A note that was erased on request stays gone, whatever file still has it.
        const asKept = hasErasedNote(store, pairId, raterId) ? { ...wanted, note: null } : wanted;
        const field = contradictedField(existing, asKept);
        if (field !== undefined) {
          const text = contradictionText(vote.rater, field, asKept);
          return this.#unnamedBefore.has(vote.rater)
            ? `${text}. The name stands for raters whom no file names, counted within one import: import these files together, into a study without their votes, or under another name, by a mapping`
            : text;
        }
        this.#tally.counts.votesKnown++;
        return undefined;
      }
      if (this.#isBeingRated(pairId, vote.rater)) {
        return `${JSON.stringify(vote.rater)} has this comparison open here; an imported vote would count twice`;
      }
    }
    this.#insertVote(pairId, raterId, wanted);
    return undefined;
  }

  #insertVote(pairId: number, raterId: number, values: VoteValues): void {
    this.#tally.counts.votesAdded++;
    insertRating(this.#target.store, {
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

  #writeDecision(pairId: number, decision: DecisionRow, isNewPair: boolean): string | undefined {
    const { store } = this.#target;
    const raterId = this.#idOf('adjudicators', decision.by);
    if (raterId === 0) return `${JSON.stringify(decision.by)} is a rater of this study, and no adjudicator`;
    const { by, changed, ...said } = decision;
    const wanted = storedVoteOf({ rater: by, ...said });
    const existing = isNewPair
      ? undefined
      : decisionsOnPair(store, pairId).find((each) => each.by === decision.by);
    if (existing !== undefined) {
      if (existing.verdict !== wanted.verdict)
        return `${JSON.stringify(decision.by)} already decided otherwise here`;
      this.#tally.counts.votesKnown++;
      return undefined;
    }
    const details = changed === true ? JSON.stringify({ changed }) : null;
    this.#insertVote(pairId, raterId, { ...wanted, details });
    return undefined;
  }

  /** The pair as the store knows it that is imported into, in the live one where this is a dry run. */
  #pairInUse(pairId: number): { readonly store: Store; readonly pairId: number } | undefined {
    if (this.#live === undefined) return { store: this.#target.store, pairId };
    const livePairId = this.#adopted.get(pairId);
    return livePairId === undefined ? undefined : { store: this.#live.store, pairId: livePairId };
  }

  #hasKnownAnswer(pairId: number): boolean {
    const pair = this.#pairInUse(pairId);
    return pair !== undefined && knownAnswerOf(pair.store, pair.pairId) !== undefined;
  }

  /** Whether the rater was given this pair here. */
  #isBeingRated(pairId: number, rater: string): boolean {
    const pair = this.#pairInUse(pairId);
    return pair !== undefined && wasPresented(pair.store, pair.pairId, rater);
  }

  #writeJudgment(pairId: number, row: JudgeRow, isFirst: boolean): string | undefined {
    const { store } = this.#target;
    bump(this.#tally.judges, row.judge);
    const wanted = {
      verdict: row.verdict,
      failure: row.failure ?? null,
      score: row.score ?? null,
      raw: row.raw ?? null,
      judgedAt: row.at === undefined ? null : Date.parse(row.at),
    };
    const judgeId = this.#idOf('judges', row.judge);
    const existing = isFirst ? undefined : judgmentAt(store, pairId, judgeId, row.order, row.sample);
    if (existing !== undefined) {
      const field = contradictedField(existing, wanted);
      if (field !== undefined)
        return `${contradictionText(row.judge, field, wanted)} (order ${row.order}, sample ${row.sample})`;
      this.#tally.counts.judgmentsKnown++;
      return undefined;
    }
    this.#tally.counts.judgmentsAdded++;
    insertJudgment(store, { ...wanted, pairId, judgeId, order: row.order, sample: row.sample });
    return undefined;
  }

  /** The id of a person, made where the name is new; 0 for somebody who has the other role, here or in the live store. */
  #personId(name: string, role: RaterRole): number {
    const { store, studyId } = this.#target;
    const live =
      this.#live === undefined ? undefined : raterByName(this.#live.store, this.#live.studyId, name);
    if (live !== undefined && live.role !== role) return 0;
    const known = raterByName(store, studyId, name);
    if (known !== undefined) return known.role === role ? known.id : 0;
    return insertRater(store, studyId, name, null, role);
  }

  /** The id of a name, made where it is new; 0 for somebody who has the other role here. */
  #idOf(kind: 'systems' | 'raters' | 'adjudicators' | 'judges', name: string): number {
    const { store, studyId } = this.#target;
    const ids = this.#ids[kind];
    let id = ids.get(name);
    if (id === undefined) {
      if (kind === 'systems') id = systemIdOf(store, studyId, name);
      else if (kind === 'judges') id = judgeIdOf(store, studyId, name);
      else id = this.#personId(name, kind === 'raters' ? 'rater' : 'adjudicator');
      ids.set(name, id);
    }
    return id;
  }
}

function hasErasedNote(store: Store, pairId: number, raterId: number): boolean {
  const ratingId = effectiveVoteId(store, pairId, raterId);
  return ratingId !== null && isNoteErased(store, ratingId);
}

function bumped(counts: Map<string, number> | undefined, value: string): Map<string, number> {
  const all = counts ?? new Map<string, number>();
  bump(all, value);
  return all;
}

/** What a comparison is, in the form that is stored, hashed and compared. */
function contentOf(comparison: Comparison) {
  const prompt = storedTextOf(
    comparison.messages ?? [{ role: 'user', content: comparison.prompt ?? '' }],
    'user',
  );
  const first = responseContent(comparison.a);
  const second = responseContent(comparison.b);
  return {
    prompt,
    first,
    second,
    itemHash: itemHash(prompt, comparison.reference ?? null),
    firstHash: first.hash,
    secondHash: second.hash,
    slices: canonicalJson(comparison.slices ?? {}),
  };
}

function responseContent(source: Output) {
  const conversation = outputOf(source);
  const stored = storedTextOf(conversation, 'assistant');
  const meta = source.meta === undefined ? null : canonicalJson(source.meta);
  return { system: source.system, conversation, stored, meta, hash: responseHash(stored, meta) };
}

function outputOf(source: Output): Conversation {
  return source.messages ?? [{ role: 'assistant', content: source.text ?? '' }];
}

function differenceFrom(
  known: PairContent,
  row: Comparison,
  content: Pick<PairContent, 'itemHash' | 'firstHash' | 'secondHash' | 'slices'>,
): FieldProblem | undefined {
  const field = !known.itemHash.equals(content.itemHash)
    ? 'prompt'
    : known.firstSystem !== row.a.system || !known.firstHash.equals(content.firstHash)
      ? 'a'
      : known.secondSystem !== row.b.system || !known.secondHash.equals(content.secondHash)
        ? 'b'
        : known.slices !== content.slices
          ? 'slices'
          : undefined;
  if (field === undefined) return undefined;
  return {
    field,
    reason: `the id ${JSON.stringify(row.id)} is already taken by a comparison with another ${field}`,
  };
}
