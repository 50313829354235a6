/** What the lead settles about a study beside its first settings. */
import type { SelectionSummary } from '../../../shared/contract/design-methods.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { KnownAnswerCounts, KnownStage } from '../../../shared/study/known-answer.ts';
import type { AppContext } from '../context/app-context.ts';
import { knownAnswerProblem } from '../imports/known-answer-problem.ts';
import { appendAudit } from '../store/engine/audit.ts';
import type { ReadStore, WriteStore } from '../store/engine/database.ts';
import { isAnyPairRated } from '../store/rating/presentations.ts';
import { sealRecords } from '../store/rating/record-seal.ts';
import { insertKnownAnswer, type KnownAnswer, knownAnswerCounts } from '../store/study/known-answers.ts';
import { pairIdOf } from '../store/study/pair-runs.ts';
import { drawCount, insertSelection, selectionsOf, undrawablePairs } from '../store/study/selections.ts';
import { requireStudy, type StudyRow } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { SELECTION } from './tasks.ts';

/** Names pairs whose answer is known; all of them or, with the first that cannot be one named, none. */
export function addKnownAnswers(
  { store, ports }: AppContext,
  input: ParsedInputOf<'design.addKnownAnswers'>,
): KnownAnswerCounts {
  const counts = store.write((store) => {
    const study = requireStudy(store, input.studyId);
    input.answers.forEach(({ pair, stage, ...answer }, index) => {
      const refuse = (reason: string): never => {
        throw new ServiceError('invalid_input', {
          key: 'design.known_answer_refused',
          values: { index, pair, reason },
        });
      };
      const pairId = pairIdOf(store, study.id, pair) ?? refuse('is not in this study');
      const problem = keepKnownAnswer(store, study, stage, { pairId, ...answer });
      if (problem !== undefined) refuse(problem);
    });
    const added = input.answers.length;
    appendAudit(store, {
      at: ports.clock.nowMs(),
      studyId: study.id,
      actor: 'lead',
      action: 'known_answers.added',
      details: { added },
    });
    return knownAnswerCounts(store, study.id);
  });
  return counts;
}

/** Makes a pair one whose answer is known. @returns why it cannot be one, and was not made one */
export function keepKnownAnswer(
  store: WriteStore,
  { id, design }: StudyRow,
  stage: KnownStage,
  known: KnownAnswer,
): string | undefined {
  const problem = knownAnswerProblem(store, design.scale, known);
  if (problem === undefined) insertKnownAnswer(store, id, stage, known);
  return problem;
}

/** Draws the next wave of pairs off this thread and keeps it, if no other draw came first. */
export async function drawPairsOfStudy(
  { store, ports }: AppContext,
  { studyId, method }: ParsedInputOf<'design.draw'>,
  controls: TaskControls,
): Promise<SelectionSummary> {
  const study = requireStudy(store, studyId);
  requireUnratedBeforeFirstDraw(store, study.id);
  const draw = await runInWorker(SELECTION, { storePath: store.path, studyId, method }, controls);
  if (draw.pairIds.length === 0) throw new ServiceError('conflict', { key: 'design.none_left' });
  const summary = store.write((store) => {
    if (drawCount(store, study.id) !== draw.wave)
      throw new ServiceError('conflict', { key: 'design.drawn_meanwhile' });
    // Both may have come about while the draw was worked out.
    requireUnratedBeforeFirstDraw(store, study.id);
    const undrawable = undrawablePairs(store, study.id);
    if (draw.pairIds.some((pairId) => undrawable.has(pairId)))
      throw new ServiceError('conflict', { key: 'design.answers_became_known' });
    const drawnAt = ports.clock.nowMs();
    insertSelection(store, study.id, { method, drawnAt, ...draw });
    const records = sealRecords(store);
    const details = { wave: draw.wave, method, pairs: draw.pairIds.length, records };
    appendAudit(store, { at: drawnAt, studyId: study.id, actor: 'lead', action: 'pairs.drawn', details });
    return selectionsOf(store, study.id).at(-1);
  });
  if (summary === undefined) throw new Error('a draw was not kept');
  return summary;
}

/** Pairs that raters were given before anything was drawn have no chance to state. */
function requireUnratedBeforeFirstDraw(store: ReadStore, studyId: number): void {
  if (drawCount(store, studyId) > 0 || !isAnyPairRated(store, studyId)) return;
  throw new ServiceError('conflict', { key: 'design.no_chance_to_state' });
}
