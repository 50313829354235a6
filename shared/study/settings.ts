/** Languages that the rater’s screens have, as they name themselves. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const;
export type LanguageCode = keyof typeof LANGUAGES;

/** A person's choices for this store, as the settings methods carry them. */
export interface Settings {
  readonly language: 'system' | LanguageCode;
  readonly theme: 'system' | 'light' | 'dark';
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly linkedScrolling: boolean;
  readonly textSize: number;
  readonly textWidth: number;
  readonly taskShare: number;
  readonly isFocused: boolean;
  readonly showsRawText: boolean;
  readonly sessionGoal: number | null;
}

/** How much of a pair’s room the task may have, in percent. */
export const TASK_SHARE = { least: 10, most: 75 } as const;

/** What counts until something is chosen. No part of the schema: a change of one setting must not bring the others back. */
export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  theme: 'system',
  keys: {},
  linkedScrolling: false,
  textSize: 1,
  textWidth: 75,
  taskShare: 30,
  isFocused: false,
  showsRawText: false,
  sessionGoal: null,
};
