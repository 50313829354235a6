/** The verdicts of the judges of a study as columns, one entry per pair. */
import { type JudgeColumn, spoke } from '../../../../shared/card/columns/card-data.ts';
import { SurenessCollector } from '../../../../shared/judge/sureness.ts';
import type { ScoreColumns, ScoreKind } from '../../../../shared/study/judgment-score.ts';
import type { JudgeOrder, JudgeVerdict } from '../../../../shared/study/verdict.ts';
import {
  CODE,
  mergeJudgeVerdicts,
  type OrderedVerdict,
  pluralityVerdict,
} from '../../../../shared/study/verdict-codes.ts';
import type { ReadStore } from '../engine/database.ts';
import type { PairColumns } from './pair-columns.ts';

/** What a judge said of each pair. */
export type VerdictColumn = Pick<
  JudgeColumn,
  | 'name'
  | 'codes'
  | 'pooled'
  | 'firstShownFirst'
  | 'secondShownFirst'
  | 'repeats'
  | 'sureness'
  | 'preferences'
  | 'unusedScores'
>;

/** Changes where there may be other verdicts: judgments are only ever added. */
export function verdictsSeen(store: ReadStore, studyId: number): string {
  const [last] = store.rawQuery<[number | null]>('SELECT max(id) FROM judgments').get() ?? [];
  return JSON.stringify([last, judgesOf(store, studyId)]);
}

/** The judges of a study that said anything, by name. */
export function judgesOf(store: ReadStore, studyId: number): { id: number; name: string }[] {
  return store
    .query<{ id: number; name: string }>('SELECT id, name FROM study_judges WHERE study_id = ? ORDER BY name')
    .all(studyId);
}

const ORDERS = ['a_first', 'b_first', 'both', 'unknown'] as const satisfies readonly JudgeOrder[];
const VERDICTS = [
  'first',
  'second',
  'tie',
  'both_bad',
  'inconsistent',
  'unparsed',
  'error',
] as const satisfies readonly JudgeVerdict[];

const placeIn = (column: string, values: readonly string[]) =>
  `CASE ${column} ${values.map((value, place) => `WHEN '${value}' THEN ${place}`).join(' ')} END`;

/** Order and verdict in one number: few say all that judges say of a pair. */
const SAID = `(${VERDICTS.length} * (${placeIn('j.judge_order', ORDERS)}) + (${placeIn('j.verdict', VERDICTS)}))`;
const KINDS_OF_SAYING = ORDERS.length * VERDICTS.length;

const ROWS = `SELECT j.pair_id, j.judge_id, ${SAID}, j.sample, j.attempt, j.score, j.score_kind, j.score_first, j.score_second
  FROM judgments j WHERE j.pair_id BETWEEN ? AND ?
  ORDER BY j.pair_id, j.judge_id, j.judge_order, j.sample, j.attempt`;

type Row = [
  pairId: number,
  judgeId: number,
  said: number,
  sample: number,
  attempt: number,
  score: number | null,
  scoreKind: ScoreKind | null,
  scoreFirst: number | null,
  scoreSecond: number | null,
];

const IDS_AT_ONCE = 500;
const NO_SCORE: ScoreColumns = { score: null, scoreKind: null, scoreFirst: null, scoreSecond: null };
/** Of a number that does not say what it is, it counts only that there is one. */
const UNSTATED_SCORE: ScoreColumns = { ...NO_SCORE, score: 0 };

/** The judges of a study that gave any verdict, by name. */
export function verdictColumns(
  store: ReadStore,
  studyId: number,
  { ids, placeOf }: PairColumns,
): readonly VerdictColumn[] {
  const empty = () => new Int8Array(ids.length).fill(CODE.missing);
  const judges = judgesOf(store, studyId).map(({ id, name }) => ({
    id,
    name,
    codes: empty(),
    pooled: empty(),
    firstShownFirst: empty(),
    secondShownFirst: empty(),
    scores: new SurenessCollector(ids.length),
    repeats: null as { same: Int32Array; pairs: Int32Array } | null,
  }));
  const byId = new Map(judges.map((judge) => [judge.id, judge]));
  const sayingOf = sayings();
  const group = { pair: -1, judge: -1, said: [] as number[], scores: [] as ScoreColumns[], sample: -1 };
  const settle = () => {
    const judge = byId.get(group.judge);
    const pair = placeOf(group.pair);
    if (judge === undefined || pair < 0) return;
    const { code, pooled, firstShownFirst, secondShownFirst, share, same, pairs } = sayingOf(group.said);
    judge.codes[pair] = code;
    judge.pooled[pair] = pooled;
    judge.firstShownFirst[pair] = firstShownFirst;
    judge.secondShownFirst[pair] = secondShownFirst;
    if (group.scores.some((each) => each !== NO_SCORE)) judge.scores.take(pair, group.scores, code);
    if (pairs === 0) return;
    judge.scores.takeVotes(pair, share);
    judge.repeats ??= { same: new Int32Array(ids.length), pairs: new Int32Array(ids.length) };
    judge.repeats.same[pair] = same;
    judge.repeats.pairs[pair] = pairs;
  };
  const rows = store.rawQuery<Row>(ROWS);
  for (let from = 0, to = 0; from < ids.length; from = to) {
    // Row ids ascend in study order. Where other studies' pairs lie between, theirs are not read.
    const low = ids[from] ?? 0;
    while (to < ids.length && (ids[to] ?? 0) - low < IDS_AT_ONCE) to++;
    for (const row of rows.all(low, ids[to - 1] ?? low)) {
      const [pair, judge, said, sample, attempt, score, scoreKind, scoreFirst, scoreSecond] = row;
      if (pair !== group.pair || judge !== group.judge) {
        settle();
        group.pair = pair;
        group.judge = judge;
        group.said.length = 0;
        group.scores.length = 0;
        group.sample = -1;
      }
      // A later attempt follows the one it stands in for.
      if (attempt > 0 && sample === group.sample && orderOf(group.said.at(-1)) === orderOf(said)) {
        group.said.pop();
        group.scores.pop();
      }
      group.said.push(said);
      group.scores.push(
        scoreKind !== null
          ? { score, scoreKind, scoreFirst, scoreSecond }
          : score === null
            ? NO_SCORE
            : UNSTATED_SCORE,
      );
      group.sample = sample;
    }
  }
  settle();
  return judges.filter(spoke).map(({ id: _id, scores, ...judge }) => ({
    ...judge,
    sureness: scores.column(),
    preferences: scores.preferences(),
    unusedScores: scores.whyLeftAside(),
  }));
}

function orderOf(said: number | undefined): number {
  return said === undefined ? -1 : Math.floor(said / VERDICTS.length);
}

/** What the judgments of one judge on one pair come to. */
interface Saying {
  readonly code: number;
  readonly pooled: number;
  readonly firstShownFirst: number;
  readonly secondShownFirst: number;
  /** Of the readable samples, how many say what the verdict over all says; NaN where none can. */
  readonly share: number;
  /** Pairs of samples of one order, and how many of them say the same. */
  readonly same: number;
  readonly pairs: number;
}

/** More judgments than this do not go into one number. */
const MOST_REMEMBERED = 9;

/** Works out what judgments come to, and remembers it for the next pair with the same ones. */
function sayings(): (said: readonly number[]) => Saying {
  const known = new Map<number, Saying>();
  return (said) => {
    if (said.length > MOST_REMEMBERED) return sayingOf(said);
    let key = 0;
    for (const each of said) key = key * (KINDS_OF_SAYING + 1) + each + 1;
    let saying = known.get(key);
    if (saying === undefined) {
      saying = sayingOf(said);
      known.set(key, saying);
    }
    return saying;
  };
}

function sayingOf(said: readonly number[]): Saying {
  const group = said.map((each) => ({
    order: ORDERS[orderOf(each)] ?? 'unknown',
    verdict: VERDICTS[each % VERDICTS.length] ?? 'error',
  }));
  const code = codeOf(group);
  return {
    code,
    pooled: CODE[pluralityVerdict(group.map(({ verdict }) => verdict))],
    firstShownFirst: codeOf(group, 'a_first'),
    secondShownFirst: codeOf(group, 'b_first'),
    share: voteShare(group, code),
    ...repeatsOf(group),
  };
}

/** The code of the verdict over some judgments of one pair, of one order or of all. */
function codeOf(group: readonly OrderedVerdict[], order?: string): number {
  const chosen = order === undefined ? group : group.filter((judgment) => judgment.order === order);
  const verdict = mergeJudgeVerdicts(chosen);
  return verdict === undefined ? CODE.missing : CODE[verdict];
}

/** Of the readable samples, how many say what the pair's verdict says; NaN where it has none of the samples' kind. */
function voteShare(group: readonly OrderedVerdict[], code: number): number {
  const readable = group.filter(({ verdict }) => verdict !== 'unparsed' && verdict !== 'error');
  if (readable.length === 0 || code < 0 || code > CODE.both_bad) return Number.NaN;
  return readable.filter(({ verdict }) => CODE[verdict] === code).length / readable.length;
}

/** Pairs of samples of one order, and how many of them say the same. */
function repeatsOf(group: readonly OrderedVerdict[]): { same: number; pairs: number } {
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
