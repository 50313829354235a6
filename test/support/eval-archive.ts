import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';

const METHODS = { stored: 0, deflated: 8, zstandard: 93, bzip2: 12 } as const;
type Method = keyof typeof METHODS;

export interface Member {
  readonly name: string;
  readonly text: string;
  readonly method: Method;
  /** What the archive says of its length, where that is not so. */
  readonly claimed?: number;
}

/** A ZIP archive, byte by byte: no writer here packs by Zstandard, or lies. */
export function archive(members: readonly Member[]): Buffer {
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

/** The members of a log; the first answer's score is no number. */
export function membersOfLog(model: string, answers: readonly string[], method: Method): Member[] {
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

/** A log of one model, packed by Zstandard. */
export function evalArchive(model: string, answers: readonly string[]): Buffer {
  return archive(membersOfLog(model, answers, 'zstandard'));
}
