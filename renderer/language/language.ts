/** The language of the screens a rater comes by. Texts, plurals, numbers and dates follow it; nothing is fetched. */
import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Tongue } from '../../shared/report/tongue.ts';
import { LANGUAGES, type LanguageCode } from '../../shared/study/settings.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';

export type Translate = TFunction;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'rater';
    resources: { rater: typeof en };
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'rater',
  ns: ['rater'],
  resources: { en: { rater: en }, de: { rater: de }, ar: { rater: ar } },
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

/** Says one text outside a component. */
export const translate: Translate = i18next.t;

/** The code of a chosen language; of the system’s first one that there is, where nothing was chosen. */
export function languageOf(choice: 'system' | LanguageCode): LanguageCode {
  if (choice !== 'system') return choice;
  const wanted = navigator.languages.map((tag) => tag.split('-')[0]);
  return (
    (wanted.find((code) => code !== undefined && Object.hasOwn(LANGUAGES, code)) as LanguageCode) ?? 'en'
  );
}

/** Changes the language of everything that is shown, and the way it is written. */
export function speak(code: LanguageCode): void {
  if (i18next.language !== code) void i18next.changeLanguage(code);
  document.documentElement.lang = code;
  document.documentElement.dir = directionOf(code);
}

/** Which way the language is written. */
export function directionOf(code: LanguageCode): 'ltr' | 'rtl' {
  return LANGUAGES[code].direction;
}

/** A whole number as the language writes it. */
export function numberText(value: number): string {
  return value.toLocaleString(i18next.language);
}

/** Says a report by the words that a room of the catalogue has for it. */
export function tongueOf<Words>(room: RoomOf<Words>): Tongue<Words> {
  const say = i18next.t as (key: string, values: Readonly<Record<string, string>>) => string;
  return { say: (key, values = {}) => say(`${room}.${key}`, { ns: 'rater', ...values }), number: numberText };
}

/** The rooms of the English catalogue that are just these words. */
type RoomOf<Words> = {
  [Room in keyof typeof en & string]: (typeof en)[Room] extends Words ? Room : never;
}[keyof typeof en & string];

/** Names in a row, as the language joins them. */
export function listText(names: readonly string[]): string {
  return new Intl.ListFormat(i18next.language).format(names);
}

/** “1 pair”, “1,204 pairs”. */
export function countText(
  noun: 'pair' | 'item' | 'system' | 'vote' | 'rater' | 'judge' | 'output',
  count: number,
): string {
  return i18next.t(`count.${noun}`, { ns: 'rater', count, number: numberText(count) });
}

/** A time and date as the language writes them. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString(i18next.language);
}

/** The day, in the language that is spoken. */
export function dayText(milliseconds: number): string {
  return new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium' }).format(milliseconds);
}

/** A length of time in one unit: seconds up to a minute and a half, then minutes, then hours. */
export function durationText(seconds: number, least: 'second' | 'minute' = 'second'): string {
  const [value, unit] =
    seconds < 90
      ? least === 'second'
        ? [seconds, 'second']
        : [1, 'minute']
      : seconds < 5400
        ? [seconds / 60, 'minute']
        : [seconds / 3600, 'hour'];
  return new Intl.NumberFormat(i18next.language, {
    style: 'unit',
    unit: unit as string,
    maximumFractionDigits: 0,
  }).format(value as number);
}
