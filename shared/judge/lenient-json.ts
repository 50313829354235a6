/** JSON as models write it. */

/**
 * A JSON object, also with line breaks inside its strings and a comma too many before a bracket, with words for values that
 * JSON does not have, or in the quotation marks of word processors: none of it can change what it says.
 * Null for anything else.
 */
export function lenientObject(text: string): Readonly<Record<string, unknown>> | null {
  return parseObject(text) ?? parseObject(mendJson(text));
}

/** A key of the object's own, in whatever case; undefined where two that differ by case say different things. */
export function ownValue(object: Readonly<Record<string, unknown>>, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  const values = Object.entries(object)
    .filter(([name]) => name.trim().toLowerCase() === key)
    .map(([, value]) => value);
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    const contradicted = contradictedKeys(text);
    return Object.fromEntries(
      Object.entries(value).map(([key, own]) => [key, contradicted.has(key) ? undefined : (own as unknown)]),
    );
  } catch {
    return null;
  }
}

/**
 * Keys of an object's own that stand in its text more than once with different values, or hold an object of which that is so:
 * JSON itself would take the last.
 */
function contradictedKeys(text: string): ReadonlySet<string> {
  const contradicted = new Set<string>();
  const open: { readonly said: Map<string, string> | null; key: string | null; from: number }[] = [];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]/gu)) {
    const here = open.at(-1);
    if (here?.said != null) {
      if (here.key !== null && (token === ',' || token === '}')) {
        const value = text.slice(here.from, index).trim();
        if ((here.said.get(here.key) ?? value) !== value) contradicted.add(open[0]?.key ?? here.key);
        here.said.set(here.key, value);
        here.key = null;
      } else if (token === ':') here.from = index + 1;
      else if (here.key === null && token.startsWith('"')) here.key = JSON.parse(token) as string;
    }
    if (token === '{' || token === '[')
      open.push({ said: token === '{' ? new Map() : null, key: null, from: 0 });
    else if (token === '}' || token === ']') open.pop();
  }
  return contradicted;
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** Which mark ends a text that another begins. */
const MARKS: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“' };
const WORDS: Readonly<Record<string, string>> = { None: 'null', NaN: 'null', True: 'true', False: 'false' };

function mendJson(text: string): string {
  let [result, copied] = ['', 0];
  let mark: string | null = null;
  const replace = (at: number, length: number, by: string) => {
    result += text.slice(copied, at) + by;
    copied = at + length;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (mark !== null) {
      if (character === '\\') {
        at++;
      } else if (character === mark) {
        if (mark !== '"') replace(at, 1, '"');
        mark = null;
      } else if (character === '"') replace(at, 1, '\\"');
      else if (ESCAPES[character] !== undefined) replace(at, 1, ESCAPES[character]);
      else if (character < ' ') replace(at, 1, ' ');
    } else if (character in MARKS) {
      mark = MARKS[character] ?? null;
      if (character !== '"') replace(at, 1, '"');
    } else if (character === ',' && isBeforeBracket(text, at + 1)) replace(at, 1, '');
    else if (character === 'N' || character === 'T' || character === 'F') {
      const word = /^(?:None|NaN|True|False)\b/u.exec(text.slice(at, at + 6))?.[0] ?? '';
      if (word !== '') {
        replace(at, word.length, WORDS[word] ?? 'null');
        at += word.length - 1;
      }
    }
  }
  return result + text.slice(copied);
}

function isBeforeBracket(text: string, from: number): boolean {
  let at = from;
  while (/\s/u.test(text[at] ?? '')) at++;
  return text[at] === '}' || text[at] === ']';
}
