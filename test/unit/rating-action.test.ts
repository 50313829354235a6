import { describe, expect, it } from 'vitest';
import { boundActions, keyNameOf, keyRefusal, RATING_ACTIONS } from '../../renderer/actions/rating-action.ts';

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
    expect(keyNameOf({ code: 'Numpad1', key: '1' })).toBe('1');
    expect(keyNameOf({ code: 'Numpad2', key: 'ArrowDown' })).toBe('arrowdown');
    expect(keyNameOf({ code: 'ArrowLeft', key: 'ArrowLeft' })).toBe('arrowleft');
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
