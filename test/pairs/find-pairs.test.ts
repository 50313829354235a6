/** Pairs of a study are found by what is said of them and by what stands in them, however many there are. */
import { describe, expect, it } from 'vitest';
import { findPairs } from '../../electron/core/pairs/find-pairs.ts';
import { requireStudy } from '../../electron/core/store/study/studies.ts';
import type { PairFilter } from '../../shared/pairs/pair-filter.ts';
import { importText, jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';

/** Two raters of three are asked for. Of five pairs, one has no vote, one a skip alone, one a vote, one two, one a vote and a skip. */
const VOTES = [[], ['skipped'], ['first'], ['first', 'tie'], ['second', 'skipped']] as const;
const COUNT = 60;

async function studyOf(words: (pair: number) => string = () => '') {
  const test = await openTestApp();
  const rows = nativeRows(COUNT).map((row, index) => ({
    ...row,
    b: { ...(row.b as object), text: `Another answer to ${index}. ${words(index)}` },
    human: (VOTES[index % VOTES.length] ?? []).map((verdict, place) => ({
      rater: ['ada', 'ben'][place],
      verdict,
    })),
  }));
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  const id = studyId ?? '';
  await test.value('studies.configure', { studyId: id, design: { ratersPerPair: 2 } });
  return { test, id };
}

const numbersWhere = (holds: (index: number) => boolean) =>
  Array.from({ length: COUNT }, (_pair, index) => index).flatMap((index) =>
    holds(index) ? [index + 1] : [],
  );

/** All that are found, asked on as long as there is more. */
async function found({ value }: TestApp, studyId: string, filter: PairFilter): Promise<number[]> {
  const numbers: number[] = [];
  for (let from: number | null = 1; from !== null; ) {
    const page: { numbers: readonly number[]; next: number | null } = await value('pairs.find', {
      studyId,
      filter,
      from,
    });
    numbers.push(...page.numbers);
    from = page.next;
  }
  return numbers;
}

describe('a filter', () => {
  it.each<[PairFilter, (index: number) => boolean]>([
    [{}, () => true],
    [{ status: 'unlabelled' }, (index) => index % 5 === 0],
    [{ status: 'skipped' }, (index) => index % 5 === 1],
    [{ status: 'part' }, (index) => index % 5 === 2 || index % 5 === 4],
    [{ status: 'done' }, (index) => index % 5 === 3],
    [{ fewestLabels: 1 }, (index) => index % 5 >= 2],
    [{ mostLabels: 1 }, (index) => index % 5 !== 3],
    [{ fewestLabels: 1, mostLabels: 1 }, (index) => index % 5 === 2 || index % 5 === 4],
    [{ slice: { name: 'half', value: 'odd' } }, (index) => index % 2 === 1],
    [{ slice: { name: 'half', value: 'odd' }, status: 'done' }, (index) => index % 10 === 3],
    [{ slice: { name: 'half', value: 'neither' } }, () => false],
    [{ text: 'ANSWER TO 17' }, (index) => index === 17],
    [{ text: 'question 4 of' }, (index) => index === 8 || index === 9],
    [{ check: 'none' }, () => true],
    [{ class: 'none', review: 'none', isLeftOut: false }, () => true],
  ])('%j finds all that fit, and no other', async (filter, holds) => {
    const { test, id } = await studyOf();
    expect(await found(test, id, filter)).toEqual(numbersWhere(holds));
  });

  it('knows checks, classes, reviews and what is left out', async () => {
    const { test, id } = await studyOf();
    await test.value('pairs.markKnown', { studyId: id, pair: 1, stage: 'gold', answer: 'left' });
    await test.value('pairs.markKnown', { studyId: id, pair: 6, stage: 'practice', answer: 'tie' });
    for (const [pair, name] of [
      [3, 'guideline_gap'],
      [4, 'both_fine'],
      [3, 'rater_error'],
      [8, 'rater_error'],
      [8, null],
    ] as const)
      await test.value('disagreements.classify', { studyId: id, pair, class: name });
    await test.value('pairs.queue', { studyId: id, pairs: [14, 4] });
    await test.value('pairs.leaveOut', { studyId: id, pairs: [20, 21], reason: 'broken' });
    await test.value('pairs.takeBack', { studyId: id, pairs: [21], reason: 'mended' });
    const expected: [PairFilter, number[]][] = [
      [{ check: 'gold' }, [1]],
      [{ check: 'practice' }, [6]],
      [{ check: 'example' }, []],
      [{ class: 'rater_error' }, [3]],
      [{ class: 'guideline_gap' }, []],
      [{ class: 'both_fine' }, [4]],
      [{ review: 'waiting' }, [4, 14]],
      [{ review: 'decided' }, []],
      [{ isLeftOut: true }, [20]],
    ];
    for (const [filter, numbers] of expected)
      expect(await found(test, id, filter), JSON.stringify(filter)).toEqual(numbers);
    expect(await found(test, id, { check: 'none', status: 'unlabelled' })).not.toContain(1);
    const { session, queue } = await test.value('rating.begin', {
      studyId: id,
      rater: 'judy',
      role: 'adjudicator',
    });
    await test.value('rating.submit', {
      session,
      commandId: crypto.randomUUID(),
      presentationId: queue[0]?.presentationId ?? '',
      answer: 'left',
      viewedMs: 500,
    });
    expect(await found(test, id, { review: 'decided' })).toEqual([4]);
    expect(await found(test, id, { review: 'waiting' })).toEqual([14]);
  });

  it('splits a study as the card does', async () => {
    const { test, id } = await studyOf();
    const [dev, all] = [await found(test, id, { split: 'dev' }), await found(test, id, {})];
    const { splits } = await test.value('agreement.card', { studyId: id, parts: ['people'] });
    expect(dev).toHaveLength(splits.dev);
    expect(await found(test, id, { split: 'test' })).toEqual(all.filter((number) => !dev.includes(number)));
    expect(splits.dev * splits.test).toBeGreaterThan(0);
  });

  it.each([
    ['ÜBERALL', 'überall'],
    ['σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['e\u0301t\u00e9', '\u00c9TE\u0301'],
    ['a “quoted”\nline', '“quoted”\nline'],
    ['100 % and _', '0 % and _'],
    ["it's \\ here", "'s \\"],
    ['مرحبا', 'مرحبا'],
  ])('finds %j by %j as a text reads, not as it is stored', async (stands, sought) => {
    const { test, id } = await studyOf((pair) => (pair === 33 ? stands : ''));
    expect(await found(test, id, { text: sought })).toEqual([34]);
  });
});

describe('while a study is blind', () => {
  it('an id is found whole alone, and after that by a part of it', async () => {
    const { test, id } = await studyOf();
    expect(await found(test, id, { text: 'pair-7' })).toEqual([8]);
    expect(await found(test, id, { text: 'pair-' })).toEqual([]);
    for (const system of SECRET_SYSTEMS) expect(await found(test, id, { text: system })).toEqual([]);
    await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
    expect(await found(test, id, { text: 'PAIR-' })).toHaveLength(COUNT);
  });

  it('a review that rests on a judge is not told', async () => {
    const { test, id } = await studyOf();
    const rows = nativeRows(COUNT).map(({ id: pair }) => ({
      id: pair,
      judge: [{ judge: 'the judge', order: 'a_first', verdict: 'second' }],
    }));
    await importText(test.storePath, jsonLines(rows));
    await test.value('reviews.make', {
      studyId: id,
      plan: { kind: 'adjudication', judge: 'the judge', pairs: 10 },
    });
    expect(await found(test, id, { review: 'waiting' })).toEqual([]);
    const queue = { studyId: id, pairs: [13, 14] };
    expect(await test.app.call('pairs.queue', queue)).toMatchObject({
      ok: false,
      error: { code: 'study_blinded' },
    });
    expect(
      (await test.value('pairs.list', { studyId: id, numbers: [3, 4, 8] })).map(({ review }) => review),
    ).toEqual([null, null, null]);
    await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
    expect(await found(test, id, { review: 'waiting' })).toHaveLength(10);
  });
});

it('many pairs are named in pieces, each pair once', async () => {
  const test = await openTestApp();
  const { studyId } = await importText(test.storePath, jsonLines(nativeRows(12_345)));
  const id = studyId ?? '';
  const first = await test.value('pairs.find', { studyId: id });
  expect(first).toMatchObject({ next: 10_001, pairs: 12_345 });
  expect(first.numbers).toHaveLength(10_000);
  const { store } = test.app.context;
  const study = requireStudy(store, id);
  const input = { studyId: id, filter: { text: 'answer to 1' }, from: 1 };
  let [from, calls, numbers] = [1 as number | null, 0, [] as number[]];
  for (; from !== null; calls++) {
    const page = findPairs(store, study, { ...input, from });
    numbers = [...numbers, ...page.numbers];
    from = page.next;
  }
  expect(calls).toBe(2);
  const wanted = Array.from({ length: 12_345 }, (_pair, index) => index).filter((index) =>
    String(index).startsWith('1'),
  );
  expect(numbers).toEqual(wanted.map((index) => index + 1));
});
