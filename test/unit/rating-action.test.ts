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
    expect(keyNameOf({ code: 'Numpad1', key: '1' })).toBe('1');
    expect(keyNameOf({ code: 'Numpad2', key: 'ArrowDown' })).toBe('arrowdown');
    expect(keyNameOf({ code: 'ArrowLeft', key: 'ArrowLeft' })).toBe('arrowleft');
  });
});
