/** The judges of a study as columns, one entry per pair: their verdicts, and what is known of them. */
import { type JudgeColumn, spoke } from '../../../../shared/card/columns/card-data.ts';
import { panelColumn } from '../../../../shared/card/judge-panel.ts';
import { SurenessCollector } from '../../../../shared/judge/sureness.ts';
import type { ScoreColumns, ScoreKind } from '../../../../shared/study/judgment-score.ts';
import type { JudgeOrder, JudgeVerdict } from '../../../../shared/study/verdict.ts';
import {
  CODE,
  mergeJudgeVerdicts,
  type OrderedVerdict,
  pluralityVerdict,
} from '../../../../shared/study/verdict-codes.ts';
import type { Store } from '../engine/database.ts';
import { panelsOf } from '../judging/judge-panels.ts';
import { judgeVersionByName } from '../judging/judge-versions.ts';
import { probeResults } from '../judging/probe-results.ts';
import type { Split } from '../study/pair-splits.ts';

/** The pairs that columns have entries for, in study order. */
interface StudyPairs {
  readonly pairIds: Int32Array;
  /** −1 for a pair of another study. */
  readonly indexOfPair: (id: number) => number;
  readonly splits: () => readonly Split[];
}

/** Judges by name, with the panels whose members all gave verdicts. */
export function judgeColumns(store: Store, studyId: number, pairs: StudyPairs): JudgeColumn[] {
  const judges = verdictColumns(store, studyId, pairs).map((judge) => ({
    ...judge,
    ...knownOfJudge(store, studyId, judge.name, pairs),
  }));
  const panels = panelColumns(store, studyId, judges, pairs.splits);
  return [...judges, ...panels.filter(spoke)].sort((one, two) => (one.name < two.name ? -1 : 1));
}

interface JudgmentRow extends OrderedVerdict, ScoreColumns {
  readonly sample: number;
}

/** As the statement below gives them. */
type JudgmentCells = [
  pairId: number,
  judgeId: number,
  order: JudgeOrder,
  verdict: JudgeVerdict,
  sample: number,
  attempt: number,
  score: number | null,
  scoreKind: ScoreKind | null,
  scoreFirst: number | null,
  scoreSecond: number | null,
];

function verdictColumns(store: Store, studyId: number, { pairIds, indexOfPair }: StudyPairs) {
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
      scores: new SurenessCollector(pairIds.length),
      repeats: null as { same: Int32Array; pairs: Int32Array } | null,
    }));
  const byId = new Map(judges.map((judge) => [judge.id, judge]));
  const rows = store
    .rawQuery<JudgmentCells>(
      `SELECT pair_id, judge_id, judge_order, verdict, sample, attempt, score, score_kind, score_first, score_second
       FROM pairs p CROSS JOIN judgments j ON j.pair_id = p.id
       WHERE p.study_id = ? ORDER BY p.ordinal, j.judge_id, j.judge_order, j.sample, j.attempt`,
    )
    .iterate(studyId);
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
      const code = judge.codes[pair] ?? CODE.missing;
      judge.scores.take(pair, group, code);
      const { same, pairs } = repeatsOf(group);
      if (pairs > 0) {
        judge.scores.takeVotes(pair, voteShare(group, code));
        judge.repeats ??= { same: new Int32Array(pairIds.length), pairs: new Int32Array(pairIds.length) };
        judge.repeats.same[pair] = same;
        judge.repeats.pairs[pair] = pairs;
      }
    }
    group = [];
  };
  for (const [
    pairId,
    judgeId,
    order,
    verdict,
    sample,
    attempt,
    score,
    scoreKind,
    scoreFirst,
    scoreSecond,
  ] of rows) {
    if (pairId !== groupPair || judgeId !== groupJudge) {
      settle();
      groupPair = pairId;
      groupJudge = judgeId;
    }
    // A later attempt follows the one it stands in for.
    if (attempt > 0 && group.at(-1)?.order === order && group.at(-1)?.sample === sample) group.pop();
    group.push({ order, sample, verdict, score, scoreKind, scoreFirst, scoreSecond });
  }
  settle();
  return judges.filter(spoke).map(({ id: _id, scores, ...judge }) => ({
    ...judge,
    sureness: scores.column(),
    preferences: scores.preferences(),
    unusedScores: scores.whyLeftAside(),
  }));
}

/** The code of the verdict over some judgments of one pair, of one order or of all. */
function codeOf(group: readonly JudgmentRow[], order?: string): number {
  const chosen = order === undefined ? group : group.filter((judgment) => judgment.order === order);
  const verdict = mergeJudgeVerdicts(chosen);
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

function panelColumns(
  store: Store,
  studyId: number,
  judges: readonly JudgeColumn[],
  splits: () => readonly Split[],
): JudgeColumn[] {
  return panelsOf(store, studyId).flatMap(({ name, rule, members, weights }) => {
    const found = members.flatMap((member) => judges.find((judge) => judge.name === member) ?? []);
    if (found.length < members.length) return [];
    const fitted =
      rule === 'weighted' ? Uint8Array.from(splits(), (split) => (split === 'dev' ? 1 : 0)) : null;
    const tunedOn = unionOf([fitted, ...found.map((member) => member.tunedOn)]);
    return [panelColumn({ name, rule, weights, tunedOn }, found)];
  });
}

/** Pairs that any of the columns marks; null where none marks any. */
function unionOf(columns: readonly (Uint8Array | null)[]): Uint8Array | null {
  const marked = columns.filter((column) => column !== null);
  const [first] = marked;
  return first === undefined
    ? null
    : first.map((_mark, pair) => Number(marked.some((column) => column[pair] === 1)));
}

/** What is known of a judge that was run from here; nothing of one whose verdicts were imported. */
function knownOfJudge(
  store: Store,
  studyId: number,
  name: string,
  { pairIds, indexOfPair, splits }: StudyPairs,
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
  splits: () => readonly Split[],
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
