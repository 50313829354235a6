import { textSha256 } from '../../../json/content-hash.ts';

/** A name as one of a file: what no file system or script takes is replaced, and a hash keeps such names apart. */
export function plainFileName(name: string): string {
  const plain = name
    .replace(/[^\w.+-]/gu, '_')
    .replace(/^\./u, '_')
    .slice(0, 100);
  // Names that differ in case alone are one file to some systems.
  return plain === name && name === name.toLowerCase() ? name : `${plain}-${textSha256(name).slice(0, 8)}`;
}
