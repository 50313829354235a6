/** A name for people as a name for a file, of plain letters and digits; `otherwise` where nothing is left of it. */
export function fileNameOf(name: string, otherwise: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  return plain === '' ? otherwise : plain.slice(0, 60);
}
