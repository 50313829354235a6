/** Keys by name: as bindings write them, as keyboards print them. */

/** Keys that move what is read. They never answer, so that nobody votes who only reads on. */
export const READING_KEYS: ReadonlySet<string> = new Set([
  'arrowup',
  'arrowdown',
  'space',
  'pageup',
  'pagedown',
  'home',
  'end',
]);

/** Signs that have a name, however a layout makes them. */
const SIGNS: Readonly<Record<string, string>> = {
  '/': 'slash',
  '=': 'equal',
  '+': 'plus',
  '-': 'minus',
  '?': '?',
  '؟': '?',
  ' ': 'space',
};

/** What the number pad sends without Num Lock, by the digit on the key. */
const PAD_DIGITS: Readonly<Record<string, string>> = {
  Insert: '0',
  End: '1',
  ArrowDown: '2',
  PageDown: '3',
  ArrowLeft: '4',
  Clear: '5',
  ArrowRight: '6',
  Home: '7',
  ArrowUp: '8',
  PageUp: '9',
};

const NUMBER_PAD = 3;

/** What is known of a pressed key. Remote desktops, screen keyboards and macro pads leave some of it out. */
export type PressedKey = Partial<Pick<KeyboardEvent, 'code' | 'key' | 'location' | 'shiftKey' | 'keyCode'>>;

/**
 * The name of a pressed key as bindings write it; empty where nothing can be told. Latin letters and {@link SIGNS} go by
 * what is written on the key, so that Z is Z on every layout. So do digits, with Shift where a layout asks for it, and in
 * any script; a key of the digit row that writes something else without Shift is the digit of its place, as on a
 * French keyboard. The number pad is digits, with Num Lock or without: what its keys do then would be another answer.
 * Other keys, and letters of other scripts, go by their place, or by what they write where no place is told.
 */
export function keyNameOf(event: PressedKey): string {
  const { shiftKey = false, location = 0 } = event;
  const written = plainForm(event.key ?? '');
  if (/^[a-z]$/iu.test(written) && !shiftKey) return written.toLowerCase();
  const code = codeOf(event);
  if (/^\p{Decimal_Number}$/u.test(written)) return digitOf(written);
  const padDigit =
    /^Numpad(\d)$/u.exec(code)?.[1] ??
    (location === NUMBER_PAD && code === '' ? PAD_DIGITS[written] : undefined);
  if (padDigit !== undefined) return padDigit;
  const sign = SIGNS[written];
  const isOnDigit = code.startsWith('Digit') && !shiftKey;
  if (sign !== undefined && !isOnDigit) return withShift(sign, shiftKey && READING_KEYS.has(sign));
  if (code.startsWith('Numpad')) return written.toLowerCase();
  const place = code.replace(/^(?:Key|Digit)(?=.)/u, '').toLowerCase();
  const isOtherSign = Object.values(SIGNS).includes(place) && !isOfOtherScript(written);
  if (isOtherSign) return written.toLowerCase();
  if (place !== '') return withShift(place, shiftKey);
  return withShift(written.toLowerCase(), shiftKey && (written.length > 1 || /\p{Letter}/u.test(written)));
}

/** Full-width letters and digits, as input methods of East Asia write them, are those they look like. */
function plainForm(written: string): string {
  return /^[\uFF01-\uFF5E]$/u.test(written) ? written.normalize('NFKC') : written;
}

function withShift(name: string, isShifted: boolean): string {
  return isShifted && name !== '' ? `shift+${name}` : name;
}

/** Where a key is. A digit row that tells no code still tells its old number. */
function codeOf({ code = '', keyCode = 0 }: PressedKey): string {
  if (code !== '' && code !== 'Unidentified') return code;
  return keyCode >= 48 && keyCode <= 57 ? `Digit${keyCode - 48}` : '';
}

/** The digit that a sign of any script stands for: scripts keep their ten digits in one row. */
function digitOf(sign: string): string {
  const point = sign.codePointAt(0) ?? 0;
  for (let value = 9; value > 0; value--) {
    const isZero = (at: number) =>
      /^\p{Decimal_Number}$/u.test(String.fromCodePoint(at)) &&
      !/^\p{Decimal_Number}$/u.test(String.fromCodePoint(at - 1));
    if (isZero(point - value)) return String(value);
  }
  return '0';
}

function isOfOtherScript(written: string): boolean {
  return /^\p{Letter}$/u.test(written) && !/^\p{Script=Latin}$/u.test(written);
}

const SYMBOLS: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  slash: '/',
  equal: '=',
  plus: '+',
  minus: '−',
};

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/u.test(navigator.platform);

/** A key as it is printed on a keyboard. */
export function keyLabel(key: string): string {
  if (key.startsWith('mod+')) return `${isMac ? '⌘' : 'Ctrl+'}${keyLabel(key.slice('mod+'.length))}`;
  return SYMBOLS[key] ?? (key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1));
}
