import { type CSSProperties, startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RaterRole } from '../../shared/study/rater-role.ts';
import { answersOfScale } from '../../shared/study/verdict.ts';
import { actionsOfScale, keyLabel, type RatingAction } from '../actions/rating-action.ts';
import { isComposing, useActionKeys } from '../actions/use-action-keys.ts';
import { PairView } from '../components/PairView.tsx';
import { ActionBar } from '../components/rate/ActionBar.tsx';
import { BreakReminder } from '../components/rate/BreakReminder.tsx';
import { FindBar } from '../components/rate/FindBar.tsx';
import { GuessView } from '../components/rate/GuessView.tsx';
import { PracticeFeedbackView } from '../components/rate/PracticeFeedbackView.tsx';
import { type RateDialog, RateDialogs } from '../components/rate/RateDialogs.tsx';
import { RateHeader } from '../components/rate/RateHeader.tsx';
import { RateMessage } from '../components/rate/RateMessage.tsx';
import { RevealedVotesView } from '../components/rate/RevealedVotesView.tsx';
import { TrainingBanner } from '../components/rate/TrainingBanner.tsx';
import { VoteDetailsPanel } from '../components/rate/VoteDetailsPanel.tsx';
import { drawSpans, MOST_SPANS, selectedSpan } from '../reading/marked-spans.ts';
import type { DifferenceMode } from '../reading/use-differences.ts';
import { useReadingKeys } from '../reading/use-reading-keys.ts';
import { useTextChanges } from '../reading/use-text-changes.ts';
import { watchActivity } from '../state/activity.ts';
import { afterPaint } from '../state/after-paint.ts';
import { countKeyUse, useLearnedKeys } from '../state/learned-keys.ts';
import {
  beginAgain,
  beginRating,
  continuePractice,
  isBeingSent,
  leaveRating,
  markShown,
  RATER_KEY,
  type RatingState,
  say,
  setConfidence,
  setDetails,
  setNote,
  submitAnswer,
  undoLast,
  useRating,
} from '../state/rating.ts';
import { goTo, useRoute } from '../state/route.ts';
import { changeSettings, useSettings } from '../state/settings.ts';

const NEXT_MODE = { off: 'shown', shown: 'folded', folded: 'off' } as const;
const MODE_NOTICE = {
  off: 'notice.differencesOff',
  shown: 'notice.differencesShown',
  folded: 'notice.differencesFolded',
} as const;

/** The bar has what is used with every pair; sizes have keys and stand in the list of keys. */
function isOnBar({ id }: RatingAction): boolean {
  return id !== 'larger' && id !== 'smaller' && id !== 'find';
}

export function RateScreen({ studyId }: { readonly studyId: string }) {
  const rating = useRating();
  const { t } = useTranslation();
  const { learned } = useLearnedKeys();
  const { keys, linkedScrolling, textSize, textWidth, isFocused, sessionGoal, showsRawText } = useSettings();
  const [dialog, setDialog] = useState<RateDialog | null>(null);
  const [workedSince, setWorkedSince] = useState(() => performance.now());
  const [differences, setDifferences] = useState<DifferenceMode>('off');
  const suggestsBreak = rating.progress?.suggestsBreak === true;
  useEffect(() => {
    if (!suggestsBreak) setIsUntired(false);
  }, [suggestsBreak]);
  /** How often finding was asked for since the bar was opened; 0 while it is closed. */
  const [findTurn, setFindTurn] = useState(0);
  const [isUntired, setIsUntired] = useState(false);
  const detailsPanel = useRef<HTMLDivElement>(null);
  const [isGuessing, setIsGuessing] = useState(false);
  const [isCommenting, setIsCommenting] = useState(false);
  /** How often the comment was asked for: each time it gets the focus. */
  const [commentTurn, setCommentTurn] = useState(0);
  const screen = useRef<HTMLDivElement>(null);
  const comment = useRef<HTMLTextAreaElement>(null);
  const shown = rating.queue[0];
  // The pair on screen was rendered while the last one was read. The one after it is rendered once this one is painted,
  // so that no Markdown is parsed between a vote and the next pair.
  const [settledQueue, setSettledQueue] = useState<RatingState['queue']>([]);
  const prepared = settledQueue.find(
    ({ presentationId }) =>
      presentationId !== shown?.presentationId &&
      rating.queue.some((each) => each.presentationId === presentationId),
  );
  const shownId = shown?.presentationId;

  const { session } = rating;
  // A reload comes back to the same rater's work.
  useEffect(() => {
    const { rater, role, studyId: current } = useRating.getState();
    if (current === studyId && rater !== '') {
      // Without a session nothing has begun yet: what is remembered is then still needed.
      if (session !== '')
        sessionStorage.setItem(RATER_KEY, JSON.stringify({ studyId, rater, role, session }));
    } else {
      const remembered = JSON.parse(sessionStorage.getItem(RATER_KEY) ?? 'null') as {
        studyId: string;
        rater: string;
        role: RaterRole;
        session: string;
      } | null;
      if (remembered?.studyId === studyId)
        void beginRating(studyId, remembered.rater, {
          role: remembered.role,
          earlierSession: remembered.session,
        });
      else goTo({ screen: 'study', studyId });
    }
  }, [studyId, session]);

  // What was opened about one pair must not be said of the next, nor a key that is to read on change a choice about it.
  useLayoutEffect(() => {
    setIsCommenting(false);
    screen.current?.querySelector<HTMLElement>(':is(.vote-details, .comment) :focus')?.blur();
    // Where the page scrolls as a whole, the next pair begins at its beginning.
    document.scrollingElement?.scrollTo({ top: 0, behavior: 'instant' });
    setDialog((open) => (open === 'skip' || open === 'mark' ? null : open));
    if (shownId === undefined) setFindTurn(0);
  }, [shownId]);

  const isUnseen = rating.shownAt === null;
  useLayoutEffect(() => {
    if (shownId === undefined || rating.phase !== 'viewing' || !isUnseen) return undefined;
    return afterPaint(() => {
      markShown();
      startTransition(() => setSettledQueue(useRating.getState().queue));
    });
  }, [shownId, rating.phase, isUnseen]);

  useEffect(() => {
    if (commentTurn > 0) comment.current?.focus();
  }, [commentTurn]);

  // Whoever begins reads the examples first, once there is nothing to agree to any more.
  const hasExamples = (rating.study?.examples ?? 0) > 0;
  const isNew = rating.progress?.done === 0 && (rating.training?.done ?? 0) === 0;
  const hasConsented = rating.stage !== 'consent';
  // biome-ignore lint/correctness/useExhaustiveDependencies: offered once when the work is opened, not after every stage
  useEffect(() => {
    if (hasExamples && isNew && hasConsented) setDialog('examples');
  }, [rating.session, hasConsented]);

  useEffect(watchActivity, []);
  useReadingKeys();

  const { study } = rating;
  const hasDetails =
    study !== null &&
    (study.asksConfidence || study.rubric.criteria.length > 0 || study.rubric.reasonTags.length > 0);
  const actions =
    study === null
      ? []
      : actionsOfScale(study.scale, answersOfScale(study.scale), keys).filter(
          ({ id }) =>
            (id !== 'details' || hasDetails) &&
            (id !== 'mark' || study.marksSpans) &&
            (id !== 'examples' || hasExamples),
        );
  const isEnabled = (action: RatingAction) => {
    if (action.answer !== undefined || ['comment', 'details', 'mark'].includes(action.id))
      return rating.phase === 'viewing' && !isBeingSent();
    if (action.id === 'undo') {
      if (rating.phase === 'revealed') return true;
      return ['viewing', 'finished', 'block_end'].includes(rating.phase) && rating.progress?.canUndo === true;
    }
    return true;
  };
  const perform = (action: RatingAction, pressedAt: number) => {
    if (!isEnabled(action)) return;
    const { strength } = action;
    if (action.id === 'skip') setDialog('skip');
    else if (action.answer !== undefined)
      void submitAnswer(action.answer, { pressedAt, ...(strength === undefined ? {} : { strength }) });
    else if (action.id === 'comment') {
      setIsCommenting(true);
      setCommentTurn(commentTurn + 1);
    } else if (action.id === 'undo') void undoLast();
    else if (action.id === 'guideline') setDialog('guideline');
    else if (action.id === 'help') setDialog('help');
    else if (action.id === 'my_work') setDialog('my_work');
    else if (action.id === 'pause') setDialog('pause');
    else if (action.id === 'examples') setDialog('examples');
    else if (action.id === 'mark') markReason();
    else if (action.id === 'find') setFindTurn(findTurn + 1);
    else if (action.id === 'differences') {
      const next = NEXT_MODE[differences];
      setDifferences(next);
      say(t(MODE_NOTICE[next]));
    } else if (action.id === 'raw_text') {
      void changeSettings({ showsRawText: !showsRawText });
      say(t(showsRawText ? 'notice.laidOut' : 'notice.rawText'));
    } else if (action.id === 'focus') void changeSettings({ isFocused: !isFocused });
    else if (action.id === 'larger' || action.id === 'smaller') {
      const size = textSize + (action.id === 'larger' ? 0.1 : -0.1);
      void changeSettings({ textSize: Math.min(2, Math.max(0.8, Math.round(10 * size) / 10)) });
    } else if (action.id === 'details') detailsPanel.current?.querySelector('input')?.focus();
    else if (action.id === 'link_scroll') void changeSettings({ linkedScrolling: !linkedScrolling });
  };
  const markReason = () => {
    const span = selectedSpan();
    if (span === null) setDialog('mark');
    else {
      setDetails({ ...rating.details, spans: [...(rating.details.spans ?? []), span].slice(0, MOST_SPANS) });
      getSelection()?.removeAllRanges();
      say(t('notice.marked'));
    }
  };
  const textChanges = useTextChanges();
  // biome-ignore lint/correctness/useExhaustiveDependencies: spans are drawn anew where texts changed
  useEffect(() => {
    drawSpans(shownId === undefined ? [] : (rating.details.spans ?? []));
    return () => drawSpans([]);
  }, [shownId, rating.details.spans, textChanges]);

  const isRead = rating.phase === 'feedback' || rating.phase === 'revealed';
  const pressed: Partial<Record<RatingAction['id'], boolean>> = {
    link_scroll: linkedScrolling,
    focus: isFocused,
    raw_text: showsRawText,
    differences: differences !== 'off',
  };
  useActionKeys(isGuessing ? [] : actions, (action, pressedAt) => {
    perform(action, pressedAt);
    countKeyUse(action.id);
  });

  const leave = () => {
    sessionStorage.removeItem(RATER_KEY);
    leaveRating();
    const { before } = useRoute.getState();
    const isFromReviews = before?.screen === 'disagreements' && before.studyId === studyId;
    goTo({ screen: isFromReviews ? 'disagreements' : 'study', studyId });
  };
  const undoKeys = actions.find(({ id }) => id === 'undo')?.keys ?? [];
  const showsComment = isCommenting || rating.note !== '';

  return (
    <div
      ref={screen}
      className={isFocused ? 'rate is-focused' : 'rate'}
      data-phase={rating.phase}
      data-painted={shown === undefined || isUnseen ? undefined : ''}
      data-paused={dialog === 'pause' ? '' : undefined}
      style={{ '--text-size': textSize, '--text-width': `${textWidth}ch` } as CSSProperties}
    >
      <RateHeader
        rating={rating}
        sessionGoal={sessionGoal}
        undoKey={keyLabel(undoKeys[0] ?? '')}
        onLeave={leave}
      />
      <div className="rate-notes">
        {findTurn > 0 && shownId !== undefined && (
          <FindBar pairId={shownId} turn={findTurn} onClose={() => setFindTurn(0)} />
        )}
        <TrainingBanner rating={rating} />
        {study !== null && (
          <BreakReminder
            afterMinutes={study.breakAfterMinutes}
            since={workedSince}
            isTired={suggestsBreak && !isUntired}
            onPause={() => setDialog('pause')}
            onLater={() => {
              setWorkedSince(performance.now());
              setIsUntired(true);
            }}
          />
        )}
      </div>
      {isGuessing ? (
        <GuessView
          session={rating.session}
          onEnd={() => {
            setIsGuessing(false);
            void beginAgain();
          }}
        />
      ) : (
        <RateMessage
          rating={rating}
          onLeave={leave}
          onLook={() => setDialog('my_work')}
          onGuess={() => setIsGuessing(true)}
        />
      )}
      {rating.phase !== 'taken_over' &&
        [shown, prepared].map((presentation) =>
          presentation === undefined ? null : (
            <PairView
              key={presentation.presentationId}
              presentation={presentation}
              isShown={presentation === shown}
              isLinked={linkedScrolling}
              differences={differences}
            />
          ),
        )}
      {shown !== undefined && rating.phase !== 'taken_over' && (
        <footer className="rate-actions">
          {showsComment && (
            <label className="comment">
              {t('state.comment')}
              <textarea
                ref={comment}
                rows={2}
                maxLength={20_000}
                value={rating.note}
                readOnly={rating.phase !== 'viewing'}
                onChange={(event) => {
                  setIsCommenting(true);
                  setNote(event.target.value);
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Escape' && !isComposing(event.nativeEvent)) event.currentTarget.blur();
                }}
              />
            </label>
          )}
          {rating.phase === 'feedback' && rating.feedback !== null && (
            <PracticeFeedbackView feedback={rating.feedback} onContinue={continuePractice} />
          )}
          {rating.phase === 'revealed' && rating.revealed !== null && (
            <RevealedVotesView votes={rating.revealed} onContinue={continuePractice} />
          )}
          {hasDetails && study !== null && !isRead && (
            <div ref={detailsPanel}>
              <VoteDetailsPanel
                rubric={study.rubric}
                asksConfidence={study.asksConfidence}
                details={rating.details}
                confidence={rating.confidence}
                onDetails={setDetails}
                onConfidence={setConfidence}
              />
            </div>
          )}
          <ActionBar
            shownId={shown.presentationId}
            actions={actions.filter(isOnBar)}
            isEnabled={isEnabled}
            pressed={pressed}
            earlier={rating.earlier}
            learned={learned}
            onAction={perform}
          />
        </footer>
      )}
      <RateDialogs
        dialog={dialog}
        rating={rating}
        actions={actions}
        onClose={() => setDialog(null)}
        onRested={() => {
          setWorkedSince(performance.now());
          setIsUntired(true);
        }}
      />
    </div>
  );
}
