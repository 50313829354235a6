/** What a lead decides about raters: votes left out, work stopped, notes erased. All of it logged, most of it reversible. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { AppContext } from '../context/app-context.ts';
import { runReport } from '../context/run-report.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { eraseNote, notesOf } from '../store/rating/erased-notes.ts';
import { insertDecision, type RaterDecision } from '../store/rating/rater-decisions.ts';
import { type RaterRow, raterByName, requireRater } from '../store/rating/raters.ts';
import { firstReceipt } from '../store/rating/rating-receipt.ts';
import { dropDraftsOf } from '../store/rating/vote-drafts.ts';
import { requireStudy, type StudyRow } from '../store/study/studies.ts';
import { NO_CONTROLS, type TaskControls } from '../work/task-controls.ts';

/** Keeps a decision with its audit row. Deciding what is so already is refused, so that the log says what changed. */
export function decideAbout(
  { store, ports, announce }: Pick<AppContext, 'store' | 'ports' | 'announce'>,
  study: Pick<StudyRow, 'id'>,
  { id, name }: RaterRow,
  decision: Pick<RaterDecision, 'about' | 'isOn' | 'reason' | 'decidedBy'>,
): void {
  store.write((store) => {
    const at = ports.clock.nowMs();
    const rater = raterByName(store, study.id, name);
    const isSo = decision.about === 'exclusion' ? rater?.isExcluded : rater?.isPaused;
    if (isSo === decision.isOn)
      throw new ServiceError('conflict', { key: SO_ALREADY[decision.about][isSo ? 1 : 0], values: { name } });
    insertDecision(store, id, { ...decision, decidedAt: at });
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: decision.decidedBy,
      action: ACTIONS[decision.about][decision.isOn ? 1 : 0],
      details: { rater: name, reason: decision.reason },
    });
  });
  announce({ type: 'changed', area: 'studies' });
  announce({ type: 'changed', area: 'ratings' });
}

const SO_ALREADY = {
  exclusion: ['quality.counts_already', 'quality.excluded_already'],
  pause: ['quality.may_work_already', 'quality.paused_already'],
} as const;

const ACTIONS = {
  exclusion: ['rater.restored', 'rater.excluded'],
  pause: ['rater.resumed', 'rater.paused'],
} as const;

/** Keeps a decision and says how every rater works since. Once it is kept, a stop is no answer: it would say that nothing was changed. */
export async function decideAboutRater(
  context: AppContext,
  { studyId, rater, about, isOn, reason }: ParsedInputOf<'quality.decide'>,
): Promise<ReplyOf<'quality.decide'>> {
  const study = requireStudy(context.store, studyId);
  const row = requireRater(context.store, study, rater);
  if (row.role === 'adjudicator' && about === 'exclusion')
    throw new ServiceError('invalid_input', { key: 'quality.adjudicator_has_no_votes' });
  decideAbout(context, study, row, { about, isOn, reason, decidedBy: 'lead' });
  return runReport(context, 'quality.raters', { studyId }, NO_CONTROLS);
}

/** How long an erasure waits for readers of the journal that still holds the notes. */
const SCRUB_TRIES = 20;
const SCRUB_PAUSE_MS = 100;

/**
 * Erases the text of a rater's notes for good, with a row of the log for each. Receipts of votes hold a note by its hash
 * alone and prove all the rest as before.
 */
export async function eraseNotes(
  { store, ports }: AppContext,
  { studyId, rater: name }: ParsedInputOf<'quality.eraseNotes'>,
  controls: TaskControls,
): Promise<ReplyOf<'quality.eraseNotes'>> {
  const erased = store.write((store) => {
    const study = requireStudy(store, studyId);
    const rater = requireRater(store, study, name);
    const at = ports.clock.nowMs();
    const notes = notesOf(store, rater.id);
    for (const ratingId of notes) {
      const before = firstReceipt(store, ratingId);
      const isReceiptKept = eraseNote(store, ratingId, at);
      // A plain hash of a vote with its note would let guesses be tried; where the receipt holds, none is needed.
      const account = isReceiptKept ? {} : { before, sha256: firstReceipt(store, ratingId) };
      appendAudit(store, {
        at,
        studyId: study.id,
        actor: 'lead',
        action: 'note.erased',
        details: { ratingId, ...account },
      });
    }
    dropDraftsOf(store, rater.id);
    return notes.length;
  });
  // The journal may hold them longer than the file: asked again, this clears what an earlier time could not.
  let isPending = !store.scrub();
  for (let tried = 1; isPending && tried < SCRUB_TRIES && !controls.isCancelled(); tried++) {
    await sleep(SCRUB_PAUSE_MS);
    isPending = !store.scrub();
  }
  return { erased, isPending };
}
