/** Reads the pack that stands in this file: opened with its secret, verified, and only then looked at. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Uint8ArrayReader } from '@zip.js/zip.js/index-native.js';
import { Decrypter } from 'age-encryption';
import { ServiceError } from '../../shared/errors/errors.ts';
import { ageWorkProblem } from '../../shared/pack/age-work.ts';
import { COMMENT_LENGTH, END_RECORD_LENGTH } from '../../shared/pack/container.ts';
import type { PackManifest } from '../../shared/pack/pack-manifest.ts';
import type { PackExample, PackPractice, PackPresentation } from '../../shared/pack/pack-rows.ts';
import { type Container, containerProblem, readContainer } from '../../shared/pack/read-container.ts';
import { readPackFiles } from '../../shared/pack/read-pack-files.ts';
import type { Conversation } from '../../shared/study/conversation.ts';
import { verifyWithNoble } from './noble-signing.ts';

/** All of a pack, in memory. */
export interface PackInPage {
  readonly manifest: PackManifest;
  readonly manifestSha256: string;
  readonly publicKey: string;
  readonly presentations: ReadonlyMap<string, readonly PackPresentation[]>;
  readonly examples: readonly PackExample[];
  readonly practice: ReadonlyMap<string, PackPractice>;
  readonly texts: ReadonlyMap<string, Conversation>;
}

/** @throws ServiceError `forbidden` where the secret does not open it, `import_failed` where it was altered */
export async function readPack(sealed: Uint8Array, secret: string): Promise<PackInPage> {
  const costly = ageWorkProblem(sealed);
  if (costly !== null) throw containerProblem(null, costly);
  const decrypter = new Decrypter();
  const trimmed = secret.trim();
  let plain: Uint8Array;
  try {
    if (trimmed.startsWith('AGE-SECRET-KEY-')) decrypter.addIdentity(trimmed);
    else decrypter.addPassphrase(secret.normalize('NFC'));
    plain = await decrypter.decrypt(sealed);
  } catch {
    throw new ServiceError('forbidden', { key: 'pack.secret_wrong' });
  }
  const signedEnd = plain.length - COMMENT_LENGTH;
  const container = await readContainer({
    name: null,
    reader: new Uint8ArrayReader(plain),
    end: plain.subarray(Math.max(0, signedEnd - END_RECORD_LENGTH)),
    signedSha256: () => Promise.resolve(bytesToHex(sha256(plain.subarray(0, Math.max(0, signedEnd))))),
    newHash: () => {
      const hash = sha256.create();
      return { update: (bytes) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
    },
    verify: verifyWithNoble,
  });
  return inMemory(container);
}

async function inMemory(container: Container): Promise<PackInPage> {
  const { manifest, manifestText, publicKey } = container;
  const texts = new Map<string, Conversation>();
  const presentations = new Map<string, PackPresentation[]>(manifest.raters.map(({ name }) => [name, []]));
  const examples: PackExample[] = [];
  const practice = new Map<string, PackPractice>();
  await readPackFiles(container, {
    text: ({ id, messages }) => void texts.set(id, messages),
    presentation: (rater, _place, row) => presentations.get(rater)?.push(row),
    example: (row) => examples.push(row),
    practice: (row) => void practice.set(row.id, row),
  });
  const manifestSha256 = bytesToHex(sha256(new TextEncoder().encode(manifestText)));
  return { manifest, manifestSha256, publicKey, presentations, examples, practice, texts };
}
