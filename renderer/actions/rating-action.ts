/** What a rater can do, once for keys, buttons and help. */
import type { Answer, VerdictScale } from '../../shared/domain/verdict.ts';
import type { en } from '../language/en.ts';

export interface RatingAction {
  /** Names it in the catalogue of texts, too. */
  readonly id: ActionId;
  readonly keys: readonly string[];
  readonly answer?: Answer;
  /** By how much a side is better, where the scale asks. */
  readonly strength?: number;
}

export type ActionId = keyof typeof en.action;

export const RATING_ACTIONS = [
  { id: 'left', keys: ['1', 'arrowleft'], answer: 'left' },
  { id: 'right', keys: ['2', 'arrowright'], answer: 'right' },
  { id: 'tie', keys: ['3', 'arrowdown'], answer: 'tie' },
  { id: 'both_bad', keys: ['4'], answer: 'both_bad' },
  { id: 'skip', keys: ['s'], answer: 'skipped' },
  { id: 'details', keys: ['d'] },
  { id: 'comment', keys: ['c'] },
  { id: 'undo', keys: ['z'] },
  { id: 'guideline', keys: ['g'] },
  { id: 'examples', keys: ['e'] },
  { id: 'link_scroll', keys: ['l'] },
  { id: 'mark', keys: ['m'] },
  { id: 'find', keys: ['slash'] },
  { id: 'differences', keys: ['x'] },
  { id: 'my_work', keys: ['w'] },
  { id: 'pause', keys: ['p'] },
  { id: 'larger', keys: ['equal', 'plus'] },
  { id: 'smaller', keys: ['minus'] },
  { id: 'focus', keys: ['f'] },
  { id: 'help', keys: ['?'] },
] as const satisfies readonly RatingAction[];

/** Answers to the last questions, with the user's keys for the sides. */
export function guessActions(changes: Readonly<Record<string, readonly string[]>>): RatingAction[] {
  const sides = boundActions(changes).filter(({ id }) => id === 'left' || id === 'right');
  return [...sides, { id: 'cannot_tell', keys: ['3', 'arrowdown'] }];
}

const GRADED = {
  graded_5: ['left_2', 'left_1', 'tie', 'right_1', 'right_2'],
  graded_7: ['left_3', 'left_2', 'left_1', 'tie', 'right_1', 'right_2', 'right_3'],
} as const;

/** The answers of a graded scale from left to right, on the digits. They stand in for left, right and tie. */
function gradedActions(scale: keyof typeof GRADED): RatingAction[] {
  return GRADED[scale].map((id, place) => {
    const keys = [String(place + 1)];
    if (id === 'tie') return { id, keys, answer: 'tie' };
    const [answer, strength] = id.split('_') as ['left' | 'right', string];
    return { id, keys, answer, strength: Number(strength) };
  });
}

/** The actions a scale offers, with the user's keys. */
export function actionsOfScale(
  scale: VerdictScale,
  answers: readonly Answer[],
  changes: Readonly<Record<string, readonly string[]>>,
): RatingAction[] {
  const offered = boundActions(changes).filter(
    ({ answer }) => answer === undefined || answers.includes(answer),
  );
  if (scale !== 'graded_5' && scale !== 'graded_7') return offered;
  const graded = gradedActions(scale);
  const taken = new Set(graded.flatMap(({ keys }) => keys));
  return [
    ...graded,
    ...offered
      .filter(({ answer }) => answer === undefined || answer === 'skipped')
      .map((action) => ({ ...action, keys: action.keys.filter((key) => !taken.has(key)) })),
  ];
}

/** Keys that the page or the browser needs for itself. */
const RESERVED = new Set([
  'tab',
  'enter',
  'escape',
  'space',
  'backspace',
  'delete',
  'shift',
  'control',
  'alt',
  'meta',
]);

/** Each action's keys after the user's changes. */
export function boundActions(changes: Readonly<Record<string, readonly string[]>>): RatingAction[] {
  return RATING_ACTIONS.map((action: RatingAction) => {
    const keys = changes[action.id];
    return keys === undefined ? action : { ...action, keys };
  });
}

/** Why a key cannot be given to an action: the page needs it, or another action has it. Null where it can. */
export function keyRefusal(
  key: string,
  actionId: ActionId,
  actions: readonly RatingAction[],
): 'reserved' | { readonly heldBy: ActionId } | null {
  if (RESERVED.has(key)) return 'reserved';
  const holder = actions.find((action) => action.id !== actionId && action.keys.includes(key));
  return holder === undefined ? null : { heldBy: holder.id };
}

/** Signs that have a name, however a layout makes them. */
const SIGNS: Readonly<Record<string, string>> = {
  '/': 'slash',
  '=': 'equal',
  '+': 'plus',
  '-': 'minus',
  '?': '?',
  '؟': '?',
};

/**
 * The name of a pressed key as bindings write it. Latin letters and {@link SIGNS} go by what is written on the key, so
 * that Z is Z on every layout; digits go by their place, because a French digit row needs Shift for them; other
 * keys, and letters of other scripts, go by their place too. With Num Lock off the number pad is no digits.
 */
export function keyNameOf(
  event: Pick<KeyboardEvent, 'code' | 'key'> & { readonly shiftKey?: boolean },
): string {
  if (/^[a-z]$/iu.test(event.key) && event.shiftKey !== true) return event.key.toLowerCase();
  const sign = SIGNS[event.key];
  const isOnDigit = event.code.startsWith('Digit') && event.shiftKey !== true;
  if (sign !== undefined && !isOnDigit) return sign;
  if (event.code.startsWith('Numpad') && !/^\d$/u.test(event.key)) return event.key.toLowerCase();
  const place = event.code.replace(/^(?:Key|Digit|Numpad)(?=.)/u, '').toLowerCase();
  const isOtherSign = Object.values(SIGNS).includes(place) && !isOfOtherScript(event.key);
  if (isOtherSign) return event.key.toLowerCase();
  return event.shiftKey === true ? `shift+${place}` : place;
}

function isOfOtherScript(written: string): boolean {
  return /^\p{Letter}$/u.test(written) && !/^\p{Script=Latin}$/u.test(written);
}

const SYMBOLS: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  slash: '/',
  equal: '=',
  plus: '+',
  minus: '−',
};

export function keyLabel(key: string): string {
  return SYMBOLS[key] ?? (key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1));
}
