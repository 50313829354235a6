import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { collectGarbage } from '../../electron/core/work/collect-garbage.ts';

const MIB = 1024 ** 2;

/** Makes columns that nothing holds once this is over. */
function leaveBehind(bytes: number): WeakRef<Float64Array> {
  return new WeakRef(new Float64Array(bytes / 8).fill(1));
}

it('gives back what a step left behind where that is much', async () => {
  collectGarbage();
  const [left, kept] = [leaveBehind(30 * MIB), new Float64Array(MIB).fill(2)];
  // Until the turn is over, whoever made a weak reference holds what it points to.
  await nextTurn();
  collectGarbage();
  await nextTurn();
  expect(left.deref() === undefined).toBe(true);
  expect(kept[7]).toBe(2);
});

it('counts from what was held the last time, not from the most that ever was', async () => {
  for (let step = 0; step < 4; step++) {
    const left = leaveBehind(30 * MIB);
    await nextTurn();
    collectGarbage();
    await nextTurn();
    expect(left.deref() === undefined).toBe(true);
  }
});
