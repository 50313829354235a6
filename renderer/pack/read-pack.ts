/** Reads the pack that stands in this file: opened with its secret, verified, and only then looked at. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Uint8ArrayReader } from '@zip.js/zip.js/index-native.js';
import { Decrypter } from 'age-encryption';
import { ServiceError } from '../../shared/contract/errors.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { COMMENT_LENGTH, END_RECORD_LENGTH } from '../../shared/pack/container.ts';
import {
  EXAMPLES_FILE,
  type PackManifest,
  PRACTICE_FILE,
  TEXTS_FILE,
} from '../../shared/pack/pack-manifest.ts';
import { packRow } from '../../shared/pack/pack-row.ts';
import {
  type PackExample,
  type PackPractice,
  type PackPresentation,
  packExampleSchema,
  packPracticeSchema,
  packPresentationSchema,
  packTextSchema,
} from '../../shared/pack/pack-rows.ts';
import { type Container, containerProblem, readContainer } from '../../shared/pack/read-container.ts';
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

const NAME = 'this pack';

/** @throws ServiceError `forbidden` where the secret does not open it, `import_failed` where it was altered */
export async function readPack(sealed: Uint8Array, secret: string): Promise<PackInPage> {
  const decrypter = new Decrypter();
  const trimmed = secret.trim();
  let plain: Uint8Array;
  try {
    if (trimmed.startsWith('AGE-SECRET-KEY-')) decrypter.addIdentity(trimmed);
    else decrypter.addPassphrase(secret.normalize('NFC'));
    plain = await decrypter.decrypt(sealed);
  } catch {
    throw new ServiceError('forbidden', 'This passphrase does not open it, or the file was altered.');
  }
  const signedEnd = plain.length - COMMENT_LENGTH;
  const container = await readContainer({
    name: NAME,
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
  await rows(container, TEXTS_FILE, packTextSchema, ({ id, messages }) => texts.set(id, messages));
  const presentations = new Map<string, PackPresentation[]>();
  for (const { name, file } of manifest.raters) {
    const list: PackPresentation[] = [];
    await rows(container, file, packPresentationSchema, (row) => list.push(row));
    presentations.set(name, list);
  }
  const examples: PackExample[] = [];
  await rows(container, EXAMPLES_FILE, packExampleSchema, (row) => examples.push(row));
  const practice = new Map<string, PackPractice>();
  await rows(container, PRACTICE_FILE, packPracticeSchema, (row) => practice.set(row.id, row));
  for (const { task, left, right } of [...[...presentations.values()].flat(), ...examples])
    for (const text of [task, left, right])
      if (!texts.has(text)) throw containerProblem(NAME, 'names a text that it does not hold');
  const manifestSha256 = bytesToHex(sha256(new TextEncoder().encode(manifestText)));
  return { manifest, manifestSha256, publicKey, presentations, examples, practice, texts };
}

function rows<Schema extends Parameters<typeof packRow>[0]>(
  container: Container,
  file: string,
  schema: Schema,
  take: (row: Schema['_zod']['output']) => void,
): Promise<void> {
  return container.readLines(file, (text, line) => {
    const row = packRow(schema, text);
    if ('reason' in row) throw containerProblem(NAME, `${file}, line ${line}: ${row.reason}`);
    take(row.value);
  });
}
