/** Stops a rater's work where the study's own thresholds say so. */
import { PAIRS_BETWEEN_LOOKS } from '../../../shared/rating/sitting.ts';
import type { Consequence } from '../../../shared/study/quality-rules.ts';
import type { StudyDesign } from '../../../shared/study/study.ts';
import type { AppContext } from '../context/app-context.ts';
import { type RaterRow, raterById } from '../store/rating/raters.ts';
import type { RatedStudy } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { decideAbout } from './rater-decision-service.ts';
import { WARNINGS_SINCE_RESUMED } from './tasks.ts';

const PAUSE: Consequence = 'pause';

/** How far each rater was when last looked at, by app: a changed or repeated answer is no reason to look again. */
const lookedAt = new WeakMap<AppContext, Map<number, number>>();

function mayPause({ quality }: Pick<StudyDesign, 'quality'>): boolean {
  return Object.values(quality).some(({ consequence }) => consequence === PAUSE);
}

/** Whether a rater came to the next place at which figures are looked at. */
function isDue(context: AppContext, raterId: number, answered: number): boolean {
  const looks = lookedAt.get(context) ?? new Map<number, number>();
  lookedAt.set(context, looks);
  if (answered === 0 || answered % PAIRS_BETWEEN_LOOKS !== 0 || looks.get(raterId) === answered) return false;
  looks.set(raterId, answered);
  return true;
}

/** Looks, off this thread, whether a threshold that pauses is crossed. Throws where it could not: the next place does it again. */
export async function watchQuality(
  context: AppContext,
  {
    rater,
    study,
    answered,
  }: { readonly rater: RaterRow; readonly study: RatedStudy; readonly answered: number },
  controls: TaskControls,
): Promise<void> {
  const { store } = context;
  if (rater.role !== 'rater' || rater.isPaused) return;
  if (!mayPause(study.design) || !isDue(context, rater.id, answered)) return;
  const request = { storePath: store.path, studyId: study.publicId, rater: rater.name };
  const warnings = await runInWorker(WARNINGS_SINCE_RESUMED, request, controls);
  const reasons = warnings.filter(({ consequence }) => consequence === PAUSE).map(({ text }) => text);
  if (reasons.length === 0 || raterById(store, rater.id)?.isPaused === true) return;
  decideAbout(context, study, rater, {
    about: 'pause',
    isOn: true,
    reason: reasons.join(' '),
    decidedBy: 'thresholds',
  });
}
