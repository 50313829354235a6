const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;
const COMMA = /^[+-]?\d*,\d+$/u;
const MAYBE_THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/u;
const NONE = /^(?:|nan|n\/?a|null|none|-+|[+-]?inf(?:inity)?)$/iu;

/**
 * The number that a text is, with a point or a comma before its decimals; null where it says that there is none; a reason where
 * it is no number, or may be two.
 */
export function parseNumber(text: string): number | null | { readonly reason: string } {
  const trimmed = text.trim();
  if (PLAIN.test(trimmed)) return Number(trimmed);
  if (NONE.test(trimmed)) return null;
  if (MAYBE_THOUSANDS.test(trimmed))
    return {
      reason: `${JSON.stringify(trimmed)} may be ${trimmed.replace(',', '.')} or ${trimmed.replace(',', '')}: write it without the comma`,
    };
  if (COMMA.test(trimmed)) return Number(trimmed.replace(',', '.'));
  return { reason: `${JSON.stringify(trimmed.slice(0, 40))} is no number` };
}
