import { memo, type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlindPresentation } from '../../shared/blind/blind-presentation.ts';
import { type DifferenceMode, useDifferences } from '../reading/use-differences.ts';
import { ConversationView } from './ConversationView.tsx';
import { ReadConversations } from './ReadConversations.tsx';

interface PairViewProps {
  readonly presentation: BlindPresentation;
  readonly isShown: boolean;
  readonly isLinked: boolean;
  readonly differences: DifferenceMode;
}

/**
 * A task above two panes that look alike. The pair after the one on screen is rendered too, hidden, so
 * that advancing costs one style change.
 */
export const PairView = memo(function PairView({
  presentation,
  isShown,
  isLinked,
  differences,
}: PairViewProps) {
  const { t } = useTranslation();
  const left = useRef<HTMLElement>(null);
  const right = useRef<HTMLElement>(null);
  useLinkedScrolling(left, right, isLinked && isShown);
  useDifferences(left, right, differences, isShown);
  return (
    <div
      className="pair"
      hidden={!isShown}
      aria-hidden={!isShown}
      data-presentation={isShown ? 'shown' : 'prepared'}
    >
      <ReadConversations of={[presentation.task, presentation.left, presentation.right]}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
        <section className="task" aria-label={t('pair.task')} tabIndex={0}>
          <h2>{t('pair.task')}</h2>
          <ConversationView conversation={presentation.task} plainRole="user" />
        </section>
        <div className="panes">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
          <section className="pane" aria-label={t('pair.leftAnswer')} tabIndex={0} ref={left}>
            <h2>{t('pair.left')}</h2>
            <ConversationView conversation={presentation.left} plainRole="assistant" />
          </section>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
          <section className="pane" aria-label={t('pair.rightAnswer')} tabIndex={0} ref={right}>
            <h2>{t('pair.right')}</h2>
            <ConversationView conversation={presentation.right} plainRole="assistant" />
          </section>
        </div>
      </ReadConversations>
    </div>
  );
}, isSamePair);

/** Presentations never change, but every reply brings them as new objects. */
function isSamePair(before: PairViewProps, after: PairViewProps): boolean {
  return (
    before.presentation.presentationId === after.presentation.presentationId &&
    before.isShown === after.isShown &&
    before.isLinked === after.isLinked &&
    before.differences === after.differences
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
