/** A stop that comes late: whoever is told that nothing was changed must find nothing in the log. */
import { describe, expect, it } from 'vitest';
import { type InputOf, METHODS, type MethodName, type TaskName } from '../../shared/contract/methods.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import {
  IDENTITY,
  makeTestPack,
  packOptions,
  RECIPIENT,
  rateInPack,
  returnOf,
  vendorWith,
} from '../support/packs.ts';

/** A study with votes, notes and judges. */
async function ratedStudy({ storePath }: TestApp): Promise<string> {
  const rows = nativeRows(400).map((row, index) => ({
    ...row,
    human: (index < 300 ? ['early', 'late'] : []).map((rater, which) => ({
      rater,
      verdict: (index + which) % 5 === 0 ? 'tie' : 'first',
      note: 'A note.',
    })),
    judge: ['one', 'two'].map((judge, which) => ({
      judge,
      order: 'both',
      verdict: (index + which) % 3 === 0 ? 'second' : 'first',
    })),
  }));
  return (await importText(storePath, jsonLines(rows))).studyId ?? '';
}

async function unratedStudy({ storePath }: TestApp): Promise<string> {
  return (await importText(storePath, jsonLines(nativeRows(40)))).studyId ?? '';
}

async function packPath(): Promise<string> {
  const lead = await openTestApp();
  return (await makeTestPack(lead, await unratedStudy(lead), packOptions(['v1']))).path;
}

async function fileId({ value }: TestApp, path: string): Promise<string> {
  return (await value('host.nameFile', { path, name: 'work' })).uploadId;
}

type InputMaker<Name extends MethodName> = (test: TestApp) => Promise<InputOf<Name>>;

/** What each is asked, in a store of its own; null for what writes nothing into the log, or says of a stop no more than that it stopped. */
const INPUTS: { readonly [Name in TaskName]?: InputMaker<Name> | null } = {
  'studies.addSample': async () => ({}),
  'studies.delete': async (test) => ({ studyId: await ratedStudy(test), confirmName: 'Study' }),
  'design.draw': async (test) => ({
    studyId: await unratedStudy(test),
    method: { kind: 'stratified', pairs: 40, slice: 'half' },
  }),
  'quality.decide': async (test) => ({
    studyId: await ratedStudy(test),
    rater: 'early',
    about: 'exclusion',
    isOn: true,
    reason: 'A test.',
  }),
  'quality.eraseNotes': async (test) => ({ studyId: await ratedStudy(test), rater: 'early' }),
  'reviews.make': async (test) => ({
    studyId: await ratedStudy(test),
    plan: { kind: 'adjudication', judge: null, pairs: 10 },
  }),
  'judges.makePanel': async (test) => ({
    studyId: await ratedStudy(test),
    name: 'panel',
    rule: 'majority',
    members: ['one', 'two'],
  }),
  'exports.run': async (test) => ({ studyId: await ratedStudy(test), format: 'native' }),
  'packs.make': async (test) => ({
    studyId: await ratedStudy(test),
    name: 'acme',
    options: packOptions(['v1']),
    recipients: [RECIPIENT],
  }),
  'packs.merge': async (test) => {
    const studyId = await ratedStudy(test);
    const { path } = await makeTestPack(test, studyId, packOptions(['v1'], { share: 0.05 }));
    const { vendor, packId } = await vendorWith(path);
    await rateInPack(vendor, packId, 'v1', 5);
    const { key } = (await vendor.app.context.packs.returnOf(packId)).header;
    const uploads = [await fileId(test, await returnOf(vendor, packId))];
    return { studyId, uploads, trusts: [key], dryRun: false };
  },
  'packs.open': async (test) => ({ uploadId: await fileId(test, await packPath()), secret: IDENTITY }),
  'packs.acceptance': null,
  'packs.makeReturn': null,
  'packs.writePage': null,
  'store.backup': null,
  'judges.createBatch': null,
  'judges.collectBatch': null,
  'judges.sendBatches': null,
  'judges.fetchBatches': null,
  'judges.cancelBatches': null,
};

const commands = (Object.keys(METHODS) as MethodName[]).filter(
  (name) => METHODS[name].runs === 'worker' && METHODS[name].kind === 'command',
);
const logging = Object.entries(INPUTS).filter(([, input]) => input !== null) as [
  TaskName,
  InputMaker<TaskName>,
][];

describe('a command that is stopped', () => {
  it('stands here, whatever its name is', () => {
    expect(Object.keys(INPUTS).sort()).toEqual([...commands].sort());
  });

  describe.each(logging)('%s', (name, inputOf) => {
    it.each(['at once', 'once it was recorded'])('says what the log says, stopped %s', async (when) => {
      const test = await openTestApp();
      const { app } = test;
      const input = await inputOf(test);
      const rows = () =>
        app.context.store.query<{ n: number }>('SELECT max(id) AS n FROM audit_log').get()?.n ?? 0;
      const before = rows();
      const jobId = crypto.randomUUID();
      const call = app.call(name, { ...input, jobId });
      const stop = () => void app.call('jobs.cancel', { jobId });
      if (when === 'at once') stop();
      const watch = setInterval(() => {
        if (rows() > before) stop();
      }, 1);
      const reply = await call;
      clearInterval(watch);
      const isRecorded = rows() > before;
      if (when !== 'at once') expect(isRecorded).toBe(true);
      expect(reply.ok ? 'recorded' : reply.error.code).toBe(isRecorded ? 'recorded' : 'cancelled');
    });
  });
});
