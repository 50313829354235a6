/** Whether signs that may begin a formula do. In doubt they do not: a price is no formula, and text is not eaten. */

/** What only TeX has. */
const TEX = /\\[A-Za-z]{2,}|\\[,;!]|[\^_]/u;
/** One letter, a value of a function, or a sum of such: what stands between dollar signs in texts on maths. */
const SHORT =
  /^-?(?:[A-Za-zΑ-ω]'?(?:\([A-Za-z0-9, ]{1,12}\))?|\d{0,4}[A-Za-z])(?:\s*[-+=<>/]\s*(?:[A-Za-z]|\d{1,6}))*$/u;
/** Sums and relations between numbers and single letters. */
const RELATION = /[=<>+]/u;
/** Commands, their arguments that are text, and names of environments: no prose. */
const NOT_PROSE =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mathsf|mathcal|mathbb|operatorname|begin|end)\*?\s*\{[^{}]{0,200}\}|\\[A-Za-z]+/gu;
const PROSE = /\p{L}{4,}/u;
/** Subscripts and powers may be words. */
const NAMES = /[\^_]\{[^{}]{0,60}\}/gu;

function isBalanced(tex: string): boolean {
  let depth = 0;
  let brackets = 0;
  for (const sign of tex.matchAll(/\\[\\{}]|[{}()]/gu)) {
    if (sign[0] === '{') depth++;
    else if (sign[0] === '}') depth--;
    else if (sign[0] === '(') brackets++;
    else if (sign[0] === ')') brackets--;
    if (depth < 0) return false;
  }
  return depth === 0 && brackets >= -1 && brackets <= 1;
}

function hasProse(tex: string): boolean {
  return PROSE.test(tex.replace(NOT_PROSE, ' ').replace(NAMES, ' '));
}

/** For `\( \)`, `\[ \]` and `$$`, which also regular expressions, citations and shells write. */
export function isMathsBetweenBrackets(tex: string): boolean {
  const inner = tex.trim();
  return (
    inner !== '' &&
    !inner.includes('\n\n') &&
    isBalanced(inner) &&
    (TEX.test(inner) ||
      SHORT.test(inner) ||
      RELATION.test(inner) ||
      /^[\d\s.,*/()-]*\d[\d\s.,*/()-]*$/u.test(inner)) &&
    !hasProse(inner) &&
    !/^\d+$/u.test(inner)
  );
}

/** For single dollar signs, which prices, variables and prompts write far more often. */
export function isMathsBetweenDollars(tex: string): boolean {
  return (
    tex !== '' &&
    !/^\s|\s$|[\n`"]/u.test(tex) &&
    !/^\d[\d.,]*\s?(?:k|m|bn|million|billion|per|and|to|or|[-–—/])?\s*(?:\(|$)/iu.test(tex) &&
    isBalanced(tex) &&
    (TEX.test(tex) || SHORT.test(tex)) &&
    // Between prices stand words; between signs of a formula, at most names of three letters.
    !hasProse(tex) &&
    !/(?:^|[\s,])[a-z]{2,}\s+[a-z]{2,}(?:\s|$)/u.test(tex.replace(NOT_PROSE, ' '))
  );
}
