/** What a calibration set says of how its study was drawn, planned and checked, kept with a study that it makes anew. */
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { CalibrationManifest } from '../../../shared/formats/own/calibration-manifest.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import type { VerdictScale } from '../../../shared/study/verdict.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { insertDecision } from '../store/rating/rater-decisions.ts';
import { raterByName } from '../store/rating/raters.ts';
import { insertPlan } from '../store/study/analysis-plans.ts';
import type { StudyPlace } from '../store/study/comparisons.ts';
import { insertKnownAnswer } from '../store/study/known-answers.ts';
import { pairIdOf } from '../store/study/pair-runs.ts';
import { insertSelection } from '../store/study/selections.ts';
import { type FoundCalibrationSet, MANIFEST_NAME } from './calibration-set.ts';
import { knownAnswerProblem } from './known-answer-problem.ts';

/** A pair of the set with the draw that chose it. */
export interface DrawnRow {
  readonly pairId: number;
  readonly wave: number;
  readonly probability: number;
}

/** Keeps the draws, as far as the rows bear them out, the plans with what was settled otherwise, and known answers. */
export function keepSettledDesign(
  place: StudyPlace,
  { study, settled }: FoundCalibrationSet,
  rows: readonly DrawnRow[],
  nowMs: number,
): void {
  keepDraws(place, settled.draws ?? [], rows);
  keepPlans(place, settled);
  keepKnownAnswers(place, study.design.scale, settled.knownAnswers ?? []);
  keepRaterDecisions(place, settled.raterDecisions ?? [], nowMs);
  for (const { at, fields, votesBefore } of settled.designChanges ?? []) {
    appendAudit(place.store, {
      at: nowMs,
      studyId: place.studyId,
      actor: 'lead',
      action: 'study.configured_elsewhere',
      details: { at: Date.parse(at), fields, votes: votesBefore },
    });
  }
}

function keepDraws(
  { store, studyId }: StudyPlace,
  draws: NonNullable<CalibrationManifest['draws']>,
  rows: readonly DrawnRow[],
): void {
  draws.forEach(({ method, candidates, drawnAt }, wave) => {
    const drawn = rows.filter((row) => row.wave === wave);
    if (drawn.length === 0) return;
    insertSelection(store, studyId, {
      method,
      candidates,
      drawnAt: Date.parse(drawnAt),
      pairIds: drawn.map(({ pairId }) => pairId),
      probabilities: drawn.map(({ probability }) => probability),
    });
  });
}

function keepPlans(
  { store, studyId }: StudyPlace,
  { earlierPlans = [], analysisPlan }: FoundCalibrationSet['settled'],
): void {
  const plans = analysisPlan === undefined ? earlierPlans : [...earlierPlans, analysisPlan];
  for (const { plan, sha256, votesBefore, storedAt } of plans)
    insertPlan(store, studyId, {
      plan: canonicalJson(plan),
      sha256,
      votes: votesBefore,
      storedAt: Date.parse(storedAt),
    });
}

function keepRaterDecisions(
  { store, studyId }: StudyPlace,
  decisions: NonNullable<CalibrationManifest['raterDecisions']>,
  nowMs: number,
): void {
  decisions.forEach(({ rater, about, isOn, reason, decidedBy, at }, index) => {
    const row = raterByName(store, studyId, rater);
    if (row === undefined) {
      throw new ServiceError('import_failed', {
        key: 'import.rater_without_vote',
        values: { manifest: MANIFEST_NAME, index, rater },
      });
    }
    insertDecision(store, row.id, { about, isOn, reason, decidedBy, decidedAt: Date.parse(at) });
    appendAudit(store, {
      at: nowMs,
      studyId,
      actor: decidedBy,
      action: 'rater.decided_elsewhere',
      details: { rater, about, isOn, reason, at: Date.parse(at) },
    });
  });
}

function keepKnownAnswers(
  { store, studyId }: StudyPlace,
  scale: VerdictScale,
  answers: NonNullable<CalibrationManifest['knownAnswers']>,
): void {
  answers.forEach(({ pair, stage, ...answer }, index) => {
    const refuse = (reason: string): never => {
      throw new ServiceError('import_failed', {
        key: 'import.known_answer_refused',
        values: { manifest: MANIFEST_NAME, index, pair, reason },
      });
    };
    const known = { pairId: pairIdOf(store, studyId, pair) ?? refuse('is not in the set'), ...answer };
    const problem = knownAnswerProblem(store, scale, known);
    if (problem !== undefined) refuse(problem);
    insertKnownAnswer(store, studyId, stage, known);
  });
}
