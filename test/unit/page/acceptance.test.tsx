import { cleanup, render, screen, within } from '@testing-library/react';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { acceptanceText } from '../../../electron/hosts/cli/terminal/acceptance-text.ts';
import { AcceptanceView } from '../../../renderer/components/packs/AcceptanceView.tsx';
import { speak, tongueOf } from '../../../renderer/language/language.ts';
import type { AcceptanceReport, Criterion } from '../../../shared/pack/acceptance.ts';
import { acceptanceReport } from '../../../shared/report/acceptance-report.ts';
import { ACCEPTANCE_WORDS } from '../../../shared/report/acceptance-words.ts';
import { englishTongue } from '../../../shared/report/tongue.ts';

const NAMES = Object.keys(ACCEPTANCE_WORDS.criteria) as Criterion['name'][];

/** Every criterion, with each kind of rule and of verdict among them. */
const CRITERIA: readonly Criterion[] = NAMES.map((name, place) => {
  const of = 1000 + place;
  const share = place === 0 ? null : (100 * place + 37) / of;
  return {
    name,
    hits: place === 0 ? 0 : 100 * place + 37,
    of: place === 0 ? 0 : of,
    share,
    low: share === null || place === 1 ? null : share - 0.031,
    high: share === null || place === 1 ? null : share + 0.022,
    asked:
      place % 4 === 3
        ? null
        : {
            limit: place % 2 === 0 ? 'least' : 'most',
            share: 0.875,
            bound: (['estimate', 'lower', 'upper'] as const)[place % 3] ?? 'estimate',
          },
    verdict: (['unknown', 'met', 'failed'] as const)[place % 3] ?? 'met',
  };
});

const REPORT: AcceptanceReport = {
  touchacceptance: 1,
  packId: 'p',
  revision: 1,
  rows: 12_345,
  isWithAnswerKey: false,
  verdict: 'incomplete',
  open: 3,
  answered: 1234,
  assigned: 5678,
  criteria: CRITERIA,
  raters: [
    { rater: 'ann', hasBegun: true, criteria: CRITERIA.slice(0, 3) },
    { rater: 'ben', hasBegun: false, criteria: CRITERIA.slice(3) },
  ],
};

afterEach(() => {
  cleanup();
  act(() => speak('en'));
});

describe('an acceptance', () => {
  it('says the same in the terminal as on the page, in the same order', () => {
    const { sentences, tables } = acceptanceReport(REPORT, englishTongue(ACCEPTANCE_WORDS));
    const text = acceptanceText(REPORT);
    let at = 0;
    const next = (part: string) => {
      const found = text.indexOf(part, at);
      expect(found, part).toBeGreaterThanOrEqual(at);
      at = found + part.length;
    };
    for (const sentence of sentences) next(sentence);
    for (const { caption, rows } of tables) {
      next(caption);
      for (const cell of rows.flat()) next(cell);
    }
    expect(tables.map(({ caption }) => caption)).toEqual(['All raters', 'ann', 'ben']);
    expect(text).toContain('1,234 of 5,678 answered.\nNot begun: ben.');
  });

  it.each(['en', 'de', 'ar'] as const)('is drawn with every cell, in the words of “%s”', (code) => {
    act(() => speak(code));
    render(<AcceptanceView report={REPORT} />);
    const { sentences, tables } = acceptanceReport(REPORT, tongueOf<typeof ACCEPTANCE_WORDS>('acceptance'));
    for (const sentence of sentences)
      expect(document.querySelector('.acceptance-verdict')?.textContent).toContain(sentence);
    for (const { caption, columns, rows } of tables) {
      const drawn = within(screen.getByRole('table', { name: caption }))
        .getAllByRole('row')
        .slice(1);
      expect(drawn).toHaveLength(rows.length);
      for (const [index, row] of rows.entries()) {
        const cells = drawn[index]?.querySelectorAll('th, td') ?? [];
        expect(
          Array.from(cells, (cell, place) =>
            columns[place]?.intervals === undefined
              ? cell.textContent
              : (cell.querySelector('svg')?.getAttribute('aria-label') ?? ''),
          ),
        ).toEqual(row);
      }
    }
    const words = [...sentences, ...tables.flatMap(({ rows }) => rows.flat())].join('\n');
    expect(words).not.toMatch(/\{\{|acceptance\.|criteria\./u);
    if (code !== 'en')
      expect(words).not.toContain(acceptanceReport(REPORT, englishTongue(ACCEPTANCE_WORDS)).sentences[0]);
  });
});
