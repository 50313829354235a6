/** Where two values of JSON differ: a line a leaf. Numbers within `tolerance`, relative to the larger or 1, are equal. */
export function differences(
  theirs: unknown,
  ours: unknown,
  tolerance: number,
): { readonly leaves: number; readonly different: readonly string[] } {
  if (isObject(theirs) && isObject(ours)) {
    const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
    const inner = keys.map((key) => {
      const found = differences(theirs[key], ours[key], tolerance);
      return { ...found, different: found.different.map((each) => ` · ${key}${each}`) };
    });
    return {
      leaves: inner.reduce((sum, { leaves }) => sum + leaves, 0),
      different: inner.flatMap(({ different }) => different),
    };
  }
  return {
    leaves: 1,
    different: areEqual(theirs, ours, tolerance)
      ? []
      : [`: the tool has ${JSON.stringify(theirs)}, Touchstone ${JSON.stringify(ours)}`],
  };
}

/** Lists are compared as objects by their places. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function areEqual(one: unknown, other: unknown, tolerance: number): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  return Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other));
}
