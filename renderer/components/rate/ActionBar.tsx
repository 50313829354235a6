import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyLabel } from '../../actions/key-name.ts';
import type { KeyedAction } from '../../actions/rating-action.ts';
import { giveKeysBack, useOwnClicks } from '../../actions/use-own-clicks.ts';
import type { EarlierAnswer } from '../../state/vote-drafts.ts';

const NOTHING_LEARNED: ReadonlySet<string> = new Set();

/** What stays in sight where there is little room. */
const IS_NEEDED: ReadonlySet<string> = new Set(['undo', 'go_on', 'help']);

function isAnswer({ id, answer }: KeyedAction): boolean {
  return answer !== undefined || id === 'cannot_tell';
}

/**
 * The buttons below a pair. A press is its own: the second half of a double click, a press that began over another pair, and
 * a Space meant for reading answer nothing.
 */
export function ActionBar<Action extends KeyedAction>({
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
  readonly actions: readonly Action[];
  readonly isEnabled?: (action: Action) => boolean;
  /** Of those that are on or off. */
  readonly pressed?: Readonly<Partial<Record<KeyedAction['id'], boolean>>>;
  /** What was said of the pair before. */
  readonly earlier?: EarlierAnswer | null;
  /** Actions whose keys need no hint any more. */
  readonly learned?: ReadonlySet<string>;
  readonly onAction: (action: Action, pressedAt: number) => void;
  readonly children?: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  const { onPress, pressTimeOf } = useOwnClicks(shownId);
  const [stale, setStale] = useState<KeyedAction['id'] | null>(null);
  // Where the focus stayed on an answer, Enter gives it again, and Space reads on: nobody has turned to the button yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when another pair comes
  useLayoutEffect(() => {
    const focused = bar.current?.querySelector<HTMLElement>('button.answer:focus');
    setStale((focused?.dataset.action as KeyedAction['id'] | undefined) ?? null);
  }, [shownId]);
  const isEarlier = ({ answer, strength }: KeyedAction) =>
    earlier !== null && answer === earlier.answer && (strength ?? null) === earlier.strength;
  const extras = useRef<HTMLDivElement>(null);
  useHiddenBeyondRow(extras, `${i18n.language} ${actions.map(({ id }) => id).join(' ')}`);
  const buttonOf = (action: Action) => (
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
      {action.keys.slice(0, 1).map((key) => (
        <span key={key} className={learned.has(action.id) ? 'key is-learned' : 'key'} aria-hidden="true">
          {keyLabel(key)}
        </span>
      ))}
    </button>
  );
  return (
    <div
      ref={bar}
      className="action-bar"
      role="toolbar"
      aria-label={t('state.answers')}
      onPointerDown={onPress}
      onKeyDown={onPress}
    >
      {actions.filter(isAnswer).map(buttonOf)}
      <div ref={extras} className="action-extras">
        {actions.filter((action) => !isAnswer(action) && action.id !== 'help').map(buttonOf)}
      </div>
      {actions.filter(({ id }) => id === 'help').map(buttonOf)}
      {children}
    </div>
  );
}

/**
 * Hides what stands beyond the first row, where it keeps its place: neither eyes nor keys meet a button that is half there. The
 * list of all actions has it.
 *
 * @param what changes where what is in the row does
 */
function useHiddenBeyondRow(row: RefObject<HTMLElement | null>, what: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew where other buttons stand there
  useLayoutEffect(() => {
    const { current } = row;
    if (current === null) return undefined;
    const measure = () => {
      for (const button of current.children) {
        if (!(button instanceof HTMLElement)) continue;
        const isBeyond = button.offsetTop >= current.clientHeight;
        button.style.visibility = isBeyond ? 'hidden' : '';
      }
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [row, what]);
}
