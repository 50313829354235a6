/**
 * Images that stand in a Markdown text itself, as base64 of a raster format. SVG is none: it can hold scripts and
 * addresses. Anything else that looks like an image stays where it is, and is never loaded.
 */
import { base64 } from '@scure/base';
import { imageSize } from './image-size.ts';

const EMBEDDED =
  /\]\(\s*<?(data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2})>?((?:\s+"[^"\n]*")?)\s*\)/gu;

const SCHEME = 'embedded-image:';
const ADDRESS = 'data:image/';
/** Of one text. What holds more is no text that anyone reads, and to go through a hundred thousand takes a tenth of a second. */
const MOST_ADDRESSES = 3000;

export interface WithoutImages {
  /** The text with a short stand-in for every embedded image. */
  readonly text: string;
  /** The images' addresses, by their stand-in. */
  readonly images: ReadonlyMap<string, string>;
  /** Where a place of the short text stands in the whole one, in UTF-16 code units. */
  readonly sourceAt: (place: number) => number;
}

/**
 * Takes embedded images out of a text, so that what reads it need not walk through their bytes. A text of more than 3,000
 * addresses stays as it is.
 */
export function withoutImages(text: string): WithoutImages {
  const images = new Map<string, string>();
  // Looked for plainly first: to look for it as an expression through megabytes would take a tenth of a second.
  const addresses = countAddresses(text);
  if (addresses === 0 || addresses > MOST_ADDRESSES) return { text, images, sourceAt: (place) => place };
  /** Behind each image: the place in the short text, and how much longer the whole one is up to there. */
  const cuts: { readonly behind: number; readonly shift: number }[] = [];
  let shift = 0;
  const short = text.replace(EMBEDDED, (all, address: string, title: string, place: number) => {
    const standIn = `${SCHEME}${images.size}`;
    images.set(standIn, address);
    const replaced = `](${standIn}${title})`;
    const behind = place - shift + replaced.length;
    shift += all.length - replaced.length;
    cuts.push({ behind, shift });
    return replaced;
  });
  const sourceAt = (place: number) => {
    let [low, high] = [0, cuts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cuts[middle]?.behind ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return place + (cuts[low - 1]?.shift ?? 0);
  };
  return { text: short, images, sourceAt };
}

/** How many addresses of images there seem to be; counts no further than one more than may be. */
function countAddresses(text: string): number {
  let count = 0;
  let place = text.indexOf(ADDRESS);
  while (place !== -1 && count <= MOST_ADDRESSES) {
    count++;
    place = text.indexOf(ADDRESS, place + ADDRESS.length);
  }
  return count;
}

/**
 * How many pixels an embedded image has by its own header, which costs nothing to read: a few kilobytes can stand for
 * gigabytes of pixels. Null where the header cannot be read.
 *
 * @param address a data address as {@link withoutImages} finds them
 */
export function pixelsOf(address: string): number | null {
  const size = imageSize(headOf(address));
  return size === null ? null : size.width * size.height;
}

/** Of JPEG the sizes stand behind what a camera wrote. In base64 characters, a multiple of four. */
const LONGEST_HEAD = 400_000;
const SHORT_HEAD = 64;

function headOf(address: string): Uint8Array {
  const start = address.indexOf(',') + 1;
  const isJpeg = address.startsWith('data:image/jpeg');
  const head = address.slice(start, start + (isJpeg ? LONGEST_HEAD : SHORT_HEAD));
  try {
    return base64.decode(head.slice(0, head.length - (head.length % 4)));
  } catch {
    return new Uint8Array();
  }
}
