/** Loads a study as columns, one entry per pair: what the agreement card is computed from. */
import {
  type CardData,
  type FeatureColumns,
  type JudgeColumn,
  once,
  type SidesColumn,
  type SlicePairs,
  SPLIT_SLICE,
  spoke,
} from '../../../shared/domain/card/card-data.ts';
import { panelColumn } from '../../../shared/domain/card/judge-panel.ts';
import { outputFeatures } from '../../../shared/domain/card/output-features.ts';
import { hashText } from '../../../shared/domain/seeded-random.ts';
import type { JudgeOrder, JudgeVerdict } from '../../../shared/domain/verdict.ts';
import {
  CODE,
  mergedJudgeVerdict,
  type OrderedVerdict,
  pluralityVerdict,
} from '../../../shared/domain/verdict-codes.ts';
import { splitOf } from './content-split.ts';
import type { Query, Store } from './database.ts';
import { panelsOf } from './judge-panels.ts';
import { judgeVersionByName } from './judge-versions.ts';
import { probeResults } from './probe-results.ts';
import { conversationOf } from './stored-text.ts';
import type { StudyRow } from './studies.ts';

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
  { areSystemsNamed = study.unblindedAt !== null }: { readonly areSystemsNamed?: boolean } = {},
): CardData {
  const { pairIds, itemOfPair, itemCount, responses, systemOf } = loadPairs(store, study.id);
  const indexOfPair = indexById(pairIds);
  const systems = loadSystems(store, study, areSystemsNamed);
  const splits = once(() => loadSplits(store, study.id));
  const judges = loadJudges(store, study.id, pairIds, indexOfPair).map((judge) => ({
    ...judge,
    ...knownOfJudge(store, study.id, judge.name, pairIds, indexOfPair, splits),
  }));
  return {
    pairIds,
    itemOfPair,
    itemCount,
    raters: loadRaters(store, study.id, pairIds.length, indexOfPair),
    judges: withPanels(store, study.id, judges, splits),
    systems: systems.map(({ label }) => label),
    systemsAreNamed: areSystemsNamed,
    systemOf: mapped(systemOf, indexById(Int32Array.from(systems, ({ id }) => id))),
    features: once(() => loadFeatures(store, study.id, responses)),
    slices: once(() => [...loadSlices(store, study.id), ...splitSlices(splits())]),
  };
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
    const text = conversationOf(output, 'assistant')
      .filter(({ role }) => role === 'assistant')
      .map(({ content }) => content)
      .join('\n');
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
  return raters.filter(spoke).map(({ name, codes }) => ({ name, codes }));
}

interface JudgmentRow extends OrderedVerdict {
  readonly sample: number;
  readonly score: number | null;
}

function loadJudges(store: Store, studyId: number, pairIds: Int32Array, indexOfPair: (id: number) => number) {
  const empty = () => new Int8Array(pairIds.length).fill(CODE.missing);
  const judges = store
    .query<{ id: number; name: string }>('SELECT id, name FROM study_judges WHERE study_id = ? ORDER BY name')
    .all(studyId)
    .map(({ id, name }) => ({
      id,
      name,
      codes: empty(),
      pooled: empty(),
      firstShownFirst: empty(),
      secondShownFirst: empty(),
      scores: null as Float64Array | null,
      repeats: null as { same: Int32Array; pairs: Int32Array } | null,
    }));
  const byId = new Map(judges.map((judge) => [judge.id, judge]));
  const [lowest, highest] = [pairIds.reduce(smaller, Number.MAX_SAFE_INTEGER), pairIds.reduce(larger, -1)];
  const rows = store
    .rawQuery<[number, number, JudgeOrder, JudgeVerdict, number | null, number, number]>(
      `SELECT pair_id, judge_id, judge_order, verdict, score, sample, attempt FROM judgments
       WHERE pair_id BETWEEN ? AND ? ORDER BY pair_id, judge_id, judge_order, sample, attempt`,
    )
    .iterate(lowest, highest);
  let group: JudgmentRow[] = [];
  let groupPair = -1;
  let groupJudge = -1;
  const settle = () => {
    const judge = byId.get(groupJudge);
    const pair = indexOfPair(groupPair);
    if (judge !== undefined && pair >= 0) {
      judge.codes[pair] = codeOf(group);
      judge.pooled[pair] = CODE[pluralityVerdict(group.map(({ verdict }) => verdict))];
      judge.firstShownFirst[pair] = codeOf(group, 'a_first');
      judge.secondShownFirst[pair] = codeOf(group, 'b_first');
      const scores = group.flatMap(({ score }) => score ?? []);
      if (scores.length > 0) {
        judge.scores ??= new Float64Array(pairIds.length).fill(Number.NaN);
        judge.scores[pair] = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      }
      const { same, pairs } = repeatsOf(group);
      if (pairs > 0 && scores.length === 0) {
        judge.scores ??= new Float64Array(pairIds.length).fill(Number.NaN);
        judge.scores[pair] = voteShare(group, judge.codes[pair] ?? CODE.missing);
      }
      if (pairs > 0) {
        judge.repeats ??= { same: new Int32Array(pairIds.length), pairs: new Int32Array(pairIds.length) };
        judge.repeats.same[pair] = same;
        judge.repeats.pairs[pair] = pairs;
      }
    }
    group = [];
  };
  for (const [pairId, judgeId, order, verdict, score, sample, attempt] of rows) {
    if (pairId !== groupPair || judgeId !== groupJudge) {
      settle();
      groupPair = pairId;
      groupJudge = judgeId;
    }
    // A later attempt follows the one it stands in for.
    if (attempt > 0 && group.at(-1)?.order === order && group.at(-1)?.sample === sample) group.pop();
    group.push({ order, sample, verdict, score });
  }
  settle();
  return judges.filter(spoke).map(({ id: _id, ...judge }) => judge);
}

/** The code of the verdict over some judgments of one pair, of one order or of all. */
function codeOf(group: readonly JudgmentRow[], order?: string): number {
  const chosen = order === undefined ? group : group.filter((judgment) => judgment.order === order);
  const verdict = mergedJudgeVerdict(chosen);
  return verdict === undefined ? CODE.missing : CODE[verdict];
}

/** Of the readable samples, how many say what the pair's verdict says; NaN where it has none of the samples' kind. */
function voteShare(group: readonly JudgmentRow[], code: number): number {
  const readable = group.filter(({ verdict }) => verdict !== 'unparsed' && verdict !== 'error');
  if (readable.length === 0 || code < 0 || code > CODE.both_bad) return Number.NaN;
  return readable.filter(({ verdict }) => CODE[verdict] === code).length / readable.length;
}

/** Pairs of samples of one order, and how many of them say the same. */
function repeatsOf(group: readonly JudgmentRow[]): { same: number; pairs: number } {
  const byOrder = new Map<string, Map<JudgeVerdict, number>>();
  for (const { order, verdict } of group) {
    let counts = byOrder.get(order);
    if (counts === undefined) {
      counts = new Map();
      byOrder.set(order, counts);
    }
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  const pairsAmong = (count: number) => (count * (count - 1)) / 2;
  let [same, pairs] = [0, 0];
  for (const counts of byOrder.values()) {
    let samples = 0;
    for (const count of counts.values()) {
      same += pairsAmong(count);
      samples += count;
    }
    pairs += pairsAmong(samples);
  }
  return { same, pairs };
}

function smaller(one: number, two: number): number {
  return Math.min(one, two);
}

function larger(one: number, two: number): number {
  return Math.max(one, two);
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

/** Judges by name, with the panels whose members all gave verdicts. */
function withPanels(
  store: Store,
  studyId: number,
  judges: readonly JudgeColumn[],
  splits: () => readonly ('dev' | 'test')[],
): JudgeColumn[] {
  const panels = panelsOf(store, studyId).flatMap(({ name, rule, members, weights }) => {
    const found = members.flatMap((member) => judges.find((judge) => judge.name === member) ?? []);
    if (found.length < members.length) return [];
    const fitted =
      rule === 'weighted' ? Uint8Array.from(splits(), (split) => (split === 'dev' ? 1 : 0)) : null;
    const tunedOn = unionOf([fitted, ...found.map((member) => member.tunedOn)]);
    return [panelColumn({ name, rule, weights, tunedOn }, found)];
  });
  return [...judges, ...panels.filter(spoke)].sort((one, two) => (one.name < two.name ? -1 : 1));
}

/** Pairs that any of the columns marks; null where none marks any. */
function unionOf(columns: readonly (Uint8Array | null)[]): Uint8Array | null {
  const marked = columns.filter((column) => column !== null);
  const [first] = marked;
  return first === undefined
    ? null
    : first.map((_mark, pair) => Number(marked.some((column) => column[pair] === 1)));
}

/** Which side of the stable split each pair is on, in study order. */
function loadSplits(store: Store, studyId: number): readonly ('dev' | 'test')[] {
  const splitOfItem = new Map<number, 'dev' | 'test'>();
  for (const [id, prompt] of store
    .rawQuery<[number, string]>('SELECT id, prompt FROM items WHERE study_id = ?')
    .iterate(studyId)) {
    splitOfItem.set(id, splitOf(prompt));
  }
  return store
    .rawQuery<[number]>('SELECT item_id FROM pairs WHERE study_id = ? ORDER BY ordinal')
    .all(studyId)
    .map(([itemId]) => splitOfItem.get(itemId) ?? 'test');
}

function splitSlices(splits: readonly ('dev' | 'test')[]): SlicePairs[] {
  return (['dev', 'test'] as const).flatMap((value) => {
    const pairs = Int32Array.from(splits.keys()).filter((pair) => splits[pair] === value);
    return pairs.length === 0 ? [] : [{ name: SPLIT_SLICE, value, pairs }];
  });
}

/** What is known of a judge that was run from here; nothing of one whose verdicts were imported. */
function knownOfJudge(
  store: Store,
  studyId: number,
  name: string,
  pairIds: Int32Array,
  indexOfPair: (id: number) => number,
  splits: () => readonly ('dev' | 'test')[],
): Pick<JudgeColumn, 'model' | 'probabilityFirst' | 'tunedOn' | 'tunedCodes' | 'probes'> {
  const version = judgeVersionByName(store, studyId, name);
  if (version === undefined)
    return { model: null, probabilityFirst: null, tunedOn: null, tunedCodes: null, probes: null };
  const { model, orders, tunedOn } = version.definition;
  const rows = store
    .rawQuery<[number, number]>(
      `SELECT pair_id, avg(mean) FROM (
         SELECT pair_id, avg(probability_first) AS mean FROM judge_replies
         WHERE judge_id = ? AND probability_first IS NOT NULL GROUP BY pair_id, judge_order)
       GROUP BY pair_id HAVING count(*) = ?`,
    )
    .all(version.judgeId, orders === 'both' ? 2 : 1);
  const probabilityFirst = rows.length === 0 ? null : new Float64Array(pairIds.length).fill(Number.NaN);
  for (const [pairId, probability] of rows) {
    const pair = indexOfPair(pairId);
    if (pair >= 0 && probabilityFirst !== null) probabilityFirst[pair] = probability;
  }
  return {
    model,
    probabilityFirst,
    tunedOn: tunedPairs(store, studyId, tunedOn, splits),
    tunedCodes: null,
    probes: probeResults(store, version.contentHash),
  };
}

function tunedPairs(
  store: Store,
  studyId: number,
  { splits: tunedSplits, pairs }: { readonly splits: readonly string[]; readonly pairs: readonly string[] },
  splits: () => readonly ('dev' | 'test')[],
): Uint8Array | null {
  if (tunedSplits.length === 0 && pairs.length === 0) return null;
  const named = new Set(pairs);
  const ofPair = splits();
  const ids = store
    .rawQuery<[string]>('SELECT external_id FROM pairs WHERE study_id = ? ORDER BY ordinal')
    .all(studyId);
  return Uint8Array.from(ids, ([id], pair) =>
    named.has(id) || tunedSplits.includes(ofPair[pair] ?? '') ? 1 : 0,
  );
}
