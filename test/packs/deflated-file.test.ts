/** A pack's files as they are packed: what is written, and a disk that fails meanwhile. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeDeflated } from '../../electron/core/packs/deflated-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TEXTS = Array.from({ length: 30_000 }, (_none, index) => `line ${index} — “é🦉”\n`);

describe('a packed file', () => {
  it('unpacks to its texts, with their size and sums, and is the same again', async () => {
    const folder = temporaryFolder();
    const file = await writeDeflated('a', join(folder, 'a'), TEXTS);
    const bytes = inflateRawSync(readFileSync(file.path));
    expect(bytes.toString('utf8')).toBe(TEXTS.join(''));
    expect(file).toMatchObject({
      bytes: bytes.length,
      crc32: crc32(bytes),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    await writeDeflated('a', join(folder, 'b'), TEXTS);
    expect(readFileSync(join(folder, 'b')).equals(readFileSync(file.path))).toBe(true);
    expect(await writeDeflated('empty', join(folder, 'empty'), [])).toMatchObject({ bytes: 0, crc32: 0 });
  });

  it('fails where it cannot be written, or its texts cannot be made, and nothing else does', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'there'), 'kept');
    await expect(writeDeflated('a', join(folder, 'none', 'a'), TEXTS)).rejects.toThrow(/ENOENT/u);
    await expect(writeDeflated('a', join(folder, 'there'), TEXTS)).rejects.toThrow(/EEXIST/u);
    expect(readFileSync(join(folder, 'there'), 'utf8')).toBe('kept');
    function* failing() {
      yield* TEXTS;
      throw new Error('no more texts');
    }
    await expect(writeDeflated('a', join(folder, 'a'), failing())).rejects.toThrow('no more texts');
  });
});
