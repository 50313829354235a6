/** Values that survive JSON unchanged. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * JSON with keys sorted by code unit at every level and keys whose value is undefined left out, so that
 * equal values have equal bytes. Numbers are written as JSON.stringify writes them.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/** The value with its keys in order: itself where they are already, which is what most values are. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return inOrder(value.toJSON());
  if (Array.isArray(value)) {
    const entries = value.map(inOrder);
    return entries.some((entry, index) => entry !== value[index]) ? entries : value;
  }
  let isInOrder = true;
  let before: string | null = null;
  const entries: [string, unknown][] = [];
  for (const [key, inner] of Object.entries(value)) {
    const entry = inOrder(inner);
    if (entry === undefined || entry !== inner || (before !== null && key <= before)) isInOrder = false;
    if (entry !== undefined) entries.push([key, entry]);
    before = key;
  }
  if (isInOrder) return value;
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)));
}
