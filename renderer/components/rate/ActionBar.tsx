import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyLabel, type RatingAction } from '../../actions/rating-action.ts';
import { giveKeysBack, useOwnClicks } from '../../actions/use-own-clicks.ts';
import type { EarlierAnswer } from '../../state/vote-drafts.ts';

const NOTHING_LEARNED: ReadonlySet<string> = new Set();

/** What stays in sight where there is little room. */
const IS_NEEDED: ReadonlySet<string> = new Set(['undo']);

function isAnswer({ id, answer }: RatingAction): boolean {
  return answer !== undefined || id === 'cannot_tell';
}

/**
 * The buttons below a pair. A press is its own: the second half of a double click, a press that began over another pair, and
 * a Space meant for reading answer nothing.
 */
export function ActionBar({
  shownId,
  actions,
  isEnabled = () => true,
  pressed = {},
  earlier = null,
  learned = NOTHING_LEARNED,
  onAction,
  children,
}: {
  /** What is shown above the buttons. */
  readonly shownId: string;
  readonly actions: readonly RatingAction[];
  readonly isEnabled?: (action: RatingAction) => boolean;
  /** Of those that are on or off. */
  readonly pressed?: Readonly<Partial<Record<RatingAction['id'], boolean>>>;
  /** What was said of the pair before. */
  readonly earlier?: EarlierAnswer | null;
  /** Actions whose keys need no hint any more. */
  readonly learned?: ReadonlySet<string>;
  readonly onAction: (action: RatingAction, pressedAt: number) => void;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  const [showsAll, setShowsAll] = useState(false);
  const { onPress, pressTimeOf } = useOwnClicks(shownId);
  const [stale, setStale] = useState<RatingAction['id'] | null>(null);
  // Where the focus stayed on an answer, Enter gives it again, and Space reads on: nobody has turned to the button yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when another pair comes
  useLayoutEffect(() => {
    const focused = bar.current?.querySelector<HTMLElement>('button.answer:focus');
    setStale((focused?.dataset.action as RatingAction['id'] | undefined) ?? null);
  }, [shownId]);
  const isEarlier = ({ answer, strength }: RatingAction) =>
    earlier !== null && answer === earlier.answer && (strength ?? null) === earlier.strength;
  return (
    <div
      ref={bar}
      className="action-bar"
      role="toolbar"
      aria-label={t('state.answers')}
      data-shows-all={showsAll ? '' : undefined}
      onPointerDown={onPress}
      onKeyDown={onPress}
    >
      {actions.map((action) => (
        <button
          key={action.id}
          type="button"
          className={isAnswer(action) ? 'answer' : 'quiet-button'}
          aria-disabled={!isEnabled(action)}
          aria-pressed={pressed[action.id]}
          title={t(`action.${action.id}.about`)}
          data-action={action.id}
          data-earlier={isEarlier(action) ? '' : undefined}
          data-needed={IS_NEEDED.has(action.id) ? '' : undefined}
          data-stale={stale === action.id ? '' : undefined}
          onBlur={() => setStale(null)}
          onClick={(event) => {
            const at = pressTimeOf(event);
            giveKeysBack(event);
            if (at !== null) onAction(action, at);
          }}
        >
          {t(`action.${action.id}.label`)}
          {isEarlier(action) && <span className="visually-hidden"> {t('state.earlier')}</span>}
          {action.keys.length > 0 && (
            <span className={learned.has(action.id) ? 'key is-learned' : 'key'} aria-hidden="true">
              {action.keys.map(keyLabel).join(' ')}
            </span>
          )}
        </button>
      ))}
      {children}
      <button
        type="button"
        className="quiet-button more-actions"
        aria-expanded={showsAll}
        onClick={() => setShowsAll(!showsAll)}
      >
        {t(showsAll ? 'state.fewerActions' : 'state.moreActions')}
      </button>
    </div>
  );
}
