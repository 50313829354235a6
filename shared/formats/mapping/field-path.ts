/**
 * The value at a path such as `data.answers[0].text` inside a parsed record, or undefined; `[-1]` is the last of a list.
 * A key that itself contains the whole path wins, so that CSV columns named `a.text` can be reached by name.
 */
export function valueAtPath(record: unknown, path: string): unknown {
  if (record === null || typeof record !== 'object') return undefined;
  if (Object.hasOwn(record, path)) return Reflect.get(record, path);
  let value: unknown = record;
  for (const part of path.split(/[.[\]]+/u).filter((piece) => piece !== '')) {
    if (value === null || typeof value !== 'object') return undefined;
    const key = Array.isArray(value) && /^-\d+$/u.test(part) ? String(value.length + Number(part)) : part;
    if (!Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
