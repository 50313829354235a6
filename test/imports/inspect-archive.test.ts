/** Inspect's `.eval` logs: archives whose members are stored, deflated, or packed by Zstandard; and what is wrong with some. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const METHODS = { stored: 0, deflated: 8, zstandard: 93, bzip2: 12 } as const;
type Method = keyof typeof METHODS;

interface Member {
  readonly name: string;
  readonly text: string;
  readonly method: Method;
  /** What the archive says of its length, where that is not so. */
  readonly claimed?: number;
}

/** A ZIP archive, byte by byte: no writer here packs by Zstandard, or lies. */
function archive(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, method, claimed } of members) {
    const bytes = Buffer.from(text);
    const packed =
      method === 'zstandard'
        ? zstdCompressSync(bytes)
        : method === 'deflated'
          ? deflateRawSync(bytes)
          : bytes;
    const title = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(METHODS[method], 4);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(claimed ?? bytes.length, 18);
    about.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004'), about, title, packed);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(offset, 12);
    directory.push(
      Buffer.from('PK\u0001\u0002'),
      Buffer.from([20, 0]),
      about,
      Buffer.from(entry.subarray(2)),
      title,
    );
    offset += 4 + about.length + title.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, index, Buffer.from('PK\u0005\u0006'), end]);
}

function log(model: string, answers: readonly string[], method: Method): Member[] {
  const header = { version: 2, status: 'success', eval: { task: 'trees', model } };
  return [
    { name: '_journal/start.json', text: JSON.stringify(header), method: 'stored' },
    ...answers.map((said, index) => ({
      name: `samples/${index + 1}_epoch_1.json`,
      text: `{"id":${index + 1},"epoch":1,"input":"Name tree ${index + 1}.","target":"","output":{"completion":"${said}"},"scores":{"length":{"value":${index === 0 ? 'NaN' : said.length}}}}`,
      method,
    })),
    { name: 'summaries.json', text: '[]', method },
    { name: 'header.json', text: JSON.stringify(header), method },
  ];
}

async function importing(archives: Readonly<Record<string, Buffer>>) {
  const folder = temporaryFolder();
  const { storePath } = await openTestApp();
  for (const [name, bytes] of Object.entries(archives)) writeFileSync(join(folder, name), bytes);
  return runImport({
    files: Object.keys(archives).map((name) => ({ path: join(folder, name), name })),
    studyName: 'Study',
    storePath,
    dryRun: false,
    nowMs: 1,
    newSeed: '0123456789abcdef',
    newStudyId: 'study',
  });
}

const good = archive(log('m-2', ['Fir.', 'Larch.'], 'zstandard'));

describe('an .eval log', () => {
  it.each(['stored', 'deflated', 'zstandard'] as const)(
    'is read where its members are %s',
    async (method) => {
      const result = await importing({
        'one.eval': archive(log('m-1', ['Oak.', 'Elm.'], method)),
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
        ...log('m-1', ['Oak.'], 'stored'),
        { name: 'samples/2_epoch_1.json', text: '{"id":2}', method: 'stored' },
      ],
      /one\.eval\/samples\/2_epoch_1\.json, line 1, epoch: is missing/u,
    ],
    [
      'holds a sample that is no JSON',
      [...log('m-1', ['Oak.'], 'stored'), { name: 'samples/2_epoch_1.json', text: '{', method: 'stored' }],
      /one\.eval\/samples\/2_epoch_1\.json, line 1, \(record\): is not valid JSON/u,
    ],
  ])('that %s is refused, and nothing is imported', async (_what, members, message) => {
    await expect(importing({ 'one.eval': archive(members), 'two.eval': good })).rejects.toThrow(message);
  });

  it('that was cut off, or unpacks to far more than it says, is refused', async () => {
    const whole = archive(log('m-1', ['Oak.'], 'deflated'));
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
