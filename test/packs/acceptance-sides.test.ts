/** Both sides of a pack work out one report, over all that the pack gave to anybody, however far the work is. */
import { describe, expect, it } from 'vitest';
import { acceptFiles } from '../../electron/core/packs/accept-files.ts';
import { acceptPack } from '../../electron/core/packs/accept-pack.ts';
import type { AcceptanceRule } from '../../shared/pack/acceptance-rule.ts';
import { USUAL_ACCEPTANCE } from '../../shared/pack/usual-acceptance.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import {
  IDENTITY,
  makeTestPack,
  mergeFiles,
  packOptions,
  rateInPack,
  returnOf,
  vendorWith,
} from '../support/packs.ts';

interface Case {
  readonly about: string;
  readonly ratersPerPair: number;
  readonly raters: readonly string[];
  /** How many pairs each rater answers; who is not named does not begin. */
  readonly answers: Readonly<Record<string, number>>;
  readonly rule?: Partial<AcceptanceRule>;
  readonly verdict: 'accepted' | 'rejected' | 'incomplete';
  readonly answered: number;
  readonly assigned: number;
  /** Null where it hangs on which pairs came first. */
  readonly open: number | null;
  readonly notBegun: readonly string[];
  readonly isComplete: boolean;
}

const ALL = Number.POSITIVE_INFINITY;
const NO_COVERAGE = { coverage: 0, mostSkipped: 1, mostAnomalies: 1 };

const CASES: readonly Case[] = [
  {
    about: 'all raters are through',
    ratersPerPair: 2,
    raters: ['v1', 'v2'],
    answers: { v1: ALL, v2: ALL },
    verdict: 'accepted',
    answered: 24,
    assigned: 24,
    open: 0,
    notBegun: [],
    isComplete: true,
  },
  {
    about: 'the second rater never began',
    ratersPerPair: 2,
    raters: ['v1', 'v2'],
    answers: { v1: ALL },
    verdict: 'rejected',
    answered: 12,
    assigned: 24,
    open: 1,
    notBegun: ['v2'],
    isComplete: false,
  },
  {
    about: 'the second rater never began, and nothing is asked about coverage: agreement is open',
    ratersPerPair: 2,
    raters: ['v1', 'v2'],
    answers: { v1: ALL },
    rule: NO_COVERAGE,
    verdict: 'incomplete',
    answered: 12,
    assigned: 24,
    open: 1,
    notBegun: ['v2'],
    isComplete: false,
  },
  {
    about: 'one of two stopped half way',
    ratersPerPair: 2,
    raters: ['v1', 'v2'],
    answers: { v1: ALL, v2: 6 },
    verdict: 'rejected',
    answered: 18,
    assigned: 24,
    open: null,
    notBegun: [],
    isComplete: false,
  },
  {
    about: 'nobody shares a pair, so agreement is not asked for',
    ratersPerPair: 1,
    raters: ['v1', 'v2'],
    answers: { v1: ALL, v2: ALL },
    verdict: 'accepted',
    answered: 12,
    assigned: 12,
    open: 0,
    notBegun: [],
    isComplete: true,
  },
  {
    about: 'the last of three in the alphabet worked alone',
    ratersPerPair: 3,
    raters: ['a', 'b', 'c'],
    answers: { c: ALL },
    rule: NO_COVERAGE,
    verdict: 'incomplete',
    answered: 12,
    assigned: 36,
    open: 1,
    notBegun: ['a', 'b'],
    isComplete: false,
  },
];

describe('the acceptance of a pack', () => {
  it.each(CASES)('is one report on both sides: $about', async (each) => {
    const lead = await openTestApp();
    const { studyId } = await importText(lead.storePath, jsonLines(nativeRows(12)));
    const id = studyId ?? '';
    await lead.value('studies.configure', {
      studyId: id,
      design: {
        minimumViewingMs: 0,
        ratersPerPair: each.ratersPerPair,
        checks: { repeatShare: 0, catchShare: 0, goldShare: 0, repeatGap: 3 },
      },
    });
    const options = packOptions(each.raters, { acceptance: { ...USUAL_ACCEPTANCE, ...each.rule } });
    const made = await makeTestPack(lead, id, options);
    const { vendor, packId } = await vendorWith(made.path);
    // Of one mind about the texts, on whatever sides they stand.
    for (const [rater, most] of Object.entries(each.answers))
      await rateInPack(vendor, packId, rater, most, ({ left, right }) => (left < right ? 'left' : 'right'));
    const returned = await vendor.value('packs.makeReturn', { packId });
    expect(returned.isComplete).toBe(each.isComplete);
    const own = await vendor.value('packs.check', { packId });
    const path = await returnOf(vendor, packId);
    const trusts = { trusts: [returned.words] };
    const tried = await mergeFiles(lead, id, [path], { ...trusts, dryRun: true });
    const merged = await mergeFiles(lead, id, [path], trusts);
    for (const { files } of [tried, merged]) expect(files[0]?.isComplete).toBe(each.isComplete);
    const { report } = acceptPack({ storePath: lead.storePath, studyId: id, packId, nowMs: 1 });
    const file = { path: made.path, name: 'work.touchpack' };
    const fromFiles = await acceptFiles({
      pack: file,
      secret: IDENTITY,
      returns: [{ path, name: 'work.touchreturn' }],
      answers: null,
    });
    expect(report).toMatchObject({
      verdict: each.verdict,
      answered: each.answered,
      assigned: each.assigned,
      open: each.open ?? expect.any(Number),
    });
    expect(report.raters.filter(({ hasBegun }) => !hasBegun).map(({ rater }) => rater)).toEqual(
      each.notBegun,
    );
    expect(fromFiles).toEqual(own);
    // There is no check in the pack: without the answer key there is nothing left to tell.
    expect({ ...report, isWithAnswerKey: false }).toEqual(own);
  });
});
