/** Kinds of items: equal lists of numbers are one, others never are, whatever order rows come in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctGroups } from '../../../shared/stats/resampling/distinct-groups.ts';
import { DistinctLists } from '../../../shared/stats/resampling/distinct-lists.ts';

/** The same by texts. */
function groupsByText(values: readonly number[], itemOf: readonly number[], items: number) {
  const kinds = new Map<string, { values: number[]; count: number }>();
  for (let item = 0; item < items; item++) {
    const own = values.filter((value, row) => value >= 0 && itemOf[row] === item).sort((a, b) => a - b);
    if (own.length === 0) continue;
    const kind = kinds.get(own.join());
    if (kind === undefined) kinds.set(own.join(), { values: own, count: 1 });
    else kind.count++;
  }
  return [...kinds.values()];
}

describe('groups of rows by item', () => {
  it('are what texts of their values tell apart, in the order in which they come', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), fc.nat({ max: 9 })), { maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.boolean(), (drawn, areInOrder) => {
        const told = areInOrder ? drawn.toSorted(([, one], [, two]) => one - two) : drawn;
        const [values, itemOf] = [told.map(([value]) => value), told.map(([, item]) => item)];
        const found = distinctGroups(Int32Array.from(values), Int32Array.from(itemOf), 10);
        const kinds = Array.from(found.itemCounts, (count, kind) => ({
          values: [...found.values.subarray(found.starts[kind], found.starts[kind + 1])],
          count,
        }));
        expect(kinds).toEqual(groupsByText(values, itemOf, 10));
      }),
    );
  });
});

describe('numbers of distinct lists', () => {
  it('are one for each list, however many there are and however long they are', () => {
    const lists = new DistinctLists();
    const seen = new Map<string, number>();
    for (let round = 0; round < 2; round++)
      for (let list = 0; list < 5000; list++) {
        // Long lists that differ in one value, and lists that begin others.
        const values = Int32Array.from({ length: 1 + (list % 40) }, (_value, place) =>
          place === 0 ? list : place,
        );
        const number = lists.numberOf(values, 0, values.length);
        const known = seen.get(values.join());
        if (known === undefined) seen.set(values.join(), number);
        else expect(number).toBe(known);
      }
    expect(lists.count).toBe(5000);
    expect(new Set(seen.values())).toEqual(new Set(Array.from({ length: 5000 }, (_list, number) => number)));
    const { values, starts } = lists.lists();
    for (const [text, number] of seen)
      expect(values.subarray(starts[number], starts[number + 1]).join()).toBe(text);
  });
});
