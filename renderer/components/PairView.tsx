import { memo, type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlindPresentation } from '../../shared/blind/blind-presentation.ts';
import { type Comparison, type DifferenceMode, useDifferences } from '../reading/use-differences.ts';
import { ConversationView } from './ConversationView.tsx';
import { ReadConversations } from './ReadConversations.tsx';
import { TaskView } from './TaskView.tsx';

interface PairViewProps {
  readonly presentation: BlindPresentation;
  readonly isShown: boolean;
  readonly isLinked: boolean;
  readonly differences: DifferenceMode;
  /** Whether turns before the question are unfolded. */
  readonly showsEarlierTurns?: boolean;
  /** Whether tabs show one side at a time. */
  readonly hasTabs?: boolean;
  readonly onToggleEarlierTurns?: () => void;
  /** Told how the two outputs on screen compare, where differences are marked. */
  readonly onCompared?: (comparison: Comparison) => void;
}

/**
 * A task beside two panes that look alike. The pair after the one on screen is rendered too, hidden, so
 * that advancing costs one style change.
 */
export const PairView = memo(function PairView({
  presentation,
  isShown,
  isLinked,
  differences,
  showsEarlierTurns = false,
  hasTabs = false,
  onToggleEarlierTurns = nothing,
  onCompared = nothing,
}: PairViewProps) {
  const { t } = useTranslation();
  const { presentationId, task } = presentation;
  const taskPane = useRef<HTMLElement>(null);
  const left = useRef<HTMLElement>(null);
  const right = useRef<HTMLElement>(null);
  useLinkedScrolling(left, right, isLinked && isShown);
  useDifferences(left, right, { mode: differences, isShown, onCompared });
  const pane = hasTabs ? { role: 'tabpanel' } : {};
  return (
    <div className="pair" aria-hidden={!isShown} data-presentation={isShown ? 'shown' : 'prepared'}>
      <ReadConversations of={[task, presentation.left, presentation.right]}>
        <section
          className="task"
          id={`task-${presentationId}`}
          aria-label={t('pair.task')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
          tabIndex={0}
          ref={taskPane}
        >
          <h2>{t('pair.task')}</h2>
          <TaskView
            task={task}
            isShown={isShown}
            showsEarlier={showsEarlierTurns}
            scroller={taskPane}
            onToggle={onToggleEarlierTurns}
          />
        </section>
        <div className="panes">
          {SIDES.map((side) => (
            <section
              key={side}
              className="pane"
              id={`${side}-${presentationId}`}
              aria-label={t(`pair.${side}Answer`)}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
              tabIndex={0}
              ref={side === 'left' ? left : right}
              {...pane}
            >
              <h2>{t(`pair.${side}`)}</h2>
              <ConversationView conversation={presentation[side]} plainRole="assistant" />
            </section>
          ))}
        </div>
      </ReadConversations>
    </div>
  );
}, isSamePair);

const SIDES = ['left', 'right'] as const;

function nothing(): void {
  // Whoever shows a pair on its own has nothing to fold, and nobody to tell.
}

/** Presentations never change, but every reply brings them as new objects. */
function isSamePair(before: PairViewProps, after: PairViewProps): boolean {
  return (
    before.presentation.presentationId === after.presentation.presentationId &&
    before.isShown === after.isShown &&
    before.isLinked === after.isLinked &&
    before.differences === after.differences &&
    before.showsEarlierTurns === after.showsEarlierTurns &&
    before.hasTabs === after.hasTabs &&
    before.onToggleEarlierTurns === after.onToggleEarlierTurns
  );
}

/** Scrolls both panes to the same share of their height. */
function useLinkedScrolling(
  left: RefObject<HTMLElement | null>,
  right: RefObject<HTMLElement | null>,
  isOn: boolean,
): void {
  useLayoutEffect(() => {
    const [first, second] = [left.current, right.current];
    if (!isOn || first === null || second === null) return undefined;
    let leader: HTMLElement | null = null;
    const follow = (from: HTMLElement, to: HTMLElement) => () => {
      if (leader === to) {
        leader = null;
        return;
      }
      const share = from.scrollTop / Math.max(1, from.scrollHeight - from.clientHeight);
      const target = Math.round(share * (to.scrollHeight - to.clientHeight));
      if (Math.abs(to.scrollTop - target) > 1) {
        leader = from;
        to.scrollTop = target;
      }
    };
    const followRight = follow(first, second);
    const followLeft = follow(second, first);
    first.addEventListener('scroll', followRight, { passive: true });
    second.addEventListener('scroll', followLeft, { passive: true });
    return () => {
      first.removeEventListener('scroll', followRight);
      second.removeEventListener('scroll', followLeft);
    };
  }, [left, right, isOn]);
}
