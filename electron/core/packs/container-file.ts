/** A pack's container as a file on disk. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { COMMENT_LENGTH, END_RECORD_LENGTH } from '../../../shared/pack/container.ts';
import { type Container, containerProblem, readContainer } from '../../../shared/pack/read-container.ts';
import { FileReader } from '../files/file-reader.ts';
import { hashOfFile } from '../files/hash-of-file.ts';
import { verifySignature } from './ed25519.ts';

const END_LENGTH = END_RECORD_LENGTH + COMMENT_LENGTH;

/** Opens a container, hands it to `work` once it was verified, and closes the file whatever happens. */
export async function withContainerFile<Result>(
  path: string,
  name: string,
  work: (container: Container) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < END_LENGTH) throw containerProblem(name, { key: 'pack.cut_off' });
    const end = Buffer.alloc(END_LENGTH);
    await file.read(end, 0, END_LENGTH, size - END_LENGTH);
    const container = await readContainer({
      name,
      end,
      reader: new FileReader(file, size),
      signedSha256: async () => hashOfFile(path, size - COMMENT_LENGTH).sha256,
      newHash: () => {
        const hash = createHash('sha256');
        return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
      },
      verify: verifySignature,
    });
    return await work(container);
  } finally {
    await file.close();
  }
}
