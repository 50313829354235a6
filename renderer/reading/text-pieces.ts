/** Cuts long texts into pieces of which the page lays out only those that are on screen. */

/**
 * What a browser breaks into lines in a few milliseconds, whatever the text is made of: so many letters of the usual kind,
 * or a quarter of it of others, which may each be as wide as a line or be put together from many.
 */
const LARGEST_PIECE = 2000;
const COST_OF_OTHERS = 4;
const MOST_LINES = 80;
const LATE = 0.5;

/** Where the piece that begins at a place ends: behind a line or word if one ends late enough, never inside a character. */
export function pieceEnd(text: string, from: number): number {
  let cost = 0;
  let lines = 0;
  let lineEnd = from;
  let wordEnd = from;
  let place = from;
  for (; place < text.length && cost < LARGEST_PIECE; place++) {
    const code = text.charCodeAt(place);
    cost += code < 0x250 ? 1 : COST_OF_OTHERS;
    if (code === 32) wordEnd = place + 1;
    if (code !== 10) continue;
    lineEnd = place + 1;
    if (++lines === MOST_LINES) return lineEnd;
  }
  if (place === text.length) return place;
  const late = from + LATE * (place - from);
  if (lineEnd > late) return lineEnd;
  if (wordEnd > late) return wordEnd;
  const isInsidePair = (text.charCodeAt(place) & 0xfc00) === 0xdc00;
  return isInsidePair ? place - 1 : place;
}

export interface TextPiece {
  readonly from: number;
  readonly to: number;
}

/** The pieces of a text from a place on, up to the first one that ends at or behind another. */
export function piecesOf(text: string, from: number, until: number): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (let start = from; start < Math.min(until, text.length); ) {
    const to = pieceEnd(text, start);
    pieces.push({ from: start, to });
    start = to;
  }
  return pieces;
}
