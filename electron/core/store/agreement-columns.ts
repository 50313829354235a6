/** Loads a study's votes and judgments as columns of small integers, one entry per pair. */
import type { AgreementData } from '../../../shared/domain/agreement-report.ts';
import type { JudgeVerdict } from '../../../shared/domain/verdict.ts';
import { CODE, mergedJudgeVerdict, type OrderedVerdict } from '../../../shared/domain/verdict-codes.ts';
import type { Query, Store } from './database.ts';

/** Pairs of a study, optionally of one slice value only, and what people and judges said of them. */
export interface StudyColumns extends AgreementData {
  /** The store's id of each pair, in study order. */
  readonly pairIds: Int32Array;
}

const PAGE = 20_000;

const VOTE_CODE = `CASE r.verdict WHEN 'first' THEN 0 WHEN 'second' THEN 1 WHEN 'tie' THEN 2 WHEN 'both_bad' THEN 3 ELSE 7 END`;

export function loadStudyColumns(
  store: Store,
  studyId: number,
  slice?: { readonly name: string; readonly value: string },
): StudyColumns {
  const { pairIds, itemOfPair, itemCount } = loadPairs(store, studyId, slice);
  const indexOfPair = indexById(pairIds);
  const base = { pairIds, itemOfPair, itemCount };
  return {
    ...base,
    raters: loadRaters(store, studyId, pairIds.length, indexOfPair),
    judges: loadJudges(store, studyId, pairIds.length, indexOfPair),
  };
}

function loadPairs(store: Store, studyId: number, slice?: { readonly name: string; readonly value: string }) {
  const rows =
    slice === undefined
      ? store
          .rawQuery<[number, number]>('SELECT id, item_id FROM pairs WHERE study_id = ? ORDER BY ordinal')
          .all(studyId)
      : store
          .rawQuery<[number, number]>(
            `SELECT id, item_id FROM pairs WHERE study_id = ?
               AND EXISTS (SELECT 1 FROM json_each(slices) WHERE key = ? AND value = ?) ORDER BY ordinal`,
          )
          .all(studyId, slice.name, slice.value);
  const pairIds = new Int32Array(rows.length);
  const itemOfPair = new Int32Array(rows.length);
  const itemIndex = new Map<number, number>();
  rows.forEach(([pairId, itemId], index) => {
    pairIds[index] = pairId;
    let item = itemIndex.get(itemId);
    if (item === undefined) {
      item = itemIndex.size;
      itemIndex.set(itemId, item);
    }
    itemOfPair[index] = item;
  });
  return { pairIds, itemOfPair, itemCount: itemIndex.size };
}

/** Position by id: ids of one study lie close together, so an array beats a map. −1 where absent. */
function indexById(ids: Int32Array): (id: number) => number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = -1;
  for (const id of ids) {
    if (id < lowest) lowest = id;
    if (id > highest) highest = id;
  }
  if (highest < 0) return () => -1;
  const index = new Int32Array(highest - lowest + 1).fill(-1);
  ids.forEach((id, position) => {
    index[id - lowest] = position;
  });
  return (id) => (id < lowest || id > highest ? -1 : (index[id - lowest] ?? -1));
}

function loadRaters(store: Store, studyId: number, pairCount: number, indexOfPair: (id: number) => number) {
  const raters = store
    .query<{ id: number; name: string }>('SELECT id, name FROM raters WHERE study_id = ? ORDER BY name')
    .all(studyId)
    .map(({ id, name }) => ({ id, name, codes: new Int8Array(pairCount).fill(CODE.missing) }));
  const codesOf = new Map(raters.map(({ id, codes }) => [id, codes]));
  const superseded = new Set(
    store
      .rawQuery<[number]>('SELECT supersedes FROM ratings WHERE supersedes IS NOT NULL')
      .all()
      .map(([id]) => id),
  );
  const page = store.rawQuery<[number, number, number, number]>(
    `SELECT r.id, r.pair_id, r.rater_id, ${VOTE_CODE} FROM ratings r WHERE r.id > ? AND r.kind = 'vote' ORDER BY r.id LIMIT ${PAGE}`,
  );
  for (const [id, pairId, raterId, code] of pagesById(page)) {
    const codes = codesOf.get(raterId);
    if (codes === undefined || superseded.has(id)) continue;
    const pair = indexOfPair(pairId);
    if (pair >= 0) codes[pair] = code;
  }
  return spokenFor(raters);
}

function loadJudges(store: Store, studyId: number, pairCount: number, indexOfPair: (id: number) => number) {
  const judges = store
    .query<{ id: number; name: string }>('SELECT id, name FROM judges WHERE study_id = ? ORDER BY name')
    .all(studyId)
    .map(({ id, name }) => ({ id, name, codes: new Int8Array(pairCount).fill(CODE.missing) }));
  const codesOf = new Map(judges.map(({ id, codes }) => [id, codes]));
  const rows = store
    .rawQuery<[number, number, string, JudgeVerdict]>(
      'SELECT pair_id, judge_id, judge_order, verdict FROM judgments ORDER BY pair_id, judge_id',
    )
    .iterate();
  let group: OrderedVerdict[] = [];
  let groupPair = -1;
  let groupJudge = -1;
  const settle = () => {
    const verdict = mergedJudgeVerdict(group);
    const codes = codesOf.get(groupJudge);
    const pair = indexOfPair(groupPair);
    if (verdict !== undefined && codes !== undefined && pair >= 0) codes[pair] = CODE[verdict];
    group = [];
  };
  for (const [pairId, judgeId, order, verdict] of rows) {
    if (pairId !== groupPair || judgeId !== groupJudge) {
      settle();
      groupPair = pairId;
      groupJudge = judgeId;
    }
    group.push({ order, verdict });
  }
  settle();
  return spokenFor(judges);
}

/** Rows by ascending id, a page at a time: faster than row by row, and never more than a page in memory. */
function* pagesById<Row extends readonly [number, ...unknown[]]>(page: Query<Row>): Generator<Row> {
  for (let last = 0; ; ) {
    const rows = page.all(last);
    yield* rows;
    const id = rows.at(-1)?.[0];
    if (id === undefined || rows.length < PAGE) return;
    last = id;
  }
}

/** Sources that said something about at least one of the pairs. */
function spokenFor(sources: readonly { readonly name: string; readonly codes: Int8Array }[]) {
  return sources
    .filter(({ codes }) => codes.some((code) => code !== CODE.missing))
    .map(({ name, codes }) => ({ name, codes }));
}
