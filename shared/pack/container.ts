import type { ErrorMessage } from '../errors/messages.ts';

/** How a pack's container is signed: a ZIP archive whose comment holds the key and the signature of every byte before it. */

export const MANIFEST_NAME = 'manifest.json';

/** Most bytes of a manifest, unpacked. */
export const MOST_MANIFEST_BYTES = 8 * 1024 ** 2;

/** Most bytes of all files of a pack, unpacked. */
export const MOST_PACK_BYTES = 4 * 1024 ** 3;

/** A file unpacks to at most so many times its packed size. */
export const MOST_RATIO = 1000;

/** Most characters of one line, as of one text of an import and what stands around it. */
export const MOST_PACK_LINE = 16 * 1024 ** 2;

const COMMENT = /^touchpack 1 ([A-Za-z0-9_-]{43}) ([A-Za-z0-9_-]{86})$/u;

export const COMMENT_LENGTH = 'touchpack 1 '.length + 43 + 1 + 86;

/** The end record of a ZIP archive without its comment. */
export const END_RECORD_LENGTH = 22;

export function signedMessage(sha256: string): string {
  return `touchpack 1\n${sha256}`;
}

export function commentOf(publicKey: string, signature: string): string {
  return `touchpack 1 ${publicKey} ${signature}`;
}

export function readComment(
  comment: string,
): { readonly publicKey: string; readonly signature: string } | null {
  const [, publicKey, signature] = COMMENT.exec(comment) ?? [];
  return publicKey === undefined || signature === undefined ? null : { publicKey, signature };
}

/** Why the end of a file cannot be that of a pack's container; null where it can. */
export function endProblem(end: Uint8Array, most: { readonly entries: number }): ErrorMessage | null {
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
  if (end.length !== END_RECORD_LENGTH + COMMENT_LENGTH || view.getUint32(0, true) !== 0x06054b50)
    return { key: 'pack.cut_off' };
  if (view.getUint16(20, true) !== COMMENT_LENGTH) return { key: 'pack.comment_length' };
  const entries = view.getUint16(10, true);
  if (entries > most.entries || view.getUint16(8, true) !== entries) return { key: 'pack.too_many_files' };
  if (view.getUint16(4, true) !== 0 || view.getUint16(6, true) !== 0) return { key: 'pack.split' };
  return null;
}
