/**
 * JSON in which numbers that JSON does not have (`NaN`, `Infinity`, `-Infinity`, as Python writes them) are null. Text
 * inside strings stays.
 */
export function finiteJson(text: string): string {
  if (!/NaN|Infinity/u.test(text) || isJson(text)) return text;
  let [result, copied, at] = ['', 0, 0];
  while (at < text.length) {
    if (text[at] === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      at++;
      continue;
    }
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text)?.[0];
    if (found === undefined) at++;
    else {
      result += `${text.slice(copied, at)}null`;
      at += found.length;
      copied = at;
    }
  }
  return result + text.slice(copied);
}

const NUMBER = /-?Infinity|NaN/uy;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
