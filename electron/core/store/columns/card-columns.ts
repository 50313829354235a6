/** Loads a study as columns, one entry per pair: what the agreement card is computed from. */
import {
  type CardData,
  type FeatureColumns,
  once,
  type SidesColumn,
  type SlicePairs,
  spoke,
} from '../../../../shared/card/columns/card-data.ts';
import { outputFeatures } from '../../../../shared/card/columns/output-features.ts';
import type { RaterColumn } from '../../../../shared/labels/vote-model.ts';
import { qualityWarnings } from '../../../../shared/quality/quality-warnings.ts';
import { raterQuality } from '../../../../shared/quality/rater-quality.ts';
import { hashText } from '../../../../shared/random/seeded-random.ts';
import { assistantText } from '../../../../shared/study/conversation.ts';
import type { RaterRole } from '../../../../shared/study/rater-role.ts';
import { strengthsOfScale, type VerdictScale } from '../../../../shared/study/verdict.ts';
import { CODE } from '../../../../shared/study/verdict-codes.ts';
import type { Query, Store } from '../engine/database.ts';
import { conversationOf } from '../engine/stored-text.ts';
import { excludedRaters } from '../rating/rater-decisions.ts';
import { loadRaterVotes } from '../rating/rater-votes.ts';
import { auditPresentations } from '../review/reviews.ts';
import { pairSplits, splitSlices } from '../study/pair-splits.ts';
import { pairWeights } from '../study/selections.ts';
import type { StudyRow } from '../study/studies.ts';
import { judgeColumns } from './judge-columns.ts';

const PAGE = 20_000;

const VOTE_CODE = `CASE r.verdict WHEN 'first' THEN 0 WHEN 'second' THEN 1 WHEN 'tie' THEN 2 WHEN 'both_bad' THEN 3 ELSE 7 END`;

/**
 * Systems have their names once the study is unblinded, unless told otherwise: files for the lead name them anyway.
 * Votes and verdicts are read at once. Slices and texts are read when first asked for, so the store must stay open, in
 * one transaction, for as long as the data is used.
 */
export function loadCardData(
  store: Store,
  study: StudyRow,
  {
    areSystemsNamed = study.unblindedAt !== null,
    excluded = excludedRaters(store, study.id),
  }: {
    readonly areSystemsNamed?: boolean;
    /** Raters whose votes are left out: those who are excluded, unless told otherwise. */
    readonly excluded?: readonly string[];
  } = {},
): CardData {
  const { pairIds, itemOfPair, itemCount, responses, systemOf } = loadPairs(store, study.id);
  const indexOfPair = indexById(pairIds);
  const systems = loadSystems(store, study, areSystemsNamed);
  const splits = once(() => pairSplits(store, study.id));
  const labels = loadLabels(store, study.id, pairIds.length, indexOfPair);
  const raters = labels.raters.filter(({ name }) => !excluded.includes(name));
  return {
    pairIds,
    itemOfPair,
    itemCount,
    raters,
    strengths: stepsOf(raters, study.design.scale),
    excluded: [...excluded],
    warned: once(() => warnedRaters(store, study)),
    adjudicated: labels.adjudicated,
    weights: pairWeights(store, study.id, raters, pairIds.length, indexOfPair),
    judges: judgeColumns(store, study.id, { pairIds, indexOfPair, splits }),
    systems: systems.map(({ label }) => label),
    systemsAreNamed: areSystemsNamed,
    systemOf: mapped(systemOf, indexById(Int32Array.from(systems, ({ id }) => id))),
    features: once(() => loadFeatures(store, study.id, responses)),
    slices: once(() => [...loadSlices(store, study.id), ...splitSlices(splits())]),
  };
}

function warnedRaters(store: Store, study: StudyRow): string[] {
  const { raters, itemOfPair } = loadRaterVotes(store, study.id);
  const counted = raters.filter(({ isExcluded }) => !isExcluded);
  return raterQuality(counted, itemOfPair)
    .filter((quality) => qualityWarnings(quality, raters.length, study.design.quality).length > 0)
    .map(({ rater }) => rater);
}

function loadPairs(store: Store, studyId: number) {
  const rows = store
    .rawQuery<[number, number, number, number, number, number]>(
      `SELECT p.id, p.item_id, p.first_response_id, p.second_response_id, f.system_id, s.system_id
       FROM pairs p JOIN responses f ON f.id = p.first_response_id JOIN responses s ON s.id = p.second_response_id
       WHERE p.study_id = ? ORDER BY p.ordinal`,
    )
    .all(studyId);
  const column = (index: number) => Int32Array.from(rows, (row) => row[index] ?? 0);
  const itemIndex = new Map<number, number>();
  const itemOfPair = Int32Array.from(rows, ([, itemId]) => {
    const known = itemIndex.get(itemId);
    if (known !== undefined) return known;
    itemIndex.set(itemId, itemIndex.size);
    return itemIndex.size - 1;
  });
  return {
    pairIds: column(0),
    itemOfPair,
    itemCount: itemIndex.size,
    responses: { first: column(2), second: column(3) },
    systemOf: { first: column(4), second: column(5) },
  };
}

/** Systems by name; while the study is blind by stand-ins, in an order only the study's secret seed tells. */
function loadSystems(
  store: Store,
  study: StudyRow,
  areNamed: boolean,
): { readonly id: number; readonly label: string }[] {
  const systems = store
    .query<{ id: number; name: string }>('SELECT id, name FROM systems WHERE study_id = ? ORDER BY name')
    .all(study.id);
  if (areNamed) return systems.map(({ id, name }) => ({ id, label: name }));
  return systems
    .map(({ id, name }) => ({ id, place: hashText(`${study.design.seed}|stand-in|${name}`) }))
    .sort((one, two) => one.place - two.place || one.id - two.id)
    .map(({ id }, index) => ({ id, label: `System ${index + 1}` }));
}

function loadFeatures(store: Store, studyId: number, responses: SidesColumn): FeatureColumns {
  const rows = store
    .rawQuery<[number, string]>(
      'SELECT r.id, r.output FROM items i JOIN responses r ON r.item_id = i.id WHERE i.study_id = ?',
    )
    .iterate(studyId);
  const ids: number[] = [];
  const found: { length: number[]; listItems: number[]; markdown: number[] } = {
    length: [],
    listItems: [],
    markdown: [],
  };
  for (const [id, output] of rows) {
    const text = assistantText(conversationOf(output, 'assistant'));
    const { length, listItems, markdown } = outputFeatures(text);
    ids.push(id);
    found.length.push(length);
    found.listItems.push(listItems);
    found.markdown.push(markdown);
  }
  const placeOf = indexById(Int32Array.from(ids));
  const sides = (values: readonly number[]) => mapped(responses, (id) => values[placeOf(id)] ?? 0);
  return { length: sides(found.length), listItems: sides(found.listItems), markdown: sides(found.markdown) };
}

function loadSlices(store: Store, studyId: number): SlicePairs[] {
  const rows = store
    .rawQuery<[string]>('SELECT slices FROM pairs WHERE study_id = ? ORDER BY ordinal')
    .all(studyId);
  const byName = new Map<string, Map<string, number[]>>();
  rows.forEach(([slices], pair) => {
    if (slices === '{}') return;
    for (const [name, value] of Object.entries(JSON.parse(slices) as Record<string, string>)) {
      let values = byName.get(name);
      if (values === undefined) {
        values = new Map();
        byName.set(name, values);
      }
      const pairs = values.get(value);
      if (pairs === undefined) values.set(value, [pair]);
      else pairs.push(pair);
    }
  });
  return [...byName.entries()]
    .sort(byKey)
    .flatMap(([name, values]) =>
      [...values.entries()]
        .sort(byKey)
        .map(([value, pairs]) => ({ name, value, pairs: Int32Array.from(pairs) })),
    );
}

function byKey([one]: readonly [string, unknown], [two]: readonly [string, unknown]): number {
  return one < two ? -1 : 1;
}

function mapped({ first, second }: SidesColumn, of: (value: number) => number): SidesColumn {
  return { first: first.map(of), second: second.map(of) };
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

/** Each rater's labels, and what adjudicators decided; null where nobody decided anything. */
function loadLabels(
  store: Store,
  studyId: number,
  pairCount: number,
  indexOfPair: (id: number) => number,
): { readonly raters: readonly RaterColumn[]; readonly adjudicated: Int8Array | null } {
  const people = store
    .query<{ id: number; name: string; role: RaterRole }>(
      'SELECT id, name, role FROM raters WHERE study_id = ? ORDER BY name',
    )
    .all(studyId)
    .map((person) => ({
      ...person,
      codes: new Int8Array(pairCount).fill(CODE.missing),
      strengths: null as Int8Array | null,
    }));
  const personById = new Map(people.map((person) => [person.id, person]));
  const superseded = new Set(
    store
      .rawQuery<[number]>('SELECT supersedes FROM ratings WHERE supersedes IS NOT NULL')
      .all()
      .map(([id]) => id),
  );
  const page = store.rawQuery<[number, number, number, number, number | null, number | null]>(
    `SELECT r.id, r.pair_id, r.rater_id, ${VOTE_CODE}, r.presentation_id, r.strength FROM ratings r
     WHERE r.id > ? AND r.kind = 'vote' AND r.role = 'label' ORDER BY r.id LIMIT ${PAGE}`,
  );
  const audits = auditPresentations(store, studyId);
  for (const [id, pairId, raterId, code, presentation, strength] of pagesById(page)) {
    const person = personById.get(raterId);
    if (person === undefined || superseded.has(id)) continue;
    // A second look that only measures decides nothing.
    if (presentation !== null && audits.has(presentation)) continue;
    const pair = indexOfPair(pairId);
    if (pair < 0) continue;
    person.codes[pair] = code;
    if (strength === null && person.strengths === null) continue;
    person.strengths ??= new Int8Array(pairCount);
    person.strengths[pair] = strength ?? 0;
  }
  const decided = people.filter(({ role }) => role === 'adjudicator').filter(spoke);
  return {
    raters: people
      .filter(({ role }) => role === 'rater')
      .filter(spoke)
      .map(({ name, codes, strengths }) => ({ name, codes, ...(strengths === null ? {} : { strengths }) })),
    adjudicated: decided.length === 0 ? null : decisions(decided, pairCount),
  };
}

/** By how many steps a side can be better: as the scale declares, or as many as files can say where votes go beyond it. */
function stepsOf(raters: readonly RaterColumn[], scale: VerdictScale): CardData['strengths'] {
  const declared = strengthsOfScale(scale);
  let most = 0;
  for (const { strengths } of raters) for (const steps of strengths ?? []) most = Math.max(most, steps);
  return most === 0 ? 0 : most <= declared ? declared : 3;
}

/** One decision for each pair: adjudicators share pairs out, so that hardly any has two. Two that differ are none. */
function decisions(adjudicators: readonly Pick<RaterColumn, 'codes'>[], pairCount: number): Int8Array {
  return Int8Array.from({ length: pairCount }, (_pair, pair) => {
    const said = new Set(
      adjudicators
        .map(({ codes }) => codes[pair] ?? CODE.missing)
        .filter((code) => code >= 0 && code !== CODE.skipped),
    );
    const [only = CODE.missing] = said;
    return said.size === 1 ? only : CODE.missing;
  });
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
