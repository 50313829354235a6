/** A second look at some labels, blind to which kind they are of, tells of all of them. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { auditResult } from '../../shared/review/audit-result.ts';
import { finiteShareInterval, stratifiedShare } from '../../shared/stats/sampling/stratified-share.ts';
import { simulatedAudits } from '../simulation/audit-coverage.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { seededEntropy } from '../support/fixed-ports.ts';
import { openTestApp } from '../support/open-app.ts';
import { tries } from '../support/tries.ts';

/** A study whose truth stands in its texts; people and judge err each on their own. */
async function erringStudy(pairs: number, seed: string) {
  const { unit } = seededRandom(seed);
  const other = (verdict: string) => (verdict === 'first' ? 'second' : 'first');
  const truth = Array.from({ length: pairs }, () => (unit() < 0.5 ? 'first' : 'second'));
  const people = truth.map((verdict) => (unit() < 0.1 ? other(verdict) : verdict));
  const judge = truth.map((verdict) => (unit() < 0.25 ? other(verdict) : verdict));
  const test = await openTestApp(undefined, undefined, seededEntropy(seed));
  const { studyId } = await importText(
    test.storePath,
    jsonLines(
      truth.map((verdict, index) => ({
        id: `zq-pair-${index}`,
        prompt: `Question ${index}?`,
        a: { system: 'zq-system-0', text: `Answer a, ${verdict === 'first' ? 'right' : 'wrong'}.` },
        b: { system: 'zq-system-1', text: `Answer b, ${verdict === 'first' ? 'wrong' : 'right'}.` },
        human: [{ rater: 'ada', verdict: people[index] }],
        judge: [{ judge: 'the judge', order: 'both', verdict: judge[index] }],
      })),
    ),
  );
  const share = (holds: (index: number) => boolean) =>
    truth.filter((_verdict, index) => holds(index)).length / pairs;
  return {
    test,
    id: studyId ?? '',
    wrong: share((index) => people[index] !== truth[index]),
    judgeRight: share((index) => judge[index] === truth[index]),
    differing: truth.filter((_verdict, index) => people[index] !== judge[index]).length,
  };
}

describe('an audit', () => {
  it('is done blind, mixes both kinds, changes no label, and estimates how many are wrong', async () => {
    const { test, id, wrong, judgeRight, differing } = await erringStudy(300, 'audit');
    const plan = { kind: 'audit' as const, judge: 'the judge', disagreements: 40, agreements: 60 };
    expect(await test.value('reviews.make', { studyId: id, plan })).toMatchObject({ pairs: 100 });
    const before = await test.value('agreement.card', {
      studyId: id,
      options: { adjudicated: 'everywhere' },
    });
    const begun = await test.value('rating.begin', { studyId: id, rater: 'judy', role: 'adjudicator' });
    let { queue } = begun;
    const replies: unknown[] = [begun];
    while (queue[0] !== undefined) {
      const [pair] = queue;
      const reply = await test.value('rating.submit', {
        session: begun.session,
        commandId: crypto.randomUUID(),
        presentationId: pair.presentationId,
        answer: pair.left[0]?.content.includes('right') ? 'left' : 'right',
        viewedMs: 900,
      });
      expect(reply.revealed).toBeNull();
      replies.push(reply);
      queue = reply.queue;
    }
    expect(JSON.stringify(replies)).not.toMatch(
      /zq-|"(?:first|second|verdict|system|stratum)"|differs|agrees/u,
    );
    const [review] = await test.value('reviews.list', { studyId: id });
    expect(review).toMatchObject({
      kind: 'audit',
      answered: 100,
      strata: { judge_differs: 40, judge_agrees: 60 },
    });
    const { audit } = review ?? {};
    if (audit?.labelsWrong.defined !== true || audit.judgeRight.defined !== true)
      throw new Error('the audit says nothing');
    for (const [estimate, truth] of [
      [audit.labelsWrong, wrong],
      [audit.judgeRight, judgeRight],
    ] as const) {
      expect(estimate.interval.low).toBeLessThanOrEqual(truth);
      expect(estimate.interval.high).toBeGreaterThanOrEqual(truth);
      expect(Math.abs(estimate.value - truth)).toBeLessThan(0.08);
    }
    expect(audit.wrongWhereDiffering?.n).toBe(40);
    // What is wrong where the judge differs is far more than what is wrong of all: the sample alone would mislead.
    expect(audit.wrongWhereDiffering?.value ?? 0).toBeGreaterThan(wrong + 0.1);
    expect(differing).toBeGreaterThan(40);
    expect(
      await test.value('agreement.card', { studyId: id, options: { adjudicated: 'everywhere' } }),
    ).toEqual(before);
  });

  it('mixes both kinds in an order that tells neither', async () => {
    const { test, id } = await erringStudy(300, 'order');
    const plan = { kind: 'audit' as const, judge: 'the judge', disagreements: 50, agreements: 50 };
    await test.value('reviews.make', { studyId: id, plan });
    const strata = test.app.context.store
      .rawQuery<[string]>('SELECT stratum FROM reviewed_pairs ORDER BY place')
      .all()
      .flat();
    const runs = strata.filter((stratum, place) => stratum !== strata[place - 1]).length;
    // Of 100 in random order 51 runs are expected, with a standard deviation of 5.
    expect(runs).toBeGreaterThan(31);
    expect(runs).toBeLessThan(71);
  });

  it('needs a judge that the study has, and says what skips leave open', async () => {
    const { test, id } = await erringStudy(20, 'none');
    const plan = { kind: 'audit' as const, judge: 'nobody', disagreements: 5, agreements: 5 };
    expect(await test.app.call('reviews.make', { studyId: id, plan })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    const looks = [{ stratum: 'judge_differs', people: 'first', judge: 'second', verdict: null }] as const;
    expect(auditResult(looks, { differing: 3, agreeing: 4 })).toMatchObject({
      answered: 0,
      drawn: 1,
      waiting: 0,
      labelsWrong: { defined: false },
      wrongWhereDiffering: null,
    });
  });
});

describe('what an audit says', () => {
  const look = (stratum: 'judge_differs' | 'judge_agrees', verdict: string | null) => ({
    stratum,
    people: 'first',
    judge: stratum === 'judge_agrees' ? 'first' : 'second',
    verdict,
  });

  it('rests on the looks before the first open one, which alone are a random sample', () => {
    const looks = [
      look('judge_differs', 'second'),
      look('judge_agrees', 'first'),
      look('judge_differs', null),
      look('judge_agrees', 'second'),
      look('judge_agrees', 'second'),
    ];
    expect(auditResult(looks, { differing: 10, agreeing: 30 })).toMatchObject({
      answered: 2,
      waiting: 2,
      labelsWrong: { defined: true, value: 0.25 },
      wrongWhereAgreeing: { successes: 0, n: 1 },
    });
  });

  it('folds a second look as labels and verdicts were folded', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(
      test.storePath,
      jsonLines(
        Array.from({ length: 8 }, (_row, index) => ({
          id: `p${index}`,
          prompt: `Question ${index}?`,
          a: { system: 'one', text: `a${index}` },
          b: { system: 'two', text: `b${index}` },
          human: [{ rater: 'ada', verdict: 'both_bad' }],
          judge: [{ judge: 'the judge', order: 'both', verdict: index < 4 ? 'both_bad' : 'first' }],
        })),
      ),
    );
    const id = studyId ?? '';
    const plan = { primaryCoefficient: 'kappa', options: { bothBad: 'tie' } } as const;
    await test.value('design.storePlan', { studyId: id, plan });
    await test.value('reviews.make', {
      studyId: id,
      plan: { kind: 'audit', judge: 'the judge', disagreements: 9, agreements: 9 },
    });
    const begun = await test.value('rating.begin', { studyId: id, rater: 'judy', role: 'adjudicator' });
    let { queue } = begun;
    while (queue[0] !== undefined) {
      ({ queue } = await test.value('rating.submit', {
        session: begun.session,
        commandId: crypto.randomUUID(),
        presentationId: queue[0].presentationId,
        answer: 'both_bad',
        viewedMs: 900,
      }));
    }
    await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
    const [review] = await test.value('reviews.list', { studyId: id });
    expect(review).toMatchObject({
      changed: 0,
      audit: { labelsWrong: { value: 0 }, judgeRight: { value: 0.5 } },
    });
  });

  it('says how far what could not be told might move it', () => {
    const looks = [
      look('judge_differs', 'second'),
      look('judge_differs', 'skipped'),
      look('judge_agrees', 'first'),
      look('judge_agrees', 'skipped'),
    ];
    expect(auditResult(looks, { differing: 10, agreeing: 30 })).toMatchObject({
      answered: 2,
      skipped: 2,
      labelsWrong: { value: 0.25 },
      withSkips: { allRight: 0.125, allWrong: 0.25 + 0.75 * 0.5 },
    });
  });

  it('is not asked of whoever decided the pairs before, and waits for somebody else', async () => {
    const { test, id } = await erringStudy(60, 'twice');
    await test.value('reviews.make', {
      studyId: id,
      plan: { kind: 'adjudication', judge: 'the judge', pairs: 5 },
    });
    await test.value('reviews.make', {
      studyId: id,
      plan: { kind: 'audit', judge: 'the judge', disagreements: 100, agreements: 100 },
    });
    const work = async (rater: string) => {
      const { session, queue: first } = await test.value('rating.begin', {
        studyId: id,
        rater,
        role: 'adjudicator',
      });
      let queue = first;
      let votes = 0;
      for (; queue[0] !== undefined; votes++) {
        ({ queue } = await test.value('rating.submit', {
          session,
          commandId: crypto.randomUUID(),
          presentationId: queue[0].presentationId,
          answer: 'left',
          viewedMs: 900,
        }));
      }
      return votes;
    };
    expect(await work('judy')).toBe(60);
    const [, audit] = await test.value('reviews.list', { studyId: id });
    expect(audit).toMatchObject({ pairs: 60, answered: 55 });
    // A count that moved with one vote would tell what the judge said.
    expect(audit).toMatchObject({ isTold: false, audit: null, changed: null });
    const undo = { session: '', commandId: crypto.randomUUID() };
    expect(await work('rob')).toBe(5);
    const [, whole] = await test.value('reviews.list', { studyId: id });
    expect(whole).toMatchObject({ isTold: true, audit: { answered: 60, waiting: 0 } });
    // Nor can a vote be taken back once it is told.
    undo.session = (
      await test.value('rating.begin', { studyId: id, rater: 'rob', role: 'adjudicator' })
    ).session;
    expect(await test.app.call('rating.undo', undo)).toMatchObject({
      ok: false,
      error: { code: 'nothing_to_undo' },
    });
  });

  it('offers to take a vote back only where it can be', async () => {
    const { test, id } = await erringStudy(60, 'undo');
    const plan = { kind: 'audit' as const, judge: 'the judge', disagreements: 2, agreements: 2 };
    await test.value('reviews.make', { studyId: id, plan });
    await test.value('reviews.make', {
      studyId: id,
      plan: { kind: 'adjudication', judge: 'the judge', pairs: 5 },
    });
    const begun = await test.value('rating.begin', { studyId: id, rater: 'judy', role: 'adjudicator' });
    const { session } = begun;
    const undo = () => test.app.call('rating.undo', { session, commandId: crypto.randomUUID() });
    const offered: boolean[] = [];
    let { queue } = begun;
    for (let votes = 0; votes < 4; votes++) {
      const { queue: next, progress } = await test.value('rating.submit', {
        session,
        commandId: crypto.randomUUID(),
        presentationId: queue[0]?.presentationId ?? '',
        answer: 'left',
        viewedMs: 900,
      });
      offered.push(progress.canUndo);
      queue = next;
      // Else the next vote would find nothing opened ahead, and read all anew.
      await test.app.context.jobs.waitForEnd();
    }
    expect(offered).toEqual([true, true, true, false]);
    expect(await undo()).toMatchObject({ ok: false, error: { code: 'nothing_to_undo' } });
    const fifth = {
      session,
      commandId: crypto.randomUUID(),
      presentationId: queue[0]?.presentationId ?? '',
      answer: 'left',
      viewedMs: 900,
    } as const;
    expect((await test.value('rating.submit', fifth)).progress.canUndo).toBe(true);
    // What is left then is the last vote of the audit.
    expect(await undo()).toMatchObject({ ok: true, value: { progress: { canUndo: false } } });
    expect(await undo()).toMatchObject({ ok: false, error: { code: 'nothing_to_undo' } });
  });
});

describe('a share of a finite whole', () => {
  it('is known where all of it was looked at, and Wilson’s where the whole is far larger', () => {
    expect(finiteShareInterval({ size: 8, sampled: 8, successes: 3 })).toMatchObject({
      low: 0.375,
      high: 0.375,
    });
    // Wilson's interval for 3 of 10.
    const large = finiteShareInterval({ size: 1e9, sampled: 10, successes: 3 });
    expect(large.low).toBeCloseTo(0.1077913, 6);
    expect(large.high).toBeCloseTo(0.6032219, 6);
    const few = finiteShareInterval({ size: 12, sampled: 10, successes: 3 });
    expect(few.low).toBeGreaterThanOrEqual(3 / 12);
    expect(few.high).toBeLessThanOrEqual(5 / 12);
    expect(() => finiteShareInterval({ size: 3, sampled: 4, successes: 1 })).toThrow(RangeError);
    expect(stratifiedShare([{ size: 5, sampled: 0, successes: 0 }]).defined).toBe(false);
    expect(stratifiedShare([]).defined).toBe(false);
    const both = stratifiedShare([
      { size: 100, sampled: 10, successes: 5 },
      { size: 300, sampled: 10, successes: 1 },
    ]);
    expect(both.defined && both.value).toBeCloseTo(0.25 * 0.5 + 0.75 * 0.1, 12);
  });

  it('lies in the interval in 93 to 97 % of simulated audits, over all of a grid of studies', () => {
    const results = simulatedAudits(tries(30, 150));
    const covered = results.reduce((sum, { covered: each }) => sum + each, 0);
    const studies = results.reduce((sum, { studies: each }) => sum + each, 0);
    expect(studies).toBeGreaterThan(tries(700, 3500));
    expect(covered / studies).toBeGreaterThan(0.93);
    expect(covered / studies).toBeLessThan(0.97);
  });
});
