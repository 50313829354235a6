/** A number as a text, whole ones by all of their digits; null for one so large that JSON writes it by its power of ten. */
export function digitsOf(value: number): string | null {
  if (!Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1e21 ? String(BigInt(value)) : null;
}
