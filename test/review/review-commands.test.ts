/** What a lead can do with reviews and raters from the command line. */
import { describe, expect, it } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';
import { FAULTS, HONEST } from '../support/simulated-raters.ts';

async function ratedStore(): Promise<string> {
  const test = await openTestApp();
  const rows = qualityRows(40).map((row) => ({
    ...row,
    judge: [{ judge: 'the judge', order: 'both', verdict: 'first' }],
  }));
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  for (const rater of ['ada', 'ben']) await workSession(test, studyId ?? '', rater, 1000, HONEST);
  await workSession(test, studyId ?? '', 'eve', 1000, FAULTS.clicks.habits);
  return test.storePath;
}

describe('commands', () => {
  it('exclude, show the effect, restore, and refuse what is so already', async () => {
    const store = await ratedStore();
    const { run } = commandLine();
    const about = ['--study', 'Study', '--store', store] as const;
    const effect = await run('rater', 'effect', 'eve', ...about);
    expect(effect.code).toBe(0);
    expect(effect.out).toMatch(/eve gave 40 labels/u);
    expect(effect.out).toMatch(/Alpha, nominal +all raters +0\.\d{3}/u);
    const excluded = await run('rater', 'exclude', 'eve', '--reason', 'Clicks.', ...about);
    expect([excluded.code, excluded.out]).toEqual([0, 'eve: The votes are left out of every figure.']);
    expect((await run('rater', 'exclude', 'eve', '--reason', 'Clicks.', ...about)).code).toBe(2);
    expect((await run('agreement', ...about)).out).toContain('Left out by the lead: the votes of eve');
    expect((await run('rater', 'restore', 'eve', '--reason', 'Talked.', ...about)).code).toBe(0);
    const json = await run('rater', 'pause', 'eve', '--reason', 'Wait.', '--json', ...about);
    const reports = JSON.parse(json.out) as { rater: string; isPaused: boolean; decisions: unknown[] }[];
    const eve = reports.find(({ rater }) => rater === 'eve');
    expect([eve?.isPaused, eve?.decisions.length]).toEqual([true, 3]);
    expect((await run('rater', 'erase-notes', 'eve', ...about)).out).toMatch(/^0 notes of eve were erased/u);
    expect((await run('rater', 'effect', 'nobody', ...about)).code).toBe(2);
  });

  it('queue adjudications and audits, and report', async () => {
    const store = await ratedStore();
    const { run } = commandLine();
    const about = ['--study', 'Study', '--store', store] as const;
    expect((await run('review', 'list', ...about)).out).toBe('No review yet.');
    const adjudication = await run('review', 'adjudicate', '--pairs', '5', ...about);
    expect(adjudication.out).toBe('5 pairs wait for an adjudicator, in the app.');
    const audit = await run(
      ...['review', 'audit', '--judge', 'the judge', '--disagreements', '4', '--agreements', '3'],
      ...about,
    );
    expect(audit.out).toMatch(/^7 pairs wait/u);
    const list = await run('review', 'list', ...about);
    expect(list.out).toMatch(/^adjudication, .*: 0 of 5 decided, 0 skipped/mu);
    expect(list.out).toMatch(/^audit \(the judge\), .*: 0 of 7 decided, 0 skipped/mu);
    const consensus = await run('review', 'consensus', ...about);
    expect(consensus.out).toMatch(/^Of 40 pairs: \d+ unanimous, \d+ by majority/u);
    expect(consensus.out).toMatch(/eve, 40 votes\nsays /u);
    expect((await run('review', 'gaps', ...about)).out).toMatch(
      /^No pair was classed as a guideline gap yet/u,
    );
    const blinding = await run('review', 'blinding', ...about);
    expect([blinding.code, blinding.out]).toEqual([0, 'Nobody has answered all of the last questions yet.']);
    expect((await run('review', 'audit', '--judge', 'nobody', ...about)).code).toBe(2);
  });

  it('hand the windows over and take them back without the passphrase', async () => {
    const store = await ratedStore();
    const { run } = commandLine();
    expect((await run('seat', 'show', '--store', store)).out).toMatch(/are the lead’s/u);
    const handed = await run('seat', 'hand', 'ada', '--study', 'Study', '--store', store);
    expect(handed.out).toBe('The windows of this store open with the work of ada, rater of “Study”.');
    expect((await run('seat', 'show', '--json', '--store', store)).out).toContain('"role":"rater"');
    expect((await run('seat', 'take-back', '--store', store)).out).toMatch(/are the lead’s/u);
    const role = ['--role', 'adjudicator', '--study', 'Study', '--store', store] as const;
    expect((await run('seat', 'hand', 'ada', ...role)).code).toBe(2);
  });
});
