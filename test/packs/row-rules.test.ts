/** Every rule on what a row of a return may say, in one table; and one table of votes that every way in judges alike. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newKey, signerOf } from '../../electron/core/packs/ed25519.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { textSha256 } from '../../shared/json/content-hash.ts';
import type { PackManifest } from '../../shared/pack/pack-manifest.ts';
import type { PackPresentation } from '../../shared/pack/pack-rows.ts';
import { type NewReturnRow, type ReturnRow, returnRowSchema } from '../../shared/pack/return-rows.ts';
import { returnLines } from '../../shared/pack/return-writer.ts';
import { RowCheck, type RowFault } from '../../shared/pack/row-check.ts';
import type { Rubric } from '../../shared/study/rubric.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { containerOf, filesOf } from '../support/pack-bytes.ts';
import { IDENTITY, makeTestPack, mergeFiles, packOptions, vendorWith } from '../support/packs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MORNING = Date.UTC(2026, 0, 5, 8);
const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
const pairId = (place: number) => place.toString(16).padStart(32, '0');

const RUBRIC = { criteria: [{ name: 'depth', about: '' }], reasonTags: ['wrong'] };

/** Two raters with ten pairs each, in blocks of two, who read both outputs of 100 characters in a second at best. */
function check({ consent = '', blockSize = 2 as number | null, training = 0 } = {}) {
  const raters = ['v1', 'v2'];
  const manifest = {
    guideline: { version: 1, text: '' },
    rubric: RUBRIC,
    scale: 'graded_5',
    rules: { minimumViewingMs: 500, asksConfidence: false, marksSpans: false, blockSize, consent },
    raters: raters.map((name) => ({ name })),
    acceptance: { charactersPerSecond: 100 },
  } as PackManifest;
  return new RowCheck({
    manifest,
    presentation: (id) => {
      const place = Number.parseInt(id, 16);
      const rater = raters[Math.floor(place / 10)];
      const part = place % 10 < training ? 'qualifying' : 'work';
      const pair: PackPresentation = { id, task: id, left: id, right: id, part };
      return rater === undefined ? undefined : { rater, place: place % 10, pair };
    },
    charactersOf: () => 100,
    rubricOf: (guideline) => (guideline === 1 ? RUBRIC : null),
    isConsent: (sha256) => sha256 === textSha256(consent),
    firstWorkOf: () => training,
  });
}

type VoteChange = Partial<Extract<NewReturnRow, { type: 'vote' }>>;

const vote = (place: number, atMs: number, change: VoteChange = {}): NewReturnRow => ({
  type: 'vote',
  rater: 'v1',
  presentation: pairId(place),
  command: crypto.randomUUID(),
  at: MORNING + atMs,
  answer: 'left',
  strength: 1,
  guideline: 1,
  viewedMs: 2 * SECOND,
  idleMs: 0,
  ...change,
});
const retraction = (place: number, atMs: number, change = {}): NewReturnRow => ({
  type: 'retraction',
  rater: 'v1',
  presentation: pairId(place),
  command: crypto.randomUUID(),
  at: MORNING + atMs,
  ...change,
});
const closed = (block: number, at = MORNING): NewReturnRow => ({
  type: 'block_closed',
  rater: 'v1',
  at,
  block,
});
const agreed = (text: string, at = MORNING): NewReturnRow => ({
  type: 'consent',
  rater: 'v1',
  at,
  textSha256: textSha256(text),
});

describe('a row of a return', () => {
  const TOO_EARLY = Date.UTC(2019, 11, 31);
  it.each<{
    about: string;
    rows: readonly NewReturnRow[];
    fault: RowFault | null;
    study?: Parameters<typeof check>[0];
  }>([
    { about: 'an honest vote', rows: [vote(0, 0)], fault: null },
    { about: 'a vote after another', rows: [vote(0, 0), vote(1, 2 * SECOND)], fault: null },
    { about: 'of nobody in the pack', rows: [vote(0, 0, { rater: 'v3' })], fault: 'foreign' },
    { about: 'on a pair of no pack', rows: [vote(99, 0)], fault: 'foreign' },
    { about: 'on somebody else’s pair', rows: [vote(12, 0)], fault: 'out_of_design' },
    { about: 'a tie with a strength', rows: [vote(0, 0, { answer: 'tie' })], fault: 'out_of_design' },
    { about: 'too strong', rows: [vote(0, 0, { strength: 3 })], fault: 'out_of_design' },
    { about: 'sure, unasked', rows: [vote(0, 0, { confidence: 2 })], fault: 'out_of_design' },
    {
      about: 'with marks, unasked',
      rows: [vote(0, 0, { details: { spans: [{ side: 'left', from: 0, to: 4 }] } })],
      fault: 'out_of_design',
    },
    {
      about: 'by a criterion nobody asks',
      rows: [vote(0, 0, { details: { criteria: { style: 'left' } } })],
      fault: 'out_of_design',
    },
    {
      about: 'for a reason nobody offers',
      rows: [vote(0, 0, { details: { reasonTags: ['late'] } })],
      fault: 'out_of_design',
    },
    {
      about: 'a skip without a reason',
      rows: [vote(0, 0, { answer: 'skipped', strength: undefined })],
      fault: 'out_of_design',
    },
    { about: 'a reason without a skip', rows: [vote(0, 0, { skipReason: 'other' })], fault: 'out_of_design' },
    { about: 'under a guideline to come', rows: [vote(0, 0, { guideline: 2 })], fault: 'out_of_design' },
    {
      about: 'a note that turns text round',
      rows: [vote(0, 0, { note: 'a \u202e b' })],
      fault: 'out_of_design',
    },
    { about: 'a note with NUL', rows: [vote(0, 0, { note: 'a\0' })], fault: 'out_of_design' },
    { about: 'a note of two lines', rows: [vote(0, 0, { note: 'a\n\tb' })], fault: null },
    { about: 'at the beginning of 1970', rows: [vote(0, -MORNING)], fault: 'impossible' },
    { about: 'a day before 2020', rows: [vote(0, TOO_EARLY - MORNING)], fault: 'impossible' },
    { about: 'in 2100', rows: [vote(0, Date.UTC(2100, 0, 1) - MORNING)], fault: 'impossible' },
    { about: 'after less than the least time', rows: [vote(0, 0, { viewedMs: 499 })], fault: 'impossible' },
    { about: 'faster than reading', rows: [vote(0, 0, { viewedMs: 999 })], fault: 'impossible' },
    { about: 'idle for most of it', rows: [vote(0, 0, { idleMs: 1500 })], fault: 'impossible' },
    {
      about: 'a skip, which needs no reading',
      rows: [vote(0, 0, { answer: 'skipped', strength: undefined, skipReason: 'other', viewedMs: 600 })],
      fault: null,
    },
    { about: 'idle for longer than it was there', rows: [vote(0, 0, { idleMs: 2001 })], fault: 'impossible' },
    { about: 'on screen for 32 days', rows: [vote(0, 0, { viewedMs: 32 * DAY })], fault: 'impossible' },
    {
      about: 'on screen for a weekend',
      rows: [vote(0, 0, { viewedMs: 3 * DAY, idleMs: 2 * DAY })],
      fault: null,
    },
    { about: 'before the vote before it', rows: [vote(0, 0), vote(1, -1)], fault: 'impossible' },
    { about: 'overlapping it', rows: [vote(0, 0), vote(1, 100)], fault: 'impossible' },
    { about: 'overlapping it a little', rows: [vote(0, 0), vote(1, 1000)], fault: null },
    {
      about: 'overlapping with all before',
      rows: [vote(0, 0), vote(1, 1000), vote(2, 2000)],
      fault: 'impossible',
    },
    { about: 'thought over quickly', rows: [vote(0, 0), vote(0, 100, { viewedMs: 10 })], fault: null },
    {
      about: 'thought over before it was read',
      rows: [vote(0, 0, { viewedMs: 600 }), vote(0, 100, { viewedMs: 10 })],
      fault: 'impossible',
    },
    { about: 'thought over before it was given', rows: [vote(0, 0), vote(0, -1)], fault: 'impossible' },
    { about: 'taken back', rows: [vote(0, 0), retraction(0, 100)], fault: null },
    { about: 'taken back without being there', rows: [retraction(0, 0)], fault: 'out_of_design' },
    {
      about: 'taken back twice',
      rows: [vote(0, 0), retraction(0, 1), retraction(0, 2)],
      fault: 'out_of_design',
    },
    { about: 'taken back before it was given', rows: [vote(0, 0), retraction(0, -1)], fault: 'impossible' },
    { about: 'taken back in 1970', rows: [vote(0, 0), retraction(0, -MORNING)], fault: 'impossible' },
    {
      about: 'taken back in 2100',
      rows: [vote(0, 0), retraction(0, Date.UTC(2100, 0, 1) - MORNING)],
      fault: 'impossible',
    },
    { about: 'taking back somebody else’s', rows: [retraction(12, 0)], fault: 'out_of_design' },
    { about: 'after its block was closed', rows: [vote(0, 0), closed(0), vote(1, 2000)], fault: 'late' },
    { about: 'in the next block', rows: [vote(0, 0), closed(0), vote(2, 2000)], fault: null },
    { about: 'taken back after its block', rows: [vote(0, 0), closed(0), retraction(0, 1)], fault: 'late' },
    {
      about: 'answering the training anew',
      rows: [vote(0, 0), vote(0, 3000)],
      fault: 'late',
      study: { training: 1 },
    },
    {
      about: 'taking an answer of the training back',
      rows: [vote(0, 0), retraction(0, 1)],
      fault: 'late',
      study: { training: 1 },
    },
    {
      about: 'answering the training anew after taking it back',
      rows: [vote(0, 0), retraction(0, 1), vote(0, 3000)],
      fault: 'late',
      study: { training: 1 },
    },
    { about: 'closing the blocks in their order', rows: [closed(0), closed(1)], fault: null },
    { about: 'closing a block before the first', rows: [closed(1)], fault: 'out_of_design' },
    { about: 'closing all there ever are', rows: [closed(Number.MAX_SAFE_INTEGER)], fault: 'out_of_design' },
    {
      about: 'closing blocks where are none',
      rows: [closed(0)],
      fault: 'out_of_design',
      study: { blockSize: null },
    },
    { about: 'closing a block in 1970', rows: [closed(0, 0)], fault: 'impossible' },
    {
      about: 'beginning in 1970',
      rows: [{ type: 'begun', rater: 'v1', at: 0, product: '1' }],
      fault: 'impossible',
    },
    { about: 'before consent', rows: [vote(0, 0)], fault: 'out_of_design', study: { consent: 'yes?' } },
    { about: 'after consent', rows: [agreed('yes?'), vote(0, 0)], fault: null, study: { consent: 'yes?' } },
    {
      about: 'consenting to another text',
      rows: [agreed('no?')],
      fault: 'out_of_design',
      study: { consent: 'yes?' },
    },
    {
      about: 'consenting in 1970',
      rows: [agreed('yes?', 0)],
      fault: 'impossible',
      study: { consent: 'yes?' },
    },
    {
      about: 'after no possible consent',
      rows: [agreed('yes?', 0), vote(0, 0)],
      fault: 'out_of_design',
      study: { consent: 'yes?' },
    },
    { about: 'the clock was set', rows: [{ type: 'clock', at: 0, shiftMs: -1 }], fault: null },
  ])('is judged by what it says: $about', ({ rows, fault, study }) => {
    const asked = check(study);
    const judged = rows.map((row) => asked.take(row as ReturnRow)?.fault ?? null);
    expect(judged.at(-1)).toBe(fault);
  });

  it.each([
    ['a key that no vote has', { extra: 1 }],
    ['a number for a text', { note: 7 }],
    ['a note of 20,001 characters', { note: 'x'.repeat(20_001) }],
    ['half a millisecond', { viewedMs: 0.5 }],
    ['a time before all time', { at: -1 }],
    ['a span that ends before it starts', { details: { spans: [{ side: 'left', from: 4, to: 4 }] } }],
    ['another answer', { answer: 'first' }],
    ['a command that is none', { command: 'one' }],
    ['an own prototype', JSON.parse('{"__proto__":{"answer":"right"}}') as object],
  ])('is none with %s', (_about, change) => {
    const line = JSON.parse(canonicalJson({ ...vote(0, 0), n: 1 })) as object;
    expect(returnRowSchema.safeParse(line).success).toBe(true);
    const other = Object.defineProperties(line, Object.getOwnPropertyDescriptors(change));
    expect(returnRowSchema.safeParse(other).success).toBe(false);
  });
});

interface VersionChange extends Readonly<Record<string, unknown>> {
  readonly guidelineVersion?: number;
}

/**
 * Every way in which a vote can be given, over one study: here, in a pack, and by a signed return. The study has three versions
 * of its guideline: the first was never in the pack, the second was until the pack was topped up.
 */
async function waysIn(rubric: Rubric = RUBRIC) {
  const design = { minimumViewingMs: 500, scale: 'graded_5', rubric } as const;
  const lead = await openTestApp();
  const { studyId } = await importText(lead.storePath, jsonLines(nativeRows(60)));
  const id = studyId ?? '';
  const earlier = { criteria: [{ name: 'style', about: '' }], reasonTags: [] };
  await lead.value('studies.configure', { studyId: id, design: { ...design, rubric: earlier } });
  const first = await makeTestPack(lead, id, packOptions(['v1', 'v2']));
  const { vendor, packId } = await vendorWith(first.path);
  await lead.value('studies.configure', { studyId: id, design: { rubric } });
  const made = await makeTestPack(lead, id, packOptions(['v1', 'v2', 'late']), { isTopUp: true });
  await vendorWith(made.path, vendor);
  const files = await filesOf(await containerOf(made.path, IDENTITY));
  const manifestText = files.get('manifest.json') ?? '';
  const manifest = JSON.parse(manifestText) as PackManifest;
  const own = manifest.raters.find(({ name }) => name === 'v2')?.file ?? '';
  const pairs = (files.get(own) ?? '').trim().split('\n');
  const key = newKey();
  const seat = async ({ value }: TestApp, study: string, rater: string) =>
    await value('rating.begin', { studyId: study, rater, passphrase: 'a word' });
  const [here, there] = [{ ...(await seat(lead, id, 'ada')) }, { ...(await seat(vendor, packId, 'v1')) }];
  const submit = async (
    { app }: TestApp,
    begun: { -readonly [Key in keyof typeof here]: (typeof here)[Key] },
    change: object,
  ) => {
    const [pair] = begun.queue;
    const reply = await app.call('rating.submit', {
      session: begun.session,
      presentationId: pair?.presentationId,
      commandId: crypto.randomUUID(),
      answer: 'left',
      strength: 1,
      viewedMs: 2000,
      idleMs: 0,
      ...change,
    });
    if (reply.ok) begun.queue = (reply.value as typeof begun).queue;
    return reply.ok;
  };
  let sent = 0;
  return {
    core: (change: object) => submit(lead, here, change),
    pack: (change: object) => submit(vendor, there, change),
    merge: async ({ guidelineVersion = manifest.guideline.version, ...change }: VersionChange) => {
      const presentation = (JSON.parse(pairs[sent++] ?? '{}') as PackPresentation).id;
      const row = vote(0, sent * 60_000, {
        rater: 'v2',
        presentation,
        guideline: guidelineVersion,
        ...change,
      });
      const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
      const lines = [canonicalJson({ ...said, n: 1 })];
      const header = {
        touchreturn: 1 as const,
        packId: manifest.packId,
        revision: manifest.revision,
        manifestSha256: textSha256(manifestText),
        study: manifest.study.id,
        key: key.publicKey,
      };
      const path = join(temporaryFolder(), 'work.touchreturn');
      const end = { isComplete: false, madeAt: MORNING };
      writeFileSync(path, `${[...returnLines(header, lines, end, signerOf(key))].join('\n')}\n`);
      const more = { trusts: [key.publicKey], dryRun: true };
      return (await mergeFiles(lead, id, [path], more)).taken === 1;
    },
  };
}

it('a vote is taken, or is not, by one rule, wherever it is given', async () => {
  const ways = await waysIn();
  const skipped = { answer: 'skipped', strength: undefined };
  const table: readonly (readonly [about: string, change: VersionChange, isTaken: boolean])[] = [
    ['an honest one', {}, true],
    ['one millisecond under the least time', { viewedMs: 499 }, false],
    ['none at all', { viewedMs: 0 }, false],
    ['just the least time', { viewedMs: 500 }, true],
    ['idle for all of it', { viewedMs: 600, idleMs: 600, ...skipped, skipReason: 'other' }, true],
    ['idle for longer', { viewedMs: 600, idleMs: 601 }, false],
    ['31 days', { viewedMs: 31 * DAY }, true],
    ['a millisecond more', { viewedMs: 31 * DAY + 1 }, false],
    ['a skip under the least time', { viewedMs: 499, ...skipped, skipReason: 'other' }, false],
    ['a skip without a reason', skipped, false],
    ['a reason without a skip', { skipReason: 'other' }, false],
    ['a side without its strength', { strength: undefined }, false],
    ['a side too strong', { strength: 3 }, false],
    ['a tie with a strength', { answer: 'tie' }, false],
    ['a tie', { answer: 'tie', strength: undefined }, true],
    ['an answer that is not offered', { answer: 'both_bad', strength: undefined }, false],
    ['sure, unasked', { confidence: 1 }, false],
    ['a known criterion', { details: { criteria: { depth: 'right' } } }, true],
    ['another one', { details: { criteria: { style: 'right' } } }, false],
    ['another reason', { details: { reasonTags: ['late'] } }, false],
  ];
  for (const [about, change, isTaken] of table) {
    const found = {
      core: await ways.core(change),
      pack: await ways.pack(change),
      merge: await ways.merge(change),
    };
    expect([about, found]).toEqual([about, { core: isTaken, pack: isTaken, merge: isTaken }]);
  }
});

it('a vote says what its study needs, wherever it is given; a skip needs none of it', async () => {
  const criteria = [
    { name: 'depth', about: '', required: true },
    { name: 'style', about: '', required: false },
    { name: 'width', about: '' },
  ];
  const ways = await waysIn({ criteria, reasonTags: [] });
  const skipped = { answer: 'skipped', strength: undefined, skipReason: 'other' };
  const table: readonly (readonly [about: string, change: VersionChange, isTaken: boolean])[] = [
    ['nothing of it', {}, false],
    ['all but it', { details: { criteria: { style: 'left', width: 'tie' } } }, false],
    ['just it', { details: { criteria: { depth: 'tie' } } }, true],
    ['nothing of it, in a tie', { answer: 'tie', strength: undefined }, false],
    ['nothing of it, in a skip', skipped, true],
    ['nothing of it, where it was not needed yet', { guidelineVersion: 2 }, true],
  ];
  for (const [about, change, isTaken] of table) {
    const found = {
      core: await ways.core(change),
      pack: await ways.pack(change),
      merge: await ways.merge(change),
    };
    expect([about, found]).toEqual([about, { core: isTaken, pack: isTaken, merge: isTaken }]);
  }
});

it('names of a criterion are those of the version a vote was given under, as far as raters had it', async () => {
  const ways = await waysIn();
  const by = (name: string) => ({ details: { criteria: { [name]: 'left' } } });
  const table: readonly (readonly [about: string, change: VersionChange, taken: string])[] = [
    ['the newest version', { ...by('depth'), guidelineVersion: 3 }, 'core pack merge'],
    ['its criteria in the one before', { ...by('depth'), guidelineVersion: 2 }, ''],
    ['the one before', { ...by('style'), guidelineVersion: 2 }, 'core pack merge'],
    ['its criteria in the newest', { ...by('style'), guidelineVersion: 3 }, ''],
    ['one that the pack never had', { guidelineVersion: 1 }, 'core'],
    ['its criteria, of which there are none', { ...by('style'), guidelineVersion: 1 }, ''],
  ];
  for (const [about, change, taken] of table) {
    const found = Object.entries(ways).map(async ([name, give]) => ((await give(change)) ? [name] : []));
    expect([about, (await Promise.all(found)).flat().join(' ')]).toEqual([about, taken]);
  }
});
