/** Patterns of file names: `*` stands for any text, `{part}` for text that is named so and may be used as a value. */

type Piece = { readonly literal: string } | { readonly hole: string | null };

/** Named parts of a file's name; null where the name does not match. A part is as short as the pattern allows, and never empty. */
export function partsOfName(namePattern: string, fileName: string): Readonly<Record<string, string>> | null {
  const pieces = piecesOf(namePattern);
  const parts: [string, string][] = [];
  let at = 0;
  let hole: { readonly name: string | null; readonly from: number } | null = null;
  for (const [index, piece] of pieces.entries()) {
    if ('hole' in piece) {
      // Two holes beside each other: the first takes one character, or none.
      if (hole !== null) {
        if (hole.name !== null) parts.push([hole.name, fileName.slice(hole.from, hole.from + 1)]);
        at = hole.from + (hole.name === null ? 0 : 1);
      }
      hole = { name: piece.hole, from: at };
      continue;
    }
    const isLast = index === pieces.length - 1;
    const earliest: number = hole === null ? at : at + (hole.name === null ? 0 : 1);
    const found: number =
      hole === null
        ? fileName.startsWith(piece.literal, at)
          ? at
          : -1
        : isLast
          ? fileName.endsWith(piece.literal)
            ? fileName.length - piece.literal.length
            : -1
          : fileName.indexOf(piece.literal, earliest);
    if (found < earliest) return null;
    if (hole !== null && hole.name !== null) parts.push([hole.name, fileName.slice(hole.from, found)]);
    hole = null;
    at = found + piece.literal.length;
  }
  if (hole === null) return at === fileName.length ? Object.fromEntries(parts) : null;
  if (hole.name !== null) {
    if (hole.from >= fileName.length) return null;
    parts.push([hole.name, fileName.slice(hole.from)]);
  }
  return Object.fromEntries(parts);
}

/** Whether a file's name matches a pattern. */
export function matchesName(namePattern: string, fileName: string): boolean {
  return partsOfName(namePattern, fileName) !== null;
}

function piecesOf(namePattern: string): Piece[] {
  return namePattern
    .split(/(\*|\{[A-Za-z]\w*\})/u)
    .filter((text) => text !== '')
    .map((text) => {
      if (text === '*') return { hole: null };
      const [, name] = /^\{([A-Za-z]\w*)\}$/u.exec(text) ?? [];
      return name === undefined ? { literal: text } : { hole: name };
    });
}
