/** Loads a study as columns, one entry per pair: what the agreement card is computed from. */
import {
  type CardData,
  once,
  type SidesColumn,
  spoke,
  subsetOfPairs,
} from '../../../../shared/card/columns/card-data.ts';
import type { RaterColumn } from '../../../../shared/labels/vote-model.ts';
import { qualityWarnings } from '../../../../shared/quality/quality-warnings.ts';
import { warningFigures } from '../../../../shared/quality/rater-quality.ts';
import { LABEL } from '../../../../shared/quality/rater-votes.ts';
import { hashText } from '../../../../shared/random/seeded-random.ts';
import type { RaterRole } from '../../../../shared/study/rater-role.ts';
import { strengthsOfScale, type VerdictScale } from '../../../../shared/study/verdict.ts';
import { CODE } from '../../../../shared/study/verdict-codes.ts';
import type { ReadStore } from '../engine/database.ts';
import { excludedRaters } from '../rating/rater-decisions.ts';
import { leftOutPairs } from '../study/pair-decisions.ts';
import { pairWeights } from '../study/selections.ts';
import type { StudyRow } from '../study/studies.ts';
import { judgeColumns } from './judge-columns.ts';
import { studyColumnsOf } from './kept-columns.ts';
import { placesById } from './pair-columns.ts';
import { loadRaterVotes } from './rater-votes.ts';
import type { StudyColumns } from './study-columns.ts';

/**
 * Systems have their names once the study is unblinded, unless told otherwise: files for the lead name them anyway.
 * Votes and verdicts are read at once. Systems, slices and texts are read when first asked for, so the store must stay open, in
 * one transaction, for as long as the data is used. Pairs that the lead leaves out are not in it.
 */
export function loadCardData(
  store: ReadStore,
  study: StudyRow,
  {
    areSystemsNamed = study.unblindedAt !== null,
    excluded = excludedRaters(store, study.id),
    columns = studyColumnsOf(store, study.id),
  }: {
    readonly areSystemsNamed?: boolean;
    /** Raters whose votes are left out: those who are excluded, unless told otherwise. */
    readonly excluded?: readonly string[];
    readonly columns?: StudyColumns;
  } = {},
): CardData {
  const { ids: pairIds, itemOfPair, itemIds, placeOf: indexOfPair } = columns.pairs;
  const systems = loadSystems(store, study, areSystemsNamed);
  const labels = loadLabels(store, study.id, columns);
  const raters = labels.raters.filter(({ name }) => !excluded.includes(name));
  const leftOut = leftOutPairs(store, study.id);
  const all: CardData = {
    pairIds,
    itemOfPair,
    itemCount: itemIds.length,
    raters,
    strengths: stepsOf(raters, study.design.scale),
    excluded: [...excluded],
    warned: once(() => warnedRaters(store, study, columns)),
    adjudicated: labels.adjudicated,
    weights: null,
    leftOut: leftOut.size,
    judges: judgeColumns(store, study.id, columns),
    systems: systems.map(({ label }) => label),
    systemsAreNamed: areSystemsNamed,
    systemOf: once(() => mapSides(columns.systemIds(), placesById(Int32Array.from(systems, ({ id }) => id)))),
    isOnDev: columns.isOnDev,
    features: columns.features,
    slices: columns.slices,
  };
  const isCounted = (pair: number) => !leftOut.has(pairIds[pair] ?? -1);
  const data =
    leftOut.size === 0 ? all : subsetOfPairs(all, Int32Array.from(pairIds.keys()).filter(isCounted));
  const placeOf = leftOut.size === 0 ? indexOfPair : placesById(data.pairIds);
  return { ...data, weights: pairWeights(store, study.id, data.raters, data.pairIds.length, placeOf) };
}

function warnedRaters(store: ReadStore, study: StudyRow, columns: StudyColumns): string[] {
  const { raters, itemOfPair } = loadRaterVotes(store, study.id, columns);
  const counted = raters.filter(({ isExcluded }) => !isExcluded);
  return warningFigures(counted, itemOfPair.length)
    .filter((quality) => qualityWarnings(quality, raters.length, study.design.quality).length > 0)
    .map(({ rater }) => rater);
}

/** Systems by name; while the study is blind by stand-ins, in an order only the study's secret seed tells. */
function loadSystems(
  store: ReadStore,
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

function mapSides({ first, second }: SidesColumn, of: (value: number) => number): SidesColumn {
  return { first: first.map(of), second: second.map(of) };
}

/** Each rater's labels, and what adjudicators decided; null where nobody decided anything. */
function loadLabels(
  store: ReadStore,
  studyId: number,
  { votes, pairs: { ids } }: Pick<StudyColumns, 'votes' | 'pairs'>,
): { readonly raters: readonly RaterColumn[]; readonly adjudicated: Int8Array | null } {
  const pairCount = ids.length;
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
  for (let vote = 0; vote < votes.length; vote++) {
    if (votes.role[vote] !== LABEL || votes.isSuperseded[vote] === 1) continue;
    // A second look that only measures decides nothing.
    if (votes.isAudit[vote] === 1) continue;
    const person = personById.get(votes.rater[vote] ?? -1);
    if (person === undefined) continue;
    const pair = votes.pair[vote] ?? 0;
    person.codes[pair] = votes.code[vote] ?? CODE.missing;
    const strength = votes.strength[vote] ?? 0;
    if (strength === 0 && person.strengths === null) continue;
    person.strengths ??= new Int8Array(pairCount);
    person.strengths[pair] = strength;
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
