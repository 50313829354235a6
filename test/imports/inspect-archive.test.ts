/** Inspect's `.eval` logs: archives whose members are stored, deflated, or packed by Zstandard; and what is wrong with some. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFiles } from '../support/comparisons.ts';
import { archive, type Member, membersOfLog } from '../support/eval-archive.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function importing(archives: Readonly<Record<string, Buffer>>, runNames?: readonly string[]) {
  const folder = temporaryFolder();
  const { storePath } = await openTestApp();
  for (const [name, bytes] of Object.entries(archives)) writeFileSync(join(folder, name), bytes);
  const files = Object.keys(archives).map((name) => ({ path: join(folder, name), name }));
  return importFiles(storePath, files, runNames === undefined ? {} : { runNames });
}

const good = archive(membersOfLog('m-2', ['Fir.', 'Larch.'], 'zstandard'));

describe('an .eval log', () => {
  it.each(['stored', 'deflated', 'zstandard'] as const)(
    'is read where its members are %s',
    async (method) => {
      const result = await importing({
        'one.eval': archive(membersOfLog('m-1', ['Oak.', 'Elm.'], method)),
        'two.eval': good,
      });
      expect(result.files.map(({ format, recognised }) => [format, recognised?.name])).toEqual([
        ['eval_log', 'inspect-log'],
        ['eval_log', 'inspect-log'],
      ]);
      expect(result.counts.pairsAdded).toBe(2);
      expect(result.firstRows).toMatchObject([
        { prompt: 'Name tree 1.', judge: [{ judge: 'length', verdict: 'unparsed' }] },
        { prompt: 'Name tree 2.', judge: [{ judge: 'length', verdict: 'second' }] },
      ]);
    },
  );

  it('is read whole where ids hold slashes, and its run bears the name it was given', async () => {
    const nested = (model: string, answers: readonly string[]) =>
      archive(
        membersOfLog(model, answers, 'stored').map((member) => ({
          ...member,
          name: member.name.replace('samples/', 'samples/HumanEval/'),
        })),
      );
    // Two runs of one model, told apart by what they are called here.
    const archives = { 'one.eval': nested('m', ['Oak.', 'Elm.']), 'two.eval': nested('m', ['Fir.', 'Yew.']) };
    const result = await importing(archives, ['plain', 'terse']);
    expect(result.systems).toEqual([
      { name: 'plain', responses: 2 },
      { name: 'terse', responses: 2 },
    ]);
    expect(result.counts).toMatchObject({ pairsAdded: 2, judgmentsAdded: 2 });
    await expect(importing(archives)).rejects.toThrow(/"m" has answered this sample before/u);
  });

  const sample: Member = { name: 'samples/1_epoch_1.json', text: '{}', method: 'stored' };
  it.each<[string, Member[], RegExp]>([
    ['has no header', [sample], /one\.eval, line 1: is an archive without header\.json/u],
    [
      'is packed in a way that is not known',
      [{ name: 'header.json', text: '{}', method: 'bzip2' }],
      /"header\.json" cannot be unpacked \(packed by method 12/u,
    ],
    [
      'says that a member is longer than it is',
      [{ name: 'header.json', text: '{}', method: 'zstandard', claimed: 9 }],
      /"header\.json" cannot be unpacked \(2 bytes instead of 9\)/u,
    ],
    [
      'says that a member is larger than can be held',
      [{ name: 'header.json', text: '{}', method: 'zstandard', claimed: 2 ** 31 }],
      /line 1: the record is longer than 32 MiB/u,
    ],
    ['holds two members of one name', [sample, sample], /holds two files named "samples\/1_epoch_1\.json"/u],
    [
      'holds a sample that is none',
      [
        ...membersOfLog('m-1', ['Oak.'], 'stored'),
        { name: 'samples/2_epoch_1.json', text: '{"id":2}', method: 'stored' },
      ],
      /one\.eval\/samples\/2_epoch_1\.json, line 1, epoch: is missing/u,
    ],
    [
      'holds a sample that is no JSON',
      [
        ...membersOfLog('m-1', ['Oak.'], 'stored'),
        { name: 'samples/2_epoch_1.json', text: '{', method: 'stored' },
      ],
      /one\.eval\/samples\/2_epoch_1\.json, line 1, \(record\): is not valid JSON/u,
    ],
  ])('that %s is refused, and nothing is imported', async (_what, members, message) => {
    await expect(importing({ 'one.eval': archive(members), 'two.eval': good })).rejects.toThrow(message);
  });

  it('that was cut off, or unpacks to far more than it says, is refused', async () => {
    const whole = archive(membersOfLog('m-1', ['Oak.'], 'deflated'));
    await expect(
      importing({ 'one.eval': whole.subarray(0, whole.length - 30), 'two.eval': good }),
    ).rejects.toThrow(/one\.eval, line 1: is no whole archive/u);
    const bomb: Member = {
      name: 'header.json',
      text: ' '.repeat(40 * 1024 ** 2),
      method: 'zstandard',
      claimed: 10,
    };
    await expect(importing({ 'one.eval': archive([bomb]), 'two.eval': good })).rejects.toThrow(
      /"header\.json" cannot be unpacked/u,
    );
  });
});
