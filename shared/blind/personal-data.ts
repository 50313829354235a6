/**
 * Finds what should not leave the house, by stated rules: addresses, telephone numbers, payment cards and account numbers
 * whose check digits are right, and keys whose form is known. It finds what looks so, not what is meant so.
 */

export const PERSONAL_RULES = ['email', 'phone', 'card', 'iban', 'key'] as const;
export type PersonalRule = (typeof PERSONAL_RULES)[number];

export interface PersonalSpan {
  readonly rule: PersonalRule;
  readonly from: number;
  readonly to: number;
}

const EMAIL = /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){0,4}\.\p{L}{2,24}/gu;

/** With a country code, or grouped as people write them; a lone row of digits is none. */
const PHONE =
  /(?<![\w.,@/=-])(?:\+\d[\d\s().-]{7,16}\d|\(?0\d{1,4}\)?[\s/-]\d{2,4}(?:[\s-]\d{2,4}){1,3}|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4})(?![\w-])/gu;

const CARD = /(?<![\w.,])[3-6]\d(?:[ -]?\d){11,17}(?![\w])/gu;

const IBAN = /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?!\w)/gu;

const KEY =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|(?<![\w-])(?:AKIA|ASIA)[A-Z\d]{16}(?!\w)|(?<![\w-])sk-[\w-]{20,200}|(?<!\w)gh[pousr]_[A-Za-z\d]{36,251}|(?<!\w)xox[abprs]-[\w-]{10,250}|(?<!\w)AIza[\w-]{35}|(?<!\w)eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,1000}|AGE-SECRET-KEY-1[A-Z\d]{50,70}/gu;

/** Every place of a text that looks like personal data or a key, in the order they stand. */
export function personalSpans(text: string): PersonalSpan[] {
  const spans: PersonalSpan[] = [];
  const find = (rule: PersonalRule, pattern: RegExp, isReal: (found: string) => boolean = () => true) => {
    for (const { 0: found, index } of text.matchAll(pattern))
      if (isReal(found)) spans.push({ rule, from: index, to: index + found.length });
  };
  if (text.includes('@')) find('email', EMAIL);
  if (/\d[\s().-]?\d/u.test(text)) {
    find('card', CARD, isCard);
    find('phone', PHONE, hasPhoneLength);
    find('iban', IBAN, isIban);
  }
  find('key', KEY);
  return spans.sort((left, right) => left.from - right.from || right.to - left.to);
}

function hasPhoneLength(found: string): boolean {
  const digits = found.replace(/\D/gu, '').length;
  return digits >= 8 && digits <= 15;
}

/** Luhn's check (ISO/IEC 7812-1). */
function isCard(found: string): boolean {
  const digits = found.replace(/\D/gu, '');
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The check of ISO 13616: modulo 97 of the number with its first four characters moved to the end. */
function isIban(found: string): boolean {
  const plain = found.replace(/\s/gu, '');
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
