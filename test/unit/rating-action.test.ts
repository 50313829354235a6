import { describe, expect, it } from 'vitest';
import { keyNameOf, type PressedKey, READING_KEYS } from '../../renderer/actions/key-name.ts';
import {
  actionsOfScale,
  boundActions,
  guessActions,
  keyRefusal,
  RATING_ACTIONS,
  type RatingContext,
  type RatingScreenState,
} from '../../renderer/actions/rating-action.ts';
import { answersOfScale, VERDICT_SCALES } from '../../shared/study/verdict.ts';

/** Whose keyboard it is, what a press tells, and what the key is called. */
const PRESSES: readonly (readonly [string, PressedKey, string])[] = [
  ...Object.entries({
    0: 'Insert',
    1: 'End',
    2: 'ArrowDown',
    3: 'PageDown',
    4: 'ArrowLeft',
    5: 'Clear',
    6: 'ArrowRight',
    7: 'Home',
    8: 'ArrowUp',
    9: 'PageUp',
  }).flatMap(([digit, key]): (readonly [string, PressedKey, string])[] => [
    ['the number pad without Num Lock', { code: `Numpad${digit}`, key, location: 3 }, digit],
    ['a number pad that tells no code', { code: '', key, location: 3 }, digit],
    ['the number pad with Num Lock', { code: `Numpad${digit}`, key: digit, location: 3 }, digit],
  ]),
  ['no code', { code: '', key: '1' }, '1'],
  ['no code', { code: 'Unidentified', key: '4' }, '4'],
  ['no code at all', { key: '2' }, '2'],
  ['no code', { code: '', key: 'Z' }, 'z'],
  ['no code', { code: '', key: 'Z', shiftKey: true }, 'shift+z'],
  ['no code', { code: '', key: 'ArrowLeft' }, 'arrowleft'],
  ['no code', { code: '', key: 'ArrowDown' }, 'arrowdown'],
  ['no code', { code: '', key: '?', shiftKey: true }, '?'],
  ['no code but an old number', { code: '', key: '&', keyCode: 49 }, '1'],
  ['no code but an old number', { code: '', key: '!', keyCode: 49, shiftKey: true }, 'shift+1'],
  ['nothing at all', {}, ''],
  ['French', { code: 'Digit1', key: '1', shiftKey: true }, '1'],
  ['French', { code: 'Digit1', key: '&' }, '1'],
  ['French', { code: 'Digit2', key: 'é' }, '2'],
  ['French', { code: 'Digit4', key: "'" }, '4'],
  ['French', { code: 'Digit6', key: '-' }, '6'],
  ['French', { code: 'Backquote', key: '²' }, 'backquote'],
  ['Czech', { code: 'Digit1', key: '+' }, '1'],
  ['Czech', { code: 'Digit2', key: 'ě' }, '2'],
  ['Czech', { code: 'Digit3', key: '3', shiftKey: true }, '3'],
  ['a programmer’s Dvorak', { code: 'Digit2', key: '7', shiftKey: true }, '7'],
  ['US', { code: 'Digit3', key: '#', shiftKey: true }, 'shift+3'],
  ['Arabic', { code: 'Digit1', key: '١' }, '1'],
  ['Persian', { code: 'Digit4', key: '۴' }, '4'],
  ['Hindi', { code: '', key: '३' }, '3'],
  ['full width', { code: '', key: '２' }, '2'],
  ['full width', { code: 'KeyZ', key: 'ｚ' }, 'z'],
  ['any', { code: 'Space', key: ' ' }, 'space'],
  ['any', { code: 'Space', key: ' ', shiftKey: true }, 'shift+space'],
];

describe('rating actions', () => {
  it('give no key to two actions', () => {
    const keys = RATING_ACTIONS.flatMap(({ keys }) => [...keys]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('refuse a key that is taken or that the page needs', () => {
    const actions = boundActions({});
    expect(keyRefusal('1', 'right', actions)).toEqual({ heldBy: 'left' });
    expect(keyRefusal('enter', 'right', actions)).toBe('reserved');
    expect(keyRefusal('1', 'left', actions)).toBeNull();
    expect(keyRefusal('q', 'right', actions)).toBeNull();
  });

  it('name letters by what is written on them and other keys by their place', () => {
    expect(keyNameOf({ code: 'KeyY', key: 'z' })).toBe('z');
    expect(keyNameOf({ code: 'KeyZ', key: 'я' })).toBe('z');
    expect(keyNameOf({ code: 'Digit1', key: '&' })).toBe('1');
    expect(keyNameOf({ code: 'Digit1', key: '!', shiftKey: true })).toBe('shift+1');
    expect(keyNameOf({ code: 'Slash', key: '?', shiftKey: true })).toBe('?');
    expect(keyNameOf({ code: 'Digit6', key: '-' })).toBe('6');
    expect(keyNameOf({ code: 'ArrowLeft', key: 'ArrowLeft' })).toBe('arrowleft');
  });

  it.each(PRESSES)('are named on %s %o', (_what, event, name) => {
    expect(keyNameOf(event)).toBe(name);
  });

  it('leave keys that move what is read to reading, whoever chose them before', () => {
    const reading = [...READING_KEYS];
    for (const key of [...reading, 'shift+space', 'shift+pagedown', ''])
      expect(keyRefusal(key, 'right', boundActions({}))).toBe('reserved');
    const changes = { left: ['arrowup', 'q'], tie: ['arrowdown'], both_bad: ['space'], undo: ['end'] };
    const offered = [
      ...VERDICT_SCALES.flatMap((scale) => actionsOfScale(scale, answersOfScale(scale), changes)),
      ...actionsOfScale('with_tie', answersOfScale('with_tie'), {}),
      ...guessActions(changes),
    ];
    for (const { id, keys } of offered)
      expect(
        keys.filter((key) => READING_KEYS.has(key)),
        id,
      ).toEqual([]);
    const bound = new Map(boundActions(changes).map(({ id, keys }) => [id, keys]));
    expect(bound.get('left')).toEqual(['q']);
    expect(bound.get('tie')).toEqual(['3']);
    expect(bound.get('undo')).toEqual(['z']);
  });

  it.each([
    ['US', { code: 'Slash', key: '/' }, 'slash'],
    ['US', { code: 'Equal', key: '=' }, 'equal'],
    ['US', { code: 'Equal', key: '+', shiftKey: true }, 'plus'],
    ['US', { code: 'Minus', key: '-' }, 'minus'],
    ['German', { code: 'Slash', key: '-' }, 'minus'],
    ['German', { code: 'Minus', key: 'ß' }, 'ß'],
    ['German', { code: 'Minus', key: '?', shiftKey: true }, '?'],
    ['German', { code: 'Digit7', key: '/', shiftKey: true }, 'slash'],
    ['German', { code: 'Digit0', key: '=', shiftKey: true }, 'equal'],
    ['German', { code: 'BracketRight', key: '+' }, 'plus'],
    ['German', { code: 'Equal', key: 'Dead' }, 'dead'],
    ['Arabic', { code: 'Slash', key: 'ظ' }, 'slash'],
    ['Arabic', { code: 'Slash', key: '؟', shiftKey: true }, '?'],
    ['Russian', { code: 'Digit7', key: '?', shiftKey: true }, '?'],
    ['a number pad', { code: 'NumpadSubtract', key: '-' }, 'minus'],
    ['a number pad', { code: 'NumpadAdd', key: '+' }, 'plus'],
  ])('names signs by what is written, on %s %o', (_layout, event, name) => {
    expect(keyNameOf(event)).toBe(name);
  });

  it('are reached by no two keys of a German keyboard', () => {
    const signs = { Slash: '-', Minus: 'ß', Equal: 'Dead', BracketRight: '+', BracketLeft: 'ü' };
    const names = Object.entries(signs).map(([code, key]) => keyNameOf({ code, key }));
    expect(
      RATING_ACTIONS.filter(({ keys }) => keys.some((key) => names.includes(key))).map(({ id }) => id),
    ).toEqual(['larger', 'smaller']);
  });
});

describe('in every state of the screen', () => {
  const PHASES = [
    'loading',
    'viewing',
    'saving',
    'failed',
    'feedback',
    'revealed',
    'block_end',
    'consent',
    'paused',
    'refused',
    'finished',
    'taken_over',
  ] as const satisfies readonly RatingScreenState['phase'][];
  const FLAGS = [
    'isSending',
    'canUndo',
    'isRevisiting',
    'isFinal',
    'asksDetails',
    'marksSpans',
    'hasExamples',
    'hasEarlierTurns',
    'showsOneSide',
  ] as const satisfies readonly (keyof RatingScreenState)[];
  const states = PHASES.flatMap((phase) =>
    Array.from({ length: 2 ** FLAGS.length }, (_, bits): RatingScreenState => {
      const flags = Object.fromEntries(FLAGS.map((name, place) => [name, ((bits >> place) & 1) === 1]));
      return { phase, ...(flags as Record<(typeof FLAGS)[number], boolean>) };
    }),
  );
  const CHANGES: readonly Readonly<Record<string, readonly string[]>>[] = [
    {},
    // Chosen when these keys were nobody's.
    { left: ['t'], undo: ['o'] },
    { right: ['5'], guideline: ['6'], find: ['7'] },
    { left: ['arrowup', 'escape'], comment: ['k', 'slash'] },
  ];

  it.each(VERDICT_SCALES)('at most one action answers a key, on the scale %s', (scale) => {
    for (const changes of CHANGES) {
      const actions = actionsOfScale(scale, answersOfScale(scale), changes);
      for (const state of states) {
        const answering = actions.filter((action) => action.isOffered(state));
        const keys = answering.flatMap((action) => [
          ...action.keys,
          ...(action.commonKey === undefined ? [] : [action.commonKey]),
        ]);
        expect(keys.length, JSON.stringify({ state, changes })).toBe(new Set(keys).size);
      }
    }
  });

  it('nothing can be said of a pair but while it is viewed, may be changed, and nothing is on its way', () => {
    const saying = actionsOfScale('graded_5', answersOfScale('graded_5'), {}).filter(
      ({ id, answer }) => answer !== undefined || ['comment', 'details', 'mark'].includes(id),
    );
    expect(saying.length).toBe(9);
    for (const state of states) {
      const canSay = state.phase === 'viewing' && !state.isSending && !state.isFinal;
      for (const action of saying) expect(action.isEnabled(state), action.id).toBe(canSay);
    }
  });

  it('nothing that was sent is taken back meanwhile, nor while another vote is looked at', () => {
    const undo = RATING_ACTIONS.find(({ id }) => id === 'undo');
    for (const state of states.filter(({ isSending, isRevisiting }) => isSending || isRevisiting))
      expect(undo?.isEnabled(state)).toBe(false);
  });

  it('what an action does, it does with the hands of the screen, one of them', () => {
    for (const action of actionsOfScale('with_tie', answersOfScale('with_tie'), {})) {
      const used: string[] = [];
      const hands = new Proxy({} as RatingContext, {
        get: (_hands, name) => () => used.push(String(name)),
      });
      action.perform(hands, 0);
      expect(used, action.id).toHaveLength(1);
    }
  });
});
