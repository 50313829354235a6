import {
  type CSSProperties,
  startTransition,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { placeOfQuestion } from '../../shared/study/place-of-question.ts';
import type { RaterRole } from '../../shared/study/rater-role.ts';
import { answersOfScale } from '../../shared/study/verdict.ts';
import { keyLabel } from '../actions/key-name.ts';
import {
  actionsOfScale,
  type RateDialog,
  type RatingAction,
  type RatingContext,
  type RatingScreenState,
} from '../actions/rating-action.ts';
import { useActionKeys } from '../actions/use-action-keys.ts';
import { PairView } from '../components/PairView.tsx';
import { ActionBar } from '../components/rate/ActionBar.tsx';
import { BreakReminder } from '../components/rate/BreakReminder.tsx';
import { CommentField } from '../components/rate/CommentField.tsx';
import { DifferencesLegend } from '../components/rate/DifferencesLegend.tsx';
import { FindBar } from '../components/rate/FindBar.tsx';
import { GuessView } from '../components/rate/GuessView.tsx';
import { ONE_SIDE, PairFrame, SCROLLS_AS_A_WHOLE } from '../components/rate/PairFrame.tsx';
import { PracticeFeedbackView } from '../components/rate/PracticeFeedbackView.tsx';
import { RateDialogs } from '../components/rate/RateDialogs.tsx';
import { RateHeader } from '../components/rate/RateHeader.tsx';
import { RateMessage } from '../components/rate/RateMessage.tsx';
import { RevealedVotesView } from '../components/rate/RevealedVotesView.tsx';
import { RevisitedBanner } from '../components/rate/RevisitedBanner.tsx';
import { showSide, sideInView } from '../components/rate/SideTabs.tsx';
import { TrainingBanner } from '../components/rate/TrainingBanner.tsx';
import { VoteDetailsPanel } from '../components/rate/VoteDetailsPanel.tsx';
import { earlierTurnsText } from '../components/TaskView.tsx';
import { drawSpans, MOST_SPANS, selectedSpan } from '../reading/marked-spans.ts';
import type { Comparison, DifferenceMode } from '../reading/use-differences.ts';
import { useMedia } from '../reading/use-media.ts';
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
  leaveRevisited,
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
import { useWindowTitle } from '../state/window-title.ts';

const NEXT_MODE = { off: 'shown', shown: 'folded', folded: 'off' } as const;
const MODE_NOTICE = {
  off: 'notice.differencesOff',
  shown: 'notice.differencesShown',
  folded: 'notice.differencesFolded',
} as const;

/** How much longer a line of the task may be, which has the whole width. */
const TASK_LINE = 1.45;

export function RateScreen({ studyId }: { readonly studyId: string }) {
  const rating = useRating();
  const { t } = useTranslation();
  const { learned } = useLearnedKeys();
  const settings = useSettings();
  const { keys, linkedScrolling, textSize, textWidth, isFocused, sessionGoal, showsRawText } = settings;
  const hasTabs = useMedia(ONE_SIDE);
  const isScrolled = useMedia(SCROLLS_AS_A_WHOLE);
  const [dialog, setDialog] = useState<RateDialog | null>(null);
  const [workedSince, setWorkedSince] = useState(() => performance.now());
  const [differences, setDifferences] = useState<DifferenceMode>('off');
  const [comparison, setComparison] = useState<Comparison>('differ');
  const [showsEarlierTurns, setShowsEarlierTurns] = useState(false);
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
  const [detailsTurn, setDetailsTurn] = useState(0);
  const screen = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
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
    // The next pair begins at its beginning. Elsewhere asking for it would cost a layout of its own.
    if (isScrolled) document.scrollingElement?.scrollTo({ top: 0, behavior: 'instant' });
    setDialog((open) => (open === 'skip' || open === 'mark' ? null : open));
    if (shownId === undefined) setFindTurn(0);
  }, [shownId, isScrolled]);

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
  useEffect(() => {
    if (detailsTurn > 0) detailsPanel.current?.querySelector('input')?.focus();
  }, [detailsTurn]);

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
  useWindowTitle([t('study.places.begin'), study?.name ?? '']);
  const asksDetails =
    study !== null &&
    (study.asksConfidence || study.rubric.criteria.length > 0 || study.rubric.reasonTags.length > 0);
  const hasEarlierTurns = shown !== undefined && placeOfQuestion(shown.task) > 0;
  const stateNow = (): RatingScreenState => ({
    phase: rating.phase,
    isSending: isBeingSent(),
    canUndo: rating.progress?.canUndo === true,
    isRevisiting: rating.revisited !== null,
    isFinal: rating.revisited?.canChange === false,
    asksDetails,
    marksSpans: study?.marksSpans === true,
    hasExamples,
    hasEarlierTurns,
    showsOneSide: hasTabs,
  });
  const actions =
    study === null
      ? []
      : actionsOfScale(study.scale, answersOfScale(study.scale), keys).filter((action) =>
          action.isOffered(stateNow()),
        );
  const isEnabled = (action: RatingAction) => action.isEnabled(stateNow());
  const toggleEarlierTurns = useCallback(() => {
    const [current] = useRating.getState().queue;
    setShowsEarlierTurns((isOpen) => {
      if (current !== undefined) {
        const turns = earlierTurnsText(t, current.task);
        say(t(isOpen ? 'task.folded' : 'task.unfolded', { turns }));
      }
      return !isOpen;
    });
  }, [t]);
  const context: RatingContext = {
    answer: ({ answer, strength }, pressedAt) => {
      if (answer !== undefined)
        void submitAnswer(answer, { pressedAt, ...(strength === undefined ? {} : { strength }) });
    },
    open: setDialog,
    comment: () => {
      setIsCommenting(true);
      setCommentTurn(commentTurn + 1);
    },
    goToDetails: () => setDetailsTurn(detailsTurn + 1),
    undo: () => void undoLast(),
    leaveRevisited,
    markReason: () => markReason(),
    find: () => {
      // What is folded could not be found.
      if (hasEarlierTurns) setShowsEarlierTurns(true);
      setFindTurn(findTurn + 1);
    },
    toggleEarlierTurns,
    showOtherSide: () => showSide(frame, sideInView(frame) === 'left' ? 'right' : 'left'),
    nextDifferences: () => {
      const next = NEXT_MODE[differences];
      setDifferences(next);
      say(t(MODE_NOTICE[next]));
    },
    toggle: (setting) => {
      void changeSettings({ [setting]: !settings[setting] });
      if (setting === 'showsRawText') say(t(showsRawText ? 'notice.laidOut' : 'notice.rawText'));
    },
    resizeTexts: (by) =>
      void changeSettings({ textSize: Math.min(2, Math.max(0.8, Math.round(10 * (textSize + by)) / 10)) }),
  };
  const perform = (action: RatingAction, pressedAt: number) => {
    if (isEnabled(action)) action.perform(context, pressedAt);
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
    earlier_turns: showsEarlierTurns && hasEarlierTurns,
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
  const { missing } = rating;
  useEffect(() => {
    if (missing.length > 0) detailsPanel.current?.querySelector<HTMLElement>('[data-missing] input')?.focus();
  }, [missing]);

  return (
    <div
      ref={screen}
      className={isFocused ? 'rate is-focused' : 'rate'}
      data-phase={rating.phase}
      data-painted={shown === undefined || isUnseen ? undefined : ''}
      data-paused={dialog === 'pause' ? '' : undefined}
      style={
        {
          '--text-size': textSize,
          '--text-width': `${textWidth}ch`,
          '--task-width': `${TASK_LINE * textWidth}ch`,
        } as CSSProperties
      }
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
        {rating.revisited !== null && <RevisitedBanner rating={rating} onGoOn={leaveRevisited} />}
        {differences !== 'off' && shown !== undefined && !isGuessing && (
          <DifferencesLegend mode={differences} comparison={comparison} />
        )}
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
      {shown !== undefined && rating.phase !== 'taken_over' && (
        <PairFrame shownId={shown.presentationId} hasTabs={hasTabs} frame={frame}>
          {[shown, prepared].map((presentation) =>
            presentation === undefined ? null : (
              <PairView
                key={presentation.presentationId}
                presentation={presentation}
                isShown={presentation === shown}
                isLinked={linkedScrolling}
                differences={differences}
                showsEarlierTurns={showsEarlierTurns}
                hasTabs={hasTabs}
                onToggleEarlierTurns={toggleEarlierTurns}
                onCompared={setComparison}
              />
            ),
          )}
        </PairFrame>
      )}
      {shown !== undefined && rating.phase !== 'taken_over' && (
        <footer className="rate-actions">
          {showsComment && (
            <CommentField
              field={comment}
              note={rating.note}
              isReadOnly={rating.phase !== 'viewing' || rating.revisited?.canChange === false}
              onNote={(note) => {
                setIsCommenting(true);
                setNote(note);
              }}
            />
          )}
          {rating.phase === 'feedback' && rating.feedback !== null && (
            <PracticeFeedbackView feedback={rating.feedback} onContinue={continuePractice} />
          )}
          {rating.phase === 'revealed' && rating.revealed !== null && (
            <RevealedVotesView votes={rating.revealed} onContinue={continuePractice} />
          )}
          {asksDetails && study !== null && !isRead && (
            <div ref={detailsPanel}>
              <VoteDetailsPanel
                rubric={study.rubric}
                asksConfidence={study.asksConfidence}
                details={rating.details}
                confidence={rating.confidence}
                missing={missing}
                isReadOnly={rating.revisited?.canChange === false}
                onDetails={setDetails}
                onConfidence={setConfidence}
              />
            </div>
          )}
          <ActionBar
            shownId={shown.presentationId}
            actions={actions.filter(({ id, isOnBar }) => isOnBar === true || pressed[id] === true)}
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
        isEnabled={isEnabled}
        pressed={pressed}
        onAction={perform}
        onClose={() => setDialog(null)}
        onRested={() => {
          setWorkedSince(performance.now());
          setIsUntired(true);
        }}
      />
    </div>
  );
}
