import type { CustomScheme, Protocol } from 'electron';
import { readPageFile } from '../page/page-files.ts';
import { PAGE_HEADERS } from '../page/page-policy.ts';
import { APP_SCHEME, isAppUrl } from './app-origin.ts';

/** To be registered once, before the app is ready. It may not bypass the content security policy. */
export const APP_SCHEME_PRIVILEGES: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** Serves the page's files, and nothing else, to GET requests for our own host. */
export function serveAppScheme(protocol: Pick<Protocol, 'handle'>, pageFolder: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET')
      return new Response('Method not allowed', { status: 405, headers: PAGE_HEADERS });
    if (!isAppUrl(request.url)) return new Response('Not found', { status: 404, headers: PAGE_HEADERS });
    const file = await readPageFile(pageFolder, new URL(request.url).pathname);
    if (file === null) return new Response('Not found', { status: 404, headers: PAGE_HEADERS });
    return new Response(new Uint8Array(file.body), {
      headers: { ...PAGE_HEADERS, 'Content-Type': file.contentType },
    });
  });
}
