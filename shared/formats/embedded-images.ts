/**
 * Images that stand in a Markdown text itself, as base64 of a raster format. SVG is none: it can hold scripts and
 * addresses. Anything else that looks like an image stays where it is, and is never loaded.
 */
const EMBEDDED =
  /\]\(\s*<?(data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2})>?((?:\s+"[^"\n]*")?)\s*\)/gu;

const SCHEME = 'embedded-image:';

export interface WithoutImages {
  /** The text with a short stand-in for every embedded image. */
  readonly text: string;
  /** The images' addresses, by their stand-in. */
  readonly images: ReadonlyMap<string, string>;
}

/** Takes embedded images out of a text, so that what reads it need not walk through their bytes. */
export function withoutImages(text: string): WithoutImages {
  const images = new Map<string, string>();
  if (!text.includes('](')) return { text, images };
  const short = text.replace(EMBEDDED, (_all, address: string, title: string) => {
    const standIn = `${SCHEME}${images.size}`;
    images.set(standIn, address);
    return `](${standIn}${title})`;
  });
  return { text: short, images };
}
