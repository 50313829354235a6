/** Ed25519 in a page that may have no Web Crypto of its own. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { base64urlnopad, utf8 } from '@scure/base';
import {
  PUBLIC_KEY_PATTERN,
  SIGNATURE_PATTERN,
  type Signer,
  type VerifySignature,
} from '../../shared/pack/signing.ts';
import { isSoundKey, isSoundPoint } from '../../shared/pack/sound-point.ts';

export const verifyWithNoble: VerifySignature = (publicKey, message, signature) => {
  if (!PUBLIC_KEY_PATTERN.test(publicKey) || !SIGNATURE_PATTERN.test(signature)) return false;
  try {
    const [key, signed] = [base64urlnopad.decode(publicKey), base64urlnopad.decode(signature)];
    return (
      isSoundKey(key) &&
      isSoundPoint(signed.subarray(0, 32)) &&
      ed25519.verify(signed, utf8.decode(message), key, { zip215: false })
    );
  } catch {
    return false;
  }
};

/** A key as 32 secret bytes. */
export function newSecretKey(): Uint8Array {
  return ed25519.utils.randomSecretKey();
}

export function nobleSigner(secretKey: Uint8Array): Signer {
  return {
    publicKey: base64urlnopad.encode(ed25519.getPublicKey(secretKey)),
    sign: (message) => base64urlnopad.encode(ed25519.sign(utf8.decode(message), secretKey)),
  };
}
