import { readFile, realpath } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { productFolder } from '../../core/ports/product.ts';

/** Where the built page lies. */
export const pageFolder = join(productFolder, 'dist', 'renderer');

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly body: Buffer;
  readonly contentType: string;
}

/**
 * The file of the page behind a URL path, or null. Decodes, resolves, follows links and then requires the
 * result to lie inside the folder; only known file types are served.
 *
 * @param urlPath the path of the URL, still percent-encoded; `/` is the page itself
 */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || decoded.includes('\0') || decoded.includes('\\')) return null;
  const wanted = resolve(folder, `.${decoded === '/' ? '/index.html' : decoded}`);
  const contentType = MIME_TYPES[extname(wanted)];
  if (contentType === undefined) return null;
  try {
    const root = await realpath(folder);
    const found = await realpath(wanted);
    if (!found.startsWith(root + sep)) return null;
    return { body: await readFile(found), contentType };
  } catch {
    return null;
  }
}
