/** What a rater can do: once for keys, buttons and the list of both. */
import type { Answer, VerdictScale } from '../../shared/study/verdict.ts';
import type { en } from '../language/en.ts';
import type { RatingPhase } from '../state/rating.ts';
import { READING_KEYS } from './key-name.ts';

/** Names an action, in the catalogue of texts, too: its label, and what it is about. */
export type ActionId = keyof typeof en.action;

/** An action as a key and a button have it. */
export interface KeyedAction {
  readonly id: ActionId;
  readonly keys: readonly string[];
  /** A key that does it, too, whatever the user chose: what every program has. */
  readonly commonKey?: string;
  readonly answer?: Answer;
  /** By how much a side is better, where the scale asks. */
  readonly strength?: number;
}

/** What stands on the screen of a rater, as far as it decides what can be done. */
export interface RatingScreenState {
  readonly phase: RatingPhase;
  /** Whether a decision about the pair is on its way. */
  readonly isSending: boolean;
  readonly canUndo: boolean;
  /** Whether an own vote is looked at again, and whether it can still be changed. */
  readonly isRevisiting: boolean;
  readonly isFinal: boolean;
  readonly asksDetails: boolean;
  readonly marksSpans: boolean;
  readonly hasExamples: boolean;
  /** Whether the task on screen has turns before its question. */
  readonly hasEarlierTurns: boolean;
  /** Whether there is room for one of both answers only. */
  readonly showsOneSide: boolean;
}

export type RateDialog = 'skip' | 'guideline' | 'help' | 'examples' | 'my_work' | 'pause' | 'mark';

/** The hands of the screen: everything that an action does, it does with them. */
export interface RatingContext {
  answer(given: Pick<KeyedAction, 'answer' | 'strength'>, pressedAt: number): void;
  open(dialog: RateDialog): void;
  comment(): void;
  goToDetails(): void;
  undo(): void;
  leaveRevisited(): void;
  markReason(): void;
  find(): void;
  toggleEarlierTurns(): void;
  showOtherSide(): void;
  nextDifferences(): void;
  toggle(setting: 'linkedScrolling' | 'showsRawText' | 'isFocused'): void;
  resizeTexts(by: number): void;
}

export interface RatingAction extends KeyedAction {
  /** Where it is one button of the row; else the list of all actions has it. */
  readonly isOnBar?: boolean;
  /** Whether it has a place in this study, and in what is looked at. */
  isOffered(state: RatingScreenState): boolean;
  isEnabled(state: RatingScreenState): boolean;
  perform(context: RatingContext, pressedAt: number): void;
}

const always = () => true;

/** Whether anything can be said of the pair on screen. */
function canSay({ phase, isSending, isFinal }: RatingScreenState): boolean {
  return phase === 'viewing' && !isSending && !isFinal;
}

/** Whether a pair is there to be read. */
function isPairShown({ phase }: RatingScreenState): boolean {
  return ['viewing', 'saving', 'failed', 'feedback', 'revealed'].includes(phase);
}

function canUndo({ phase, canUndo, isSending, isRevisiting }: RatingScreenState): boolean {
  if (isSending || isRevisiting) return false;
  return phase === 'revealed' || (['viewing', 'finished', 'block_end'].includes(phase) && canUndo);
}

function canLookBack({ phase, isSending }: RatingScreenState): boolean {
  return ['viewing', 'finished', 'block_end'].includes(phase) && !isSending;
}

const TEXT_STEP = 0.1;

function answering(given: Pick<KeyedAction, 'answer' | 'strength'>) {
  return {
    ...given,
    isOnBar: true,
    isOffered: always,
    isEnabled: canSay,
    perform: (context: RatingContext, pressedAt: number) => context.answer(given, pressedAt),
  };
}

function opening(dialog: RateDialog) {
  return {
    isOffered: always,
    isEnabled: always,
    perform: ({ open }: RatingContext) => open(dialog),
  };
}

export const RATING_ACTIONS = [
  { id: 'left', keys: ['1', 'arrowleft'], ...answering({ answer: 'left' }) },
  { id: 'right', keys: ['2', 'arrowright'], ...answering({ answer: 'right' }) },
  { id: 'tie', keys: ['3'], ...answering({ answer: 'tie' }) },
  { id: 'both_bad', keys: ['4'], ...answering({ answer: 'both_bad' }) },
  {
    id: 'skip',
    keys: ['s'],
    ...opening('skip'),
    answer: 'skipped',
    isOnBar: true,
    isEnabled: canSay,
  },
  {
    id: 'details',
    keys: ['d'],
    isOnBar: true,
    isOffered: ({ asksDetails }) => asksDetails,
    isEnabled: canSay,
    perform: ({ goToDetails }) => goToDetails(),
  },
  {
    id: 'comment',
    keys: ['c'],
    isOnBar: true,
    isOffered: always,
    isEnabled: canSay,
    perform: ({ comment }) => comment(),
  },
  {
    id: 'mark',
    keys: ['m'],
    isOffered: ({ marksSpans }) => marksSpans,
    isEnabled: canSay,
    perform: ({ markReason }) => markReason(),
  },
  {
    id: 'undo',
    keys: ['z'],
    commonKey: 'mod+z',
    isOnBar: true,
    isOffered: ({ isRevisiting }) => !isRevisiting,
    isEnabled: canUndo,
    perform: ({ undo }) => undo(),
  },
  {
    id: 'go_on',
    keys: ['escape'],
    isOnBar: true,
    isOffered: ({ isRevisiting }) => isRevisiting,
    isEnabled: ({ isSending }) => !isSending,
    perform: ({ leaveRevisited }) => leaveRevisited(),
  },
  { id: 'guideline', keys: ['g'], isOnBar: true, ...opening('guideline') },
  { id: 'examples', keys: ['e'], ...opening('examples'), isOffered: ({ hasExamples }) => hasExamples },
  { id: 'my_work', keys: ['w'], ...opening('my_work'), isEnabled: canLookBack },
  {
    id: 'earlier_turns',
    keys: ['t'],
    isOffered: always,
    isEnabled: (state) => isPairShown(state) && state.hasEarlierTurns,
    perform: ({ toggleEarlierTurns }) => toggleEarlierTurns(),
  },
  {
    id: 'other_side',
    keys: ['o'],
    isOffered: ({ showsOneSide }) => showsOneSide,
    isEnabled: isPairShown,
    perform: ({ showOtherSide }) => showOtherSide(),
  },
  {
    id: 'find',
    keys: ['slash'],
    isOffered: always,
    isEnabled: isPairShown,
    perform: ({ find }) => find(),
  },
  {
    id: 'differences',
    keys: ['x'],
    isOffered: always,
    isEnabled: isPairShown,
    perform: ({ nextDifferences }) => nextDifferences(),
  },
  {
    id: 'raw_text',
    keys: ['r'],
    isOffered: always,
    isEnabled: always,
    perform: ({ toggle }) => toggle('showsRawText'),
  },
  {
    id: 'link_scroll',
    keys: ['l'],
    isOffered: always,
    isEnabled: always,
    perform: ({ toggle }) => toggle('linkedScrolling'),
  },
  { id: 'pause', keys: ['p'], ...opening('pause') },
  {
    id: 'larger',
    keys: ['equal', 'plus'],
    isOffered: always,
    isEnabled: always,
    perform: ({ resizeTexts }) => resizeTexts(TEXT_STEP),
  },
  {
    id: 'smaller',
    keys: ['minus'],
    isOffered: always,
    isEnabled: always,
    perform: ({ resizeTexts }) => resizeTexts(-TEXT_STEP),
  },
  {
    id: 'focus',
    keys: ['f'],
    isOffered: always,
    isEnabled: always,
    perform: ({ toggle }) => toggle('isFocused'),
  },
  { id: 'help', keys: ['?'], isOnBar: true, ...opening('help') },
] as const satisfies readonly RatingAction[];

/** Answers to the last questions, with the user's keys for the sides. */
export function guessActions(changes: Readonly<Record<string, readonly string[]>>): KeyedAction[] {
  const sides = boundActions(changes).filter(({ id }) => id === 'left' || id === 'right');
  return [...sides, { id: 'cannot_tell', keys: ['3'] }];
}

const GRADED = {
  graded_5: ['left_2', 'left_1', 'tie', 'right_1', 'right_2'],
  graded_7: ['left_3', 'left_2', 'left_1', 'tie', 'right_1', 'right_2', 'right_3'],
} as const;

/** The answers of a graded scale from left to right, on the digits. They stand in for left, right and tie. */
function gradedActions(scale: keyof typeof GRADED): RatingAction[] {
  return GRADED[scale].map((id, place) => {
    const keys = [String(place + 1)];
    if (id === 'tie') return { id, keys, ...answering({ answer: 'tie' }) };
    const [answer, strength] = id.split('_') as ['left' | 'right', string];
    return { id, keys, ...answering({ answer, strength: Number(strength) }) };
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

/** Other keys that the page or the browser needs for itself. */
const RESERVED = new Set([
  ...READING_KEYS,
  'tab',
  'enter',
  'escape',
  'backspace',
  'delete',
  'shift',
  'control',
  'alt',
  'meta',
]);

/** A key as it may be kept: what Shift does to a reading key changes nothing about that. */
function isReserved(key: string): boolean {
  return key === '' || RESERVED.has(key.replace(/^shift\+/u, ''));
}

/** Each action's keys after the user's changes. A key that was chosen before it was needed for reading is passed over. */
export function boundActions(changes: Readonly<Record<string, readonly string[]>>): RatingAction[] {
  const bound = RATING_ACTIONS.map((action: RatingAction) => {
    const keys = changes[action.id]?.filter((key) => !isReserved(key));
    return keys === undefined || keys.length === 0 ? action : { ...action, keys };
  });
  // A key that somebody chose before another action came with it stays with what it was chosen for.
  const chosen = new Set(
    bound.flatMap(({ id, keys }) => (changes[id]?.some((key) => keys.includes(key)) === true ? keys : [])),
  );
  return bound.map((action) =>
    changes[action.id] === undefined && action.keys.some((key) => chosen.has(key))
      ? { ...action, keys: action.keys.filter((key) => !chosen.has(key)) }
      : action,
  );
}

/** Why a key cannot be given to an action: the page needs it, or another action has it. Null where it can. */
export function keyRefusal(
  key: string,
  actionId: ActionId,
  actions: readonly KeyedAction[],
): 'reserved' | { readonly heldBy: ActionId } | null {
  if (isReserved(key)) return 'reserved';
  const holder = actions.find((action) => action.id !== actionId && action.keys.includes(key));
  return holder === undefined ? null : { heldBy: holder.id };
}
