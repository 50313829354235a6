/** Who signs packs and returns, and how a signature is checked. Ed25519 (RFC 8032) over UTF-8 texts. */

/** A key that signs. Keys and signatures are base64url without padding: 43 and 86 characters. */
export interface Signer {
  readonly publicKey: string;
  sign(message: string): string;
}

/** Whether a signature of a message was made with the private part of a public key; false for a malformed one. */
export type VerifySignature = (publicKey: string, message: string, signature: string) => boolean;

export const PUBLIC_KEY_PATTERN = /^[A-Za-z0-9_-]{43}$/u;
export const SIGNATURE_PATTERN = /^[A-Za-z0-9_-]{86}$/u;
