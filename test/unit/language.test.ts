/** Every catalogue has every text, with the same placeholders and the plurals its language needs. */
import i18next from 'i18next';
import { afterEach, describe, expect, it } from 'vitest';
import { ar } from '../../renderer/language/ar.ts';
import { de } from '../../renderer/language/de.ts';
import { en } from '../../renderer/language/en.ts';
import { ERROR_TEXTS, FAILURE_TEXTS, failureText } from '../../renderer/language/failure-text.ts';
import '../../renderer/language/language.ts';
import { textDirection } from '../../renderer/reading/text-direction.ts';
import { type Failure, failure } from '../../shared/contract/envelope.ts';
import { RATER_ENGLISH } from '../../shared/errors/english.ts';
import type { ErrorKey, ErrorMessage } from '../../shared/errors/messages.ts';
import { checkVote, type GivenVote } from '../../shared/rating/rules.ts';
import type { Rubric } from '../../shared/study/rubric.ts';
import { LANGUAGES } from '../../shared/study/settings.ts';

const CATALOGUES = { en, de, ar };
const PLURAL = /_(zero|one|two|few|many|other)$/u;

function textsOf(catalogue: object, path = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') texts.set(name, value);
    else for (const [inner, text] of textsOf(value, name)) texts.set(inner, text);
  }
  return texts;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name).sort();

const slotsOf = (text: string) => [...text.matchAll(/\{\{(>?\w+)\}\}/gu)].map(([, slot]) => slot);
const messagesIn = (text: string) => slotsOf(text).filter((slot) => slot?.startsWith('>'));

describe('the catalogues', () => {
  const english = textsOf(en);

  it.each(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])('%s is complete', (code) => {
    const texts = textsOf(CATALOGUES[code]);
    const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    const wanted = [...english.keys()].flatMap((key) => {
      if (!PLURAL.test(key)) return [key];
      return key.endsWith('_other') ? categories.map((category) => key.replace(PLURAL, `_${category}`)) : [];
    });
    expect([...texts.keys()].sort()).toEqual([...new Set(wanted)].sort());
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('');
      const original = english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '';
      const [own, its] = [placeholders(text), placeholders(original)];
      // Languages with a dual, and some that count one, say the number in the word.
      const mayLeaveOut = PLURAL.test(key) && !key.endsWith('_other');
      expect(mayLeaveOut ? its : own, key).toEqual(expect.arrayContaining(mayLeaveOut ? own : its));
      expect(own.length, key).toBeLessThanOrEqual(its.length);
    }
  });

  it('leave no text untranslated', () => {
    for (const code of ['de', 'ar'] as const) {
      const same = [...textsOf(CATALOGUES[code])].filter(([key, text]) => english.get(key) === text);
      // A word that both languages have, and texts made of placeholders.
      expect(
        same
          .map(([key]) => key)
          .filter(
            (key) => !['action.pause.label', 'pause.take', 'seat.passphrase', 'studies.blind'].includes(key),
          ),
      ).toEqual([]);
    }
  });
});

describe('a text of a study', () => {
  it.each([
    ['Which is better?', 'ltr'],
    ['أيهما أفضل: A أو B؟', 'rtl'],
    ['מה השאלה?', 'rtl'],
    ['1. **نعم**', 'rtl'],
    ['2 + 2 = 4', 'ltr'],
    ['どちら？', 'ltr'],
  ])('%s runs %s', (text, direction) => {
    expect(textDirection(text)).toBe(direction);
  });
});

describe('what a failure means', () => {
  it('is said in Arabic without a Latin letter, but for names of files and formats', () => {
    const { rating, seat, store, disk, file } = ERROR_TEXTS.ar;
    const texts = [FAILURE_TEXTS.ar, rating, seat, store, disk, file].flatMap((room) => Object.values(room));
    expect(texts.filter((text) => /[A-Za-z]/u.test(text.replace(/\{\{>?\w+\}\}/gu, '')))).toEqual([]);
  });

  it.each(['de', 'ar'] as const)('is said in %s with every message and no unknown value', (language) => {
    const texts = textsOf(ERROR_TEXTS[language]);
    const english = textsOf(RATER_ENGLISH);
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    const same = [...texts].filter(([key, text]) => english.get(key) === text).map(([key]) => key);
    expect(same).toEqual(['pack.manifest_contradicts', 'pack.manifest_field']);
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('');
      expect(slotsOf(english.get(key) ?? ''), key).toEqual(expect.arrayContaining(slotsOf(text)));
      expect(messagesIn(text), key).toEqual(messagesIn(english.get(key) ?? ''));
    }
  });
});

describe('a failure on a rater’s page', () => {
  afterEach(() => void i18next.changeLanguage('en'));

  const failureOf = (said: ErrorMessage): Failure => {
    const envelope = failure('invalid_input', said);
    if (envelope.ok) throw new Error('a failure is none');
    return envelope.error;
  };

  it('says the particular in the language of the page', () => {
    const error = failureOf({ key: 'seat.wait', values: { seconds: 1200 } });
    expect(failureText(error)).toBe('Too many wrong passphrases. Try again in 1200 s.');
    void i18next.changeLanguage('de');
    expect(failureText(error)).toBe('Zu viele falsche Passphrasen. Versuchen Sie es in 1.200 s noch einmal.');
    void i18next.changeLanguage('ar');
    expect(failureText(error)).toContain('عبارات مرور خاطئة كثيرة');
  });

  it('says a message within a message, or what the code means where one of the two is not there', () => {
    const said: ErrorMessage = {
      key: 'pack.refused',
      values: { name: 'a.touchpack', reason: { key: 'pack.file_missing', values: { file: 'texts.jsonl' } } },
    };
    expect(failureText(failureOf(said))).toBe('a.touchpack: texts.jsonl is missing. Nothing was opened.');
    void i18next.changeLanguage('de');
    expect(failureText(failureOf(said))).toBe(
      '\u2068a.touchpack\u2069: \u2068texts.jsonl\u2069 fehlt. Nichts wurde geöffnet.',
    );
    const unknown = {
      ...said,
      values: { name: 'a', reason: { key: 'pack.of_tomorrow' } },
    } as unknown as ErrorMessage;
    expect(failureText({ ...failureOf(said), ...unknown })).toBe(FAILURE_TEXTS.de.invalid_input);
    for (const key of ['toString.call', 'pack.constructor', '__proto__.x', 'call', ''])
      expect(failureText({ ...failureOf(said), key: key as ErrorKey })).toBe(FAILURE_TEXTS.de.invalid_input);
  });

  it.each(Object.keys(LANGUAGES))('says in %s in whole sentences why a vote is not asked', (language) => {
    const asked = {
      scale: 'two_way',
      asksConfidence: false,
      marksSpans: false,
      minimumViewingMs: 0,
    } as const;
    const rubric = { criteria: [], reasonTags: [] };
    const standing = { hasConsented: true, isOpen: true, isTraining: false } as const;
    const vote: GivenVote = { answer: 'left', guidelineVersion: 1, viewedMs: 1, idleMs: 0, revises: false };
    const needed = { criteria: [{ name: 'tone', about: '', required: true }], reasonTags: [] };
    const votes: readonly (Partial<GivenVote> & { readonly under?: Rubric })[] = [
      { under: needed },
      { answer: 'tie' },
      { skipReason: 'other' },
      { strength: 1 },
      { confidence: 1 },
      { details: { spans: [1] } },
      { details: { criteria: { tone: 1 } } },
      { details: { reasonTags: ['tone'] } },
      { guidelineVersion: 2 },
      { note: 'turned \u202e round' },
    ];
    void i18next.changeLanguage(language);
    for (const { under = rubric, ...change } of votes) {
      const problem = checkVote(
        { ...asked, rubric: change.guidelineVersion === undefined ? under : null },
        { ...standing, isInOpenBlock: true, isAuditComplete: false, wasRead: false },
        { ...vote, ...change },
      );
      if (problem?.fault !== 'not_asked') throw new Error(`${JSON.stringify(change)} is asked`);
      const sentence = failureText(failureOf(problem.reason));
      expect(sentence).toMatch(/^[\p{Lu}\p{Lo}„“«].*\.$/u);
      expect(sentence).not.toMatch(/^فيه /u);
    }
  });

  it.each(['{{name}}', '{{>reason}}', '$t(rate.help)', '$&', '<b>x</b>'])(
    'says the value %s as it is',
    (name) => {
      const error = failureOf({ key: 'rating.rater_unknown', values: { name } });
      expect(failureText(error)).toBe(`This study has no rater named “${name}”.`);
      void i18next.changeLanguage('de');
      expect(failureText(error)).toContain(`„\u2068${name}\u2069“`);
    },
  );

  it('lets no value turn the sentence round', () => {
    void i18next.changeLanguage('ar');
    const text = failureText(failureOf({ key: 'rating.rater_unknown', values: { name: 'a\u202e\u2069b' } }));
    expect(text).toContain('«\u2068ab\u2069»');
  });
});
