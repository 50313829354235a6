import {
  type MouseEvent,
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
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
  const leave = useCallback(() => setStale(null), []);
  const isEarlier = ({ answer, strength }: KeyedAction) =>
    earlier !== null && answer === earlier.answer && (strength ?? null) === earlier.strength;
  const extras = useRef<HTMLDivElement>(null);
  useHiddenBeyondRow(extras, `${i18n.language} ${actions.map(({ id }) => id).join(' ')}`);
  const press = useRef<(id: Action['id'], event: MouseEvent) => void>(nothing);
  useLayoutEffect(() => {
    press.current = (id, event) => {
      const at = pressTimeOf(event);
      giveKeysBack(event);
      const action = actions.find((each) => each.id === id);
      if (at !== null && action !== undefined) onAction(action, at);
    };
  });
  const buttonOf = (action: Action) => (
    <BarButton
      key={action.id}
      id={action.id}
      isAnswer={isAnswer(action)}
      hint={keyLabel(action.keys[0] ?? '')}
      isEnabled={isEnabled(action)}
      isPressed={pressed[action.id]}
      isEarlier={isEarlier(action)}
      isLearned={learned.has(action.id)}
      isStale={stale === action.id}
      onLeave={leave}
      press={press}
    />
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

function nothing(): void {
  // Nothing is pressed before the bar is there.
}

/** One button, which is drawn anew only where something about it changed: most of them stay as they are from pair to pair. */
const BarButton = memo(function BarButton({
  id,
  isAnswer,
  hint,
  isEnabled,
  isPressed,
  isEarlier,
  isLearned,
  isStale,
  onLeave,
  press,
}: {
  readonly id: KeyedAction['id'];
  readonly isAnswer: boolean;
  /** Its key as it is printed; empty where it has none. */
  readonly hint: string;
  readonly isEnabled: boolean;
  readonly isPressed: boolean | undefined;
  readonly isEarlier: boolean;
  readonly isLearned: boolean;
  readonly isStale: boolean;
  readonly onLeave: () => void;
  readonly press: RefObject<(id: KeyedAction['id'], event: MouseEvent) => void>;
}) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={isAnswer ? 'answer' : 'quiet-button'}
      aria-disabled={!isEnabled}
      aria-pressed={isPressed}
      title={t(`action.${id}.about`)}
      data-action={id}
      data-earlier={isEarlier ? '' : undefined}
      data-needed={IS_NEEDED.has(id) ? '' : undefined}
      data-stale={isStale ? '' : undefined}
      onBlur={onLeave}
      onClick={(event) => press.current(id, event)}
    >
      {t(`action.${id}.label`)}
      {isEarlier && <span className="visually-hidden"> {t('state.earlier')}</span>}
      {hint !== '' && (
        <span className={isLearned ? 'key is-learned' : 'key'} aria-hidden="true">
          {hint}
        </span>
      )}
    </button>
  );
});

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
