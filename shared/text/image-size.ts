/** Width and height of a raster image, from the first bytes of PNG, GIF, WebP and JPEG files. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** @returns null where the bytes begin as none of the four, or end before their sizes */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (begins(bytes, 0, '\x89PNG\r\n\x1a\n'))
      return { width: view.getUint32(16), height: view.getUint32(20) };
    if (begins(bytes, 0, 'GIF8')) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (begins(bytes, 0, 'RIFF') && begins(bytes, 8, 'WEBP')) return webpSize(bytes, view);
    if (view.getUint16(0) === 0xffd8) return jpegSize(view);
    return null;
  } catch (error) {
    // The view refuses to read behind the end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function begins(bytes: Uint8Array, at: number, signature: string): boolean {
  return [...signature].every((sign, index) => bytes[at + index] === sign.charCodeAt(0));
}

function webpSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  if (begins(bytes, 12, 'VP8 '))
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (begins(bytes, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (begins(bytes, 12, 'VP8X'))
    return {
      width: (view.getUint32(24, true) & 0xff_ffff) + 1,
      height: (view.getUint32(26, true) >>> 8) + 1,
    };
  return null;
}

/** Frame headers are the markers C0 to CF, without those of tables. */
function jpegSize(view: DataView): ImageSize | null {
  let place = 2;
  for (;;) {
    if (view.getUint8(place) !== 0xff) return null;
    const marker = view.getUint8(place + 1);
    if (marker === 0xff) place++;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(place + 7), height: view.getUint16(place + 5) };
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) place += 2;
    else place += 2 + view.getUint16(place + 2);
  }
}
