/** The judges of a study as columns, one entry per pair: their verdicts, and what is known of them. */
import { type JudgeColumn, spoke } from '../../../../shared/card/columns/card-data.ts';
import { panelColumn } from '../../../../shared/card/judge-panel.ts';
import type { ReadStore } from '../engine/database.ts';
import { panelsOf } from '../judging/judge-panels.ts';
import { judgeVersionByName } from '../judging/judge-versions.ts';
import { probeResults } from '../judging/probe-results.ts';
import type { StudyColumns } from './study-columns.ts';

/** The pairs that columns have entries for, in study order. */
interface StudyPairs {
  readonly pairIds: Int32Array;
  /** −1 for a pair of another study. */
  readonly indexOfPair: (id: number) => number;
  readonly isOnDev: () => Uint8Array;
}

/** Judges by name, with the panels whose members all gave verdicts. */
export function judgeColumns(store: ReadStore, studyId: number, columns: StudyColumns): JudgeColumn[] {
  const { isOnDev } = columns;
  const pairs = { pairIds: columns.pairs.ids, indexOfPair: columns.pairs.placeOf, isOnDev };
  const judges = columns.verdicts().map((judge) => ({
    ...judge,
    ...knownOfJudge(store, studyId, judge.name, pairs),
  }));
  const panels = panelColumns(store, studyId, judges, isOnDev);
  return [...judges, ...panels.filter(spoke)].sort((one, two) => (one.name < two.name ? -1 : 1));
}

function panelColumns(
  store: ReadStore,
  studyId: number,
  judges: readonly JudgeColumn[],
  isOnDev: () => Uint8Array,
): JudgeColumn[] {
  return panelsOf(store, studyId).flatMap(({ name, rule, members, weights }) => {
    const found = members.flatMap((member) => judges.find((judge) => judge.name === member) ?? []);
    if (found.length < members.length) return [];
    const fitted = rule === 'weighted' ? isOnDev() : null;
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
  store: ReadStore,
  studyId: number,
  name: string,
  { pairIds, indexOfPair, isOnDev }: StudyPairs,
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
    tunedOn: tunedPairs(store, studyId, tunedOn, isOnDev),
    tunedCodes: null,
    probes: probeResults(store, version.contentHash),
  };
}

function tunedPairs(
  store: ReadStore,
  studyId: number,
  { splits, pairs }: { readonly splits: readonly string[]; readonly pairs: readonly string[] },
  isOnDev: () => Uint8Array,
): Uint8Array | null {
  if (splits.length === 0 && pairs.length === 0) return null;
  const named = new Set(pairs);
  const sides = isOnDev();
  const ids = store
    .rawQuery<[string]>('SELECT external_id FROM pairs WHERE study_id = ? ORDER BY ordinal')
    .all(studyId);
  return Uint8Array.from(ids, ([id], pair) =>
    named.has(id) || splits.includes(sides[pair] === 1 ? 'dev' : 'test') ? 1 : 0,
  );
}
