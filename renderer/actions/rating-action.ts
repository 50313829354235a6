/** What a rater can do, once for keys, buttons and help. */
import type { Answer, VerdictScale } from '../../shared/domain/verdict.ts';

export interface RatingAction {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly keys: readonly string[];
  readonly answer?: Answer;
  /** By how much a side is better, where the scale asks. */
  readonly strength?: number;
}

export const RATING_ACTIONS = [
  { id: 'left', label: 'Left', about: 'The left answer is better', keys: ['1', 'arrowleft'], answer: 'left' },
  {
    id: 'right',
    label: 'Right',
    about: 'The right answer is better',
    keys: ['2', 'arrowright'],
    answer: 'right',
  },
  { id: 'tie', label: 'Tie', about: 'Both are about equal', keys: ['3', 'arrowdown'], answer: 'tie' },
  { id: 'both_bad', label: 'Both bad', about: 'Neither is usable', keys: ['4'], answer: 'both_bad' },
  { id: 'skip', label: 'Skip', about: 'Skip, with a reason', keys: ['s'], answer: 'skipped' },
  { id: 'details', label: 'Details', about: 'Go to criteria, reasons and sureness', keys: ['d'] },
  { id: 'comment', label: 'Comment', about: 'Add a comment to this vote', keys: ['c'] },
  { id: 'undo', label: 'Undo', about: 'Take back the last vote', keys: ['z'] },
  { id: 'guideline', label: 'Guideline', about: 'Show the guideline', keys: ['g'] },
  { id: 'link_scroll', label: 'Link scrolling', about: 'Scroll both answers together', keys: ['l'] },
  { id: 'mark', label: 'Mark', about: 'Mark what is selected, or sentences, as the reason', keys: ['m'] },
  { id: 'find', label: 'Find', about: 'Find words in this pair', keys: ['slash'] },
  {
    id: 'differences',
    label: 'Differences',
    about: 'Mark the words only one side has; again to fold what is alike',
    keys: ['x'],
  },
  { id: 'my_work', label: 'My work', about: 'Look at your own votes', keys: ['w'] },
  { id: 'pause', label: 'Pause', about: 'Pause; the clock stands still', keys: ['p'] },
  { id: 'larger', label: 'Larger', about: 'Larger texts', keys: ['equal'] },
  { id: 'smaller', label: 'Smaller', about: 'Smaller texts', keys: ['minus'] },
  { id: 'focus', label: 'Focus', about: 'Hide everything but the pair and the answers', keys: ['f'] },
  { id: 'help', label: 'Keys', about: 'Show all keys', keys: ['?'] },
] as const satisfies readonly RatingAction[];

const STEPS = {
  graded_5: { 2: 'clearly', 1: 'a little' },
  graded_7: { 3: 'much', 2: 'clearly', 1: 'a little' },
} as const;

/** The answers of a graded scale from left to right, on the digits. They stand in for left, right and tie. */
function gradedActions(scale: 'graded_5' | 'graded_7'): RatingAction[] {
  const steps = Object.entries(STEPS[scale]).map(([strength, word]) => ({
    strength: Number(strength),
    word,
  }));
  const strongest = steps.toSorted((one, two) => two.strength - one.strength);
  const side = (answer: 'left' | 'right', name: string) =>
    strongest.map(({ strength, word }) => ({
      id: `${answer}_${strength}`,
      label: `${name}, ${word}`,
      about: `The ${answer} answer is better, ${word}`,
      answer,
      strength,
    }));
  const tie = { id: 'tie', label: 'Tie', about: 'Both are about equal', answer: 'tie' as const };
  return [...side('left', 'Left'), tie, ...side('right', 'Right').reverse()].map((action, place) => ({
    ...action,
    keys: [String(place + 1)],
  }));
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
  return [
    ...gradedActions(scale),
    ...offered.filter(({ answer }) => answer === undefined || answer === 'skipped'),
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

/** Why a key cannot be given to an action, or null. */
export function keyRefusal(key: string, actionId: string, actions: readonly RatingAction[]): string | null {
  if (RESERVED.has(key)) return `“${keyLabel(key)}” is needed for moving about the page.`;
  const holder = actions.find((action) => action.id !== actionId && action.keys.includes(key));
  return holder === undefined ? null : `“${keyLabel(key)}” already means “${holder.label}”.`;
}

/**
 * The name of a pressed key as bindings write it. A Latin letter or “?” goes by what is written on the key, so
 * that Z is Z on every layout; digits go by their place, because a French digit row needs Shift for them; other
 * keys, and letters of other scripts, go by their place too. With Num Lock off the number pad is no digits.
 */
export function keyNameOf(
  event: Pick<KeyboardEvent, 'code' | 'key'> & { readonly shiftKey?: boolean },
): string {
  if (/^[a-z]$/iu.test(event.key) && event.shiftKey !== true) return event.key.toLowerCase();
  if (event.key === '?') return '?';
  if (event.code.startsWith('Numpad') && !/^\d$/u.test(event.key)) return event.key.toLowerCase();
  const place = event.code.replace(/^(?:Key|Digit|Numpad)(?=.)/u, '').toLowerCase();
  return event.shiftKey === true ? `shift+${place}` : place;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  slash: '/',
  equal: '=',
  minus: '−',
};

export function keyLabel(key: string): string {
  return SYMBOLS[key] ?? (key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1));
}
