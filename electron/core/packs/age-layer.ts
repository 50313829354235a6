/** The outer layer of a pack: an age file (age-encryption.org/v1), which any age tool opens. */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { ageWorkProblem, MOST_AGE_HEADER_BYTES } from '../../../shared/pack/age-work.ts';
import { containerProblem } from '../../../shared/pack/read-container.ts';
import { diskProblem } from '../files/disk-problem.ts';
import { readInPieces } from './read-in-pieces.ts';

/** Who can open a pack: whoever knows the passphrase, or has the identity of one of the recipients. */
export interface PackAudience {
  readonly passphrase: string | null;
  /** Public keys: age1… */
  readonly recipients: readonly string[];
  /** Work of guessing one passphrase, as a power of two; the format's own without it. */
  readonly workFactor?: number;
}

const MAGIC = 'age-encryption.org/v1\n';

/** Fewest characters of a passphrase: whoever has the file can try as many as they like. */
const SHORTEST_PASSPHRASE = 12;

/** Throws `invalid_input` for an audience that is none. */
export function requireAudience({ passphrase, recipients }: PackAudience): void {
  if (passphrase === null && recipients.length === 0)
    throw new ServiceError('invalid_input', { key: 'pack_making.audience_missing' });
  if (passphrase !== null && recipients.length > 0)
    throw new ServiceError('invalid_input', { key: 'pack_making.age_takes_one' });
  if (passphrase !== null && [...passphrase].length < SHORTEST_PASSPHRASE)
    throw new ServiceError('invalid_input', {
      key: 'pack_making.passphrase_too_short',
      values: { fewest: SHORTEST_PASSPHRASE },
    });
}

/** Writes a file as an age file. */
export async function encryptFile(source: string, target: string, audience: PackAudience): Promise<void> {
  const encrypter = new Encrypter();
  if (audience.passphrase !== null) {
    if (audience.workFactor !== undefined) encrypter.setScryptWorkFactor(audience.workFactor);
    encrypter.setPassphrase(audience.passphrase.normalize('NFC'));
  }
  for (const recipient of audience.recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new ServiceError('invalid_input', {
        key: 'pack_making.recipient_invalid',
        values: { recipient },
      });
    }
  }
  const sealed = await encrypter.encrypt(readInPieces(source));
  await writeStream(sealed, target);
}

export async function isAgeFile(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.subarray(0, bytesRead).toString('latin1') === MAGIC;
  } finally {
    await file.close();
  }
}

/**
 * Opens an age file with a passphrase or an identity.
 *
 * @throws ServiceError `forbidden` where the secret does not open it, `import_failed` where it was altered or cut off
 */
export async function decryptFile(
  source: string,
  target: string,
  secret: string,
  name: string,
): Promise<void> {
  const costly = ageWorkProblem(await startOf(source));
  if (costly !== null) throw containerProblem(name, costly);
  const decrypter = new Decrypter();
  const trimmed = secret.trim();
  const isIdentity = trimmed.startsWith('AGE-SECRET-KEY-');
  try {
    if (isIdentity) decrypter.addIdentity(trimmed);
    else decrypter.addPassphrase(secret.normalize('NFC'));
  } catch {
    throw new ServiceError('invalid_input', { key: 'pack.identity_invalid' });
  }
  const sealed = readInPieces(source);
  let plain: ReadableStream<Uint8Array>;
  try {
    plain = await decrypter.decrypt(sealed);
  } catch {
    await sealed.cancel().catch(() => undefined);
    throw new ServiceError('forbidden', {
      key: isIdentity ? 'pack.unlock_identity_wrong' : 'pack.unlock_passphrase_wrong',
      values: { name },
    });
  }
  try {
    await writeStream(plain, target);
  } catch (error) {
    // What the disk says is no word about the pack.
    if (error instanceof Error && 'syscall' in error) throw diskProblem(error, target);
    throw new ServiceError('import_failed', { key: 'pack.altered', values: { name } });
  }
}

async function startOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(
      Buffer.alloc(MOST_AGE_HEADER_BYTES),
      0,
      MOST_AGE_HEADER_BYTES,
      0,
    );
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Resolves or rejects once the file is closed, so that it can be removed. */
function writeStream(bytes: ReadableStream<Uint8Array>, target: string): Promise<void> {
  const source = Readable.fromWeb(bytes as NodeReadableStream);
  return pipeline(source, createWriteStream(target, { flags: 'wx', mode: 0o600 }));
}
