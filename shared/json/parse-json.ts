/** More digits than a number keeps: two ids of that length would become one. */
const MANY_DIGITS = /(?<![.\d])\d{16,}(?![.\deE])/u;

/** As many in a row, each written out: a text without them is passed over in a third of the time. */
const DIGITS = new RegExp('\\d'.repeat(16));

/**
 * Reads JSON, also where Python wrote `NaN`, `Infinity` or `-Infinity` for a number that is none: each becomes null. A whole
 * number that no number is equal to becomes the text of its digits.
 *
 * @throws SyntaxError as `JSON.parse` does
 */
export function parseJson(text: string): unknown {
  const reviver = DIGITS.test(text) && MANY_DIGITS.test(text) ? exactInteger : undefined;
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    if (!text.includes('NaN') && !text.includes('Infinity')) throw error;
    return JSON.parse(withoutNonFinite(text), reviver);
  }
}

function exactInteger(
  _key: string,
  value: unknown,
  { source = '' }: { readonly source?: string } = {},
): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !/^-?\d+$/u.test(source)) return value;
  return Number.isFinite(value) && BigInt(value) === BigInt(source) ? value : source;
}

/** What Python writes, longest first. */
const NON_FINITE = ['-Infinity', 'Infinity', 'NaN'];

/** Walks from quote to quote: a pattern over whole texts would overflow the stack on a long one. */
function withoutNonFinite(text: string): string {
  const parts: string[] = [];
  let outside = 0;
  while (outside < text.length) {
    const quote = text.indexOf('"', outside);
    const end = quote === -1 ? text.length : quote;
    parts.push(
      NON_FINITE.reduce((between, name) => between.replaceAll(name, 'null'), text.slice(outside, end)),
    );
    if (quote === -1) break;
    const close = closingQuote(text, quote);
    parts.push(text.slice(quote, close));
    outside = close;
  }
  return parts.join('');
}

/** The place behind the quote that ends a text; the end where none does. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}
