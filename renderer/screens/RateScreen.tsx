import { useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { answersOfScale, type SkipReason } from '../../shared/domain/verdict.ts';
import { boundActions, keyLabel, type RatingAction } from '../actions/rating-action.ts';
import { useActionKeys } from '../actions/use-action-keys.ts';
import { Dialog } from '../components/Dialog.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { PairView } from '../components/PairView.tsx';
import { RateHeader } from '../components/RateHeader.tsx';
import { SafeMarkdown } from '../components/SafeMarkdown.tsx';
import { SkipDialog } from '../components/SkipDialog.tsx';
import {
  beginRating,
  leaveRating,
  markShown,
  retrySaving,
  setNote,
  submitAnswer,
  undoLast,
  useRating,
} from '../state/rating.ts';
import { goTo } from '../state/route.ts';
import { changeSettings, useSettings } from '../state/settings.ts';

const RATER_KEY = 'touchstone-rater';

export function RateScreen({ studyId }: { readonly studyId: string }) {
  const rating = useRating();
  const { keys, linkedScrolling } = useSettings();
  const [dialog, setDialog] = useState<'skip' | 'guideline' | 'help' | null>(null);
  const [isCommenting, setIsCommenting] = useState(false);
  const comment = useRef<HTMLTextAreaElement>(null);
  const shown = rating.queue[0];
  // The pair on screen was rendered while the last one was read. The one after it is rendered after the paint, so
  // that no Markdown is parsed between a vote and the next pair.
  const settledQueue = useDeferredValue(rating.queue);
  const prepared = settledQueue.find(
    ({ presentationId }) =>
      presentationId !== shown?.presentationId &&
      rating.queue.some((each) => each.presentationId === presentationId),
  );
  const shownId = shown?.presentationId;

  // A reload comes back to the same rater's work.
  useEffect(() => {
    const { rater, studyId: current } = useRating.getState();
    if (current === studyId && rater !== '')
      sessionStorage.setItem(RATER_KEY, JSON.stringify({ studyId, rater }));
    else {
      const remembered = JSON.parse(sessionStorage.getItem(RATER_KEY) ?? 'null') as {
        studyId: string;
        rater: string;
      } | null;
      if (remembered?.studyId === studyId) void beginRating(studyId, remembered.rater);
      else goTo({ screen: 'study', studyId });
    }
  }, [studyId]);

  useLayoutEffect(() => {
    setIsCommenting(false);
    if (shownId === undefined || rating.phase !== 'viewing') return undefined;
    const frame = requestAnimationFrame(() => markShown());
    return () => cancelAnimationFrame(frame);
  }, [shownId, rating.phase]);

  useEffect(() => {
    if (isCommenting) comment.current?.focus();
  }, [isCommenting]);

  const answers = rating.study === null ? [] : answersOfScale(rating.study.scale);
  const actions = boundActions(keys).filter(
    (action) => action.answer === undefined || answers.includes(action.answer),
  );
  const isEnabled = (action: RatingAction) => {
    if (action.answer !== undefined || action.id === 'comment') return rating.phase === 'viewing';
    if (action.id === 'undo') {
      return (rating.phase === 'viewing' || rating.phase === 'finished') && rating.progress?.canUndo === true;
    }
    return true;
  };
  const perform = (action: RatingAction) => {
    if (!isEnabled(action)) return;
    if (action.id === 'skip') setDialog('skip');
    else if (action.answer !== undefined) void submitAnswer(action.answer);
    else if (action.id === 'comment') {
      setIsCommenting(true);
      comment.current?.focus();
    } else if (action.id === 'undo') void undoLast();
    else if (action.id === 'guideline') setDialog('guideline');
    else if (action.id === 'help') setDialog('help');
    else if (action.id === 'link_scroll') void changeSettings({ linkedScrolling: !linkedScrolling });
  };
  useActionKeys(actions, perform);

  const leave = () => {
    sessionStorage.removeItem(RATER_KEY);
    leaveRating();
    goTo({ screen: 'study', studyId });
  };
  const skip = (reason: SkipReason) => {
    setDialog(null);
    void submitAnswer('skipped', reason);
  };

  return (
    <div className="rate" data-phase={rating.phase}>
      <RateHeader rating={rating} onLeave={leave} />
      {rating.phase === 'loading' && <p className="waiting">Loading …</p>}
      {rating.phase === 'taken_over' && rating.error !== null && (
        <section className="rate-message">
          <h2>Continued elsewhere</h2>
          <p>{rating.error.message}</p>
          <button type="button" className="primary" onClick={() => void beginRating(studyId, rating.rater)}>
            Continue here
          </button>
        </section>
      )}
      {rating.phase === 'failed' && rating.error !== null && (
        <div className="rate-problem">
          <ErrorNote
            error={rating.error}
            onRetry={() => void (rating.vote === null ? beginRating(studyId, rating.rater) : retrySaving())}
          />
          {rating.vote !== null && (
            <p>Not recorded: your answer is kept here and nothing else was changed.</p>
          )}
        </div>
      )}
      {rating.phase === 'saving' && rating.error !== null && (
        <p className="rate-waiting" role="status">
          Not recorded yet: {rating.error.message} Trying again …
        </p>
      )}
      {rating.phase === 'finished' && (
        <section className="rate-message">
          <h2>All pairs are done</h2>
          <p>{rating.progress?.done.toLocaleString('en')} votes are recorded. Thank you.</p>
          <div className="button-row">
            <button type="button" className="primary" onClick={leave}>
              Back to the study
            </button>
            <button type="button" onClick={() => void undoLast()}>
              Undo the last vote
            </button>
          </div>
        </section>
      )}
      {rating.phase !== 'taken_over' &&
        [shown, prepared].map((presentation) =>
          presentation === undefined ? null : (
            <PairView
              key={presentation.presentationId}
              presentation={presentation}
              isShown={presentation === shown}
              isLinked={linkedScrolling}
            />
          ),
        )}
      {shown !== undefined && rating.phase !== 'taken_over' && (
        <footer className="rate-actions">
          {isCommenting && (
            <label className="comment">
              Comment, recorded with your answer (Escape to go back to the keys)
              <textarea
                ref={comment}
                rows={2}
                maxLength={20_000}
                value={rating.note}
                onChange={(event) => setNote(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') event.currentTarget.blur();
                }}
              />
            </label>
          )}
          <div className="action-bar" role="toolbar" aria-label="Answers">
            {actions.map((action) => (
              <button
                key={action.id}
                type="button"
                className={action.answer === undefined ? 'quiet-button' : 'answer'}
                aria-disabled={!isEnabled(action)}
                aria-pressed={action.id === 'link_scroll' ? linkedScrolling : undefined}
                title={action.about}
                onClick={() => perform(action)}
              >
                {action.label}
                <span className="key" aria-hidden="true">
                  {action.keys.map(keyLabel).join(' ')}
                </span>
              </button>
            ))}
          </div>
        </footer>
      )}
      <p
        className={rating.notice === 'Recorded.' ? 'visually-hidden' : 'notice'}
        role="status"
        aria-live="polite"
      >
        {rating.notice}
      </p>
      {dialog === 'skip' && <SkipDialog onSkip={skip} onClose={() => setDialog(null)} />}
      {dialog === 'guideline' && (
        <Dialog title="Guideline" onClose={() => setDialog(null)}>
          <SafeMarkdown text={rating.study?.guideline ?? ''} />
        </Dialog>
      )}
      {dialog === 'help' && (
        <Dialog title="Keys" onClose={() => setDialog(null)}>
          <dl className="pairs">
            {actions.map((action) => (
              <div key={action.id}>
                <dt>
                  {action.keys.map((key) => (
                    <kbd key={key}>{keyLabel(key)}</kbd>
                  ))}
                </dt>
                <dd>{action.about}</dd>
              </div>
            ))}
          </dl>
          <p className="quiet">Keys can be changed under Settings. Tab reaches every button.</p>
        </Dialog>
      )}
    </div>
  );
}
