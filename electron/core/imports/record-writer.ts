/** Writes native rows into a store, telling what is new from what is known and from what contradicts it. */
import { scanForIdentity } from '../../../shared/blind/identity-scan.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { canonicalJson } from '../../../shared/formats/canonical-json.ts';
import type {
  Comparison,
  FieldProblem,
  HumanVote,
  JudgeRow,
  NativeRow,
} from '../../../shared/formats/native.ts';
import {
  insertFinding,
  insertPair,
  itemIdOf,
  judgeIdOf,
  type PairContent,
  pairByExternalId,
  pairWithSameContent,
  responseIdOf,
  systemIdOf,
} from '../store/comparisons.ts';
import type { Store } from '../store/database.ts';
import { insertJudgment, judgmentAt } from '../store/judgments.ts';
import { insertRater, raterByName } from '../store/raters.ts';
import { insertRating, type StoredVote, voteOfRater } from '../store/ratings.ts';
import { storedTextOf } from '../store/stored-text.ts';
import { itemHash, responseHash } from './content-hash.ts';
import { bump, type ImportTally } from './import-tally.ts';

/** Where a study's rows are: the store written to and, in a dry run, the live store that is only read. */
export interface StudyPlace {
  readonly store: Store;
  readonly studyId: number;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

type Output = Comparison['a'];

export class RecordWriter {
  readonly #target: StudyPlace;
  readonly #live: StudyPlace | undefined;
  readonly #tally: ImportTally;
  readonly #ids = {
    systems: new Map<string, number>(),
    raters: new Map<string, number>(),
    judges: new Map<string, number>(),
  };
  #systemNames: string[] = [];
  #nextOrdinal: number;

  constructor(target: StudyPlace, live: StudyPlace | undefined, tally: ImportTally, firstOrdinal: number) {
    this.#target = target;
    this.#live = live;
    this.#tally = tally;
    this.#nextOrdinal = firstOrdinal;
  }

  /** Writes one row and returns what is wrong with it, if anything is. */
  write(native: NativeRow, place: Place): FieldProblem[] {
    const { row } = native;
    const known = this.#findKnown(row.id);
    if (native.kind === 'verdicts') {
      if (known === undefined) {
        return [{ field: 'id', reason: `no comparison has the id ${JSON.stringify(row.id)}` }];
      }
      return this.#writeVotes(known.place, known.content.pairId, row.human, row.judge, false);
    }
    const comparison = native.row;
    const prompt: Conversation = comparison.messages ?? [{ role: 'user', content: comparison.prompt ?? '' }];
    const first = outputOf(comparison.a);
    const second = outputOf(comparison.b);
    const hashes = {
      item: itemHash(prompt, comparison.reference ?? null),
      first: responseHash(first, comparison.a.meta),
      second: responseHash(second, comparison.b.meta),
    };
    const slices = canonicalJson(comparison.slices ?? {});
    if (known !== undefined) {
      const difference = differenceFrom(known.content, comparison, hashes, slices);
      if (difference !== undefined) return [difference];
      this.#tally.counts.pairsKnown++;
      return this.#writeVotes(known.place, known.content.pairId, comparison.human, comparison.judge, false);
    }
    const { store, studyId } = this.#target;
    const item = itemIdOf(
      store,
      studyId,
      hashes.item,
      storedTextOf(prompt, 'user'),
      comparison.reference ?? null,
    );
    const firstId = this.#response(item.id, comparison.a, first, hashes.first, place);
    const secondId = this.#response(item.id, comparison.b, second, hashes.second, place);
    if (!item.isNew) {
      const twin = pairWithSameContent(store, item.id, firstId, secondId);
      if (twin !== undefined) this.#tally.addDuplicate(comparison.id, twin);
    }
    const pairId = insertPair(store, {
      studyId,
      ordinal: this.#nextOrdinal++,
      externalId: comparison.id,
      itemId: item.id,
      firstResponse: firstId,
      secondResponse: secondId,
      slices,
    });
    this.#tally.counts.pairsAdded++;
    if (item.isNew) this.#tally.counts.itemsAdded++;
    for (const [name, value] of Object.entries(comparison.slices ?? {})) this.#tally.addSlice(name, value);
    return this.#writeVotes(this.#target, pairId, comparison.human, comparison.judge, true);
  }

  #findKnown(externalId: string): { place: StudyPlace; content: PairContent } | undefined {
    for (const place of this.#live === undefined ? [this.#target] : [this.#target, this.#live]) {
      const content = pairByExternalId(place.store, place.studyId, externalId);
      if (content !== undefined) return { place, content };
    }
    return undefined;
  }

  #response(itemId: number, source: Output, output: Conversation, hash: Buffer, place: Place): number {
    const { store } = this.#target;
    const systemId = this.#idOf('systems', source.system);
    const meta = source.meta === undefined ? null : canonicalJson(source.meta);
    const response = responseIdOf(store, itemId, systemId, hash, storedTextOf(output, 'assistant'), meta);
    bump(this.#tally.systems, source.system);
    if (response.isNew) {
      for (const { content } of output) {
        for (const match of scanForIdentity(content, this.#systemNames)) {
          insertFinding(store, response.id, match.rule, match.excerpt);
          this.#tally.addFinding({ ...place, ...match });
        }
      }
    }
    return response.id;
  }

  #writeVotes(
    place: StudyPlace,
    pairId: number,
    human: readonly HumanVote[] | undefined,
    judge: readonly JudgeRow[] | undefined,
    isNewPair: boolean,
  ): FieldProblem[] {
    const problems: FieldProblem[] = [];
    const seen = new Set<string>();
    for (const [index, vote] of (human ?? []).entries()) {
      const problem = seen.has(vote.rater)
        ? `${JSON.stringify(vote.rater)} votes twice on one comparison`
        : this.#writeVote(place, pairId, vote, isNewPair);
      seen.add(vote.rater);
      if (problem !== undefined) problems.push({ field: `human[${index}]`, reason: problem });
    }
    for (const [index, judgment] of (judge ?? []).entries()) {
      const problem = this.#writeJudgment(place, pairId, judgment);
      if (problem !== undefined) problems.push({ field: `judge[${index}]`, reason: problem });
    }
    return problems;
  }

  #writeVote(place: StudyPlace, pairId: number, vote: HumanVote, isNewPair: boolean): string | undefined {
    bump(this.#tally.raters, vote.rater);
    const wanted = storedVoteOf(vote);
    if (!isNewPair) {
      const rater = raterByName(place.store, place.studyId, vote.rater);
      const existing = rater === undefined ? undefined : voteOfRater(place.store, pairId, rater.id);
      if (existing !== undefined) {
        if (!isSameVote(existing, wanted)) {
          return `${JSON.stringify(vote.rater)} already has another vote here (${existing.verdict})`;
        }
        this.#tally.counts.votesKnown++;
        return undefined;
      }
    }
    this.#tally.counts.votesAdded++;
    if (place !== this.#target) return undefined;
    insertRating(place.store, {
      ...wanted,
      commandId: null,
      raterId: this.#idOf('raters', vote.rater),
      pairId,
      presentationId: null,
      kind: 'vote',
      afterUnblinding: wanted.afterUnblinding === 1,
      supersedes: null,
    });
    return undefined;
  }

  #writeJudgment(place: StudyPlace, pairId: number, row: JudgeRow): string | undefined {
    bump(this.#tally.judges, row.judge);
    const wanted = {
      verdict: row.verdict,
      score: row.score ?? null,
      raw: row.raw ?? null,
      judgedAt: row.at === undefined ? null : Date.parse(row.at),
    };
    const isTarget = place === this.#target;
    const judgeId = isTarget
      ? this.#idOf('judges', row.judge)
      : place.store
          .query<{ id: number }>('SELECT id FROM judges WHERE study_id = ? AND name = ?')
          .get(place.studyId, row.judge)?.id;
    const existing =
      judgeId === undefined ? undefined : judgmentAt(place.store, pairId, judgeId, row.order, row.sample);
    if (existing !== undefined) {
      const { verdict, score, raw, judgedAt } = existing;
      if (canonicalJson({ verdict, score, raw, judgedAt }) !== canonicalJson(wanted)) {
        return `${JSON.stringify(row.judge)} already has another verdict for order ${row.order}, sample ${row.sample} (${verdict})`;
      }
      this.#tally.counts.judgmentsKnown++;
      return undefined;
    }
    this.#tally.counts.judgmentsAdded++;
    if (isTarget && judgeId !== undefined) {
      insertJudgment(place.store, { ...wanted, pairId, judgeId, order: row.order, sample: row.sample });
    }
    return undefined;
  }

  #idOf(kind: 'systems' | 'raters' | 'judges', name: string): number {
    const { store, studyId } = this.#target;
    const ids = this.#ids[kind];
    let id = ids.get(name);
    if (id === undefined) {
      if (kind === 'systems') id = systemIdOf(store, studyId, name);
      else if (kind === 'judges') id = judgeIdOf(store, studyId, name);
      else id = raterByName(store, studyId, name)?.id ?? insertRater(store, studyId, name, null);
      ids.set(name, id);
      if (kind === 'systems') this.#systemNames = [...ids.keys()];
    }
    return id;
  }
}

function outputOf(source: Output): Conversation {
  return source.messages ?? [{ role: 'assistant', content: source.text ?? '' }];
}

function differenceFrom(
  known: PairContent,
  row: Comparison,
  hashes: { item: Buffer; first: Buffer; second: Buffer },
  slices: string,
): FieldProblem | undefined {
  const field = !known.itemHash.equals(hashes.item)
    ? 'prompt'
    : known.firstSystem !== row.a.system || !known.firstHash.equals(hashes.first)
      ? 'a'
      : known.secondSystem !== row.b.system || !known.secondHash.equals(hashes.second)
        ? 'b'
        : known.slices !== slices
          ? 'slices'
          : undefined;
  if (field === undefined) return undefined;
  return {
    field,
    reason: `the id ${JSON.stringify(row.id)} is already taken by a comparison with another ${field}`,
  };
}

type VoteValues = Omit<StoredVote, 'rater'>;

function storedVoteOf(vote: HumanVote): VoteValues {
  return {
    verdict: vote.verdict,
    strength: vote.strength ?? null,
    skipReason: vote.reason ?? null,
    note: vote.note ?? null,
    leftSide: vote.shown === undefined ? null : vote.shown === 'a_left' ? 'first' : 'second',
    viewedMs: vote.viewed_ms ?? null,
    recordedAt: vote.at === undefined ? null : Date.parse(vote.at),
    afterUnblinding: vote.after_unblinding === true ? 1 : 0,
  };
}

function isSameVote(existing: StoredVote, wanted: VoteValues): boolean {
  const { rater: _rater, ...values } = existing;
  return canonicalJson(values) === canonicalJson(wanted);
}
