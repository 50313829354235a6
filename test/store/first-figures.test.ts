/** What the first figures of a card wait for: votes and verdicts, and no more than those need. */
import { expect, it, vi } from 'vitest';
import { BlindedCard } from '../../electron/core/card/blinded-card.ts';
import { type CardPiece, computeCard } from '../../electron/core/card/compute-card.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { cardMaker } from '../../shared/card/agreement-card.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { CONSENSUS_RULES } from '../../shared/labels/consensus.ts';
import { cardData } from '../support/card-data.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { takeStatements } from '../support/counted-statements.ts';
import { openTestApp } from '../support/open-app.ts';

vi.mock('better-sqlite3', async (importOriginal) => {
  const { countedDriver } = await import('../support/counted-statements.ts');
  const { default: driver } = await importOriginal<{ default: Parameters<typeof countedDriver>[0] }>();
  return { default: countedDriver(driver) };
});

const options = agreementOptionsSchema.parse({});

it.each([false, true])(
  'are there before slices, systems and texts are read, for a page: %s',
  async (isForPage) => {
    const { storePath } = await openTestApp();
    const rows = nativeRows(60).map((row, index) => ({
      ...row,
      slices: { language: index % 2 === 0 ? 'en' : 'de' },
      human: ['r1', 'r2', 'r3'].map((rater, place) => ({
        rater,
        verdict: (index + place) % 5 < 3 ? 'first' : 'second',
      })),
      judge: ['a_first', 'b_first'].map((order) => ({ judge: 'j', order, verdict: 'first' })),
    }));
    const { studyId = '' } = await importText(storePath, jsonLines(rows));
    const laterNeeds = [/\bslices\b/u, /\bsystem_id\b/u, /SELECT id, output\b/u];
    takeStatements();
    const run: string[] = [];
    const neededBy = new Map<string, readonly boolean[]>();
    const onPartial = (piece: unknown) => {
      run.push(...takeStatements());
      const { type, part } = piece as CardPiece & { readonly part?: { readonly name: string } };
      neededBy.set(
        part?.name ?? type,
        laterNeeds.map((need) => run.some((sql) => need.test(sql))),
      );
    };
    await computeCard(
      {
        storePath,
        studyId: studyId ?? '',
        judge: null,
        options,
        slice: null,
        isForPage,
        raterPairs: false,
      },
      { ...NO_CONTROLS, onPartial },
    );

    expect(neededBy.get('head')).toEqual([false, false, false]);
    expect(neededBy.get('standing')).toEqual([false, false, false]);
    // Else it would show nothing.
    expect(neededBy.get('ranking')).toEqual([true, true, true]);
  },
);

it('a blind card asks for people’s labels no more often the more figures a part has', () => {
  const codes = Array.from({ length: 300 }, (_none, pair) => pair % 3);
  const raters = { ada: codes, ben: codes.map((code, pair) => (pair % 7 === 0 ? 0 : code)) };
  const data = cardData({ raters, judges: { j: codes } });
  const blinded = new BlindedCard(data, options);
  const maker = cardMaker(data, 'j', options, null, { labels: blinded.labels });
  if ('missing' in maker) throw new Error('no card');
  const part = maker.part('policies');
  const under = vi.spyOn(blinded.labels, 'under');
  const askedFor = (copies: number) => {
    under.mockClear();
    const figures = Array.from({ length: copies }, () => part.figures).flat();
    blinded.hidePart({ ...part, figures }, options, null, data.judges[0] ?? null);
    return under.mock.calls.length;
  };

  expect(part.figures.length).toBeGreaterThan(CONSENSUS_RULES.length);
  expect(askedFor(1)).toBeGreaterThan(CONSENSUS_RULES.length);
  expect(askedFor(10)).toBe(askedFor(1));
});
