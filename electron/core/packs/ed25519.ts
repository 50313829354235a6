/** Ed25519 with Node's own cryptography. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import {
  PUBLIC_KEY_PATTERN,
  SIGNATURE_PATTERN,
  type Signer,
  type VerifySignature,
} from '../../../shared/pack/signing.ts';
import { isSoundKey, isSoundPoint } from '../../../shared/pack/sound-point.ts';
import type { StoredKey } from '../store/engine/signing-key.ts';

/** What stands before the 32 bytes of a public key in its SPKI form (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export function newKey(): StoredKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey
      .export({ format: 'der', type: 'spki' })
      .subarray(SPKI_PREFIX.length)
      .toString('base64url'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
  };
}

export function signerOf({ publicKey, privateKey }: StoredKey): Signer {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), format: 'der', type: 'pkcs8' });
  return {
    publicKey,
    sign: (message) => sign(null, Buffer.from(message, 'utf8'), key).toString('base64url'),
  };
}

let last: { readonly publicKey: string; readonly key: KeyObject } | null = null;

/** The key is read once while the same one is asked about. Encodings that are not the shortest are refused. */
export const verifySignature: VerifySignature = (publicKey, message, signature) => {
  if (!PUBLIC_KEY_PATTERN.test(publicKey) || !SIGNATURE_PATTERN.test(signature)) return false;
  const bytes = Buffer.from(signature, 'base64url');
  if (bytes.toString('base64url') !== signature || !isSoundPoint(bytes.subarray(0, 32))) return false;
  try {
    if (last?.publicKey !== publicKey) {
      const raw = Buffer.from(publicKey, 'base64url');
      if (raw.toString('base64url') !== publicKey || !isSoundKey(raw)) return false;
      const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
      last = { publicKey, key };
    }
    return verify(null, Buffer.from(message, 'utf8'), last.key, bytes);
  } catch {
    return false;
  }
};
