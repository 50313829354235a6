import { textSha256 } from '../../pack/content-hash.ts';

/** A name as one of a file: what no file system or script takes is replaced, and a hash keeps such names apart. */
export function plainFileName(name: string): string {
  const plain = name
    .replace(/[^\w.+-]/gu, '_')
    .replace(/^\./u, '_')
    .slice(0, 100);
  return plain === name ? name : `${plain}-${textSha256(name).slice(0, 8)}`;
}
