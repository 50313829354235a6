/** JSON as models write it. */

/**
 * A JSON object, also with line breaks inside its strings and a comma too many before a bracket: neither can change what
 * it says. Null for anything else.
 */
export function lenientObject(text: string): Readonly<Record<string, unknown>> | null {
  return parsedObject(text) ?? parsedObject(mended(text));
}

/** A key of the object's own, in whatever case; undefined where two that differ by case say different things. */
export function ownValue(object: Readonly<Record<string, unknown>>, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  const values = Object.entries(object)
    .filter(([name]) => name.trim().toLowerCase() === key)
    .map(([, value]) => value);
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function mended(text: string): string {
  let [result, isString, copied] = ['', false, 0];
  const replace = (at: number, by: string) => {
    result += text.slice(copied, at) + by;
    copied = at + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (isString) {
      if (character === '\\') at++;
      else if (character === '"') isString = false;
      else if (ESCAPES[character] !== undefined) replace(at, ESCAPES[character]);
    } else if (character === '"') isString = true;
    else if (character === ',' && isBeforeBracket(text, at + 1)) replace(at, '');
  }
  return result + text.slice(copied);
}

function isBeforeBracket(text: string, from: number): boolean {
  let at = from;
  while (/\s/u.test(text[at] ?? '')) at++;
  return text[at] === '}' || text[at] === ']';
}
