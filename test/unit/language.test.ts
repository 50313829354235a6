/** Every catalogue has every text, with the same placeholders and the plurals its language needs. */
import { describe, expect, it } from 'vitest';
import { ar } from '../../renderer/language/ar.ts';
import { de } from '../../renderer/language/de.ts';
import { en } from '../../renderer/language/en.ts';
import { FAILURE_TEXTS, REASON_TEXTS } from '../../renderer/language/failure-text.ts';
import { textDirection } from '../../renderer/reading/text-direction.ts';
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
          .filter((key) => !['action.pause.label', 'pause.take', 'studies.blind'].includes(key)),
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
  it('is said in Arabic without a Latin letter', () => {
    const texts = [...Object.values(FAILURE_TEXTS.ar), ...Object.values(REASON_TEXTS.ar)];
    expect(texts.filter((text) => /[A-Za-z]/u.test(text))).toEqual([]);
  });
});
