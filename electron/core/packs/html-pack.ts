/** A pack as one HTML file: the page that works on it, and the pack as it is, still encrypted. */
import { createHash } from 'node:crypto';
import { ServiceError } from '../../../shared/errors/errors.ts';

const POLICY_PLACE = '<!--touchstone-policy-->';
const PACK_PLACE = '<!--touchstone-pack-->';

/**
 * Puts an encrypted pack into the built page. The policy lets nothing run but the page's own script, by its hash, and lets
 * nothing be fetched or sent.
 *
 * @param page the built page, scripts and styles inlined
 * @param sealed an age file
 */
export function htmlPack(page: string, sealed: Buffer): string {
  for (const place of [POLICY_PLACE, PACK_PLACE])
    if (page.split(place).length !== 2) throw new Error(`the page of packs has no place ${place}`);
  if (sealed.subarray(0, 21).toString('latin1') !== 'age-encryption.org/v1')
    throw new ServiceError('invalid_input', { key: 'pack_making.not_encrypted' });
  const scripts = hashesOf(page, /<script type="module"[^>]*>([\s\S]*?)<\/script>/gu);
  const styles = hashesOf(page, /<style rel="stylesheet"[^>]*>([\s\S]*?)<\/style>/gu);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    'font-src data:',
    'img-src data:',
    "connect-src 'none'",
    // As for the page that hosts serve.
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  const data = `<script type="application/octet-stream" id="touchstone-pack">${sealed.toString('base64')}</script>`;
  // By function: a replacement text could hold dollar signs that mean something.
  return page.replace(POLICY_PLACE, () => meta).replace(PACK_PLACE, () => data);
}

function hashesOf(page: string, pattern: RegExp): string {
  const found = [...page.matchAll(pattern)];
  if (found.length === 0) throw new Error('the page of packs has no script, or no style');
  return found
    .map(([, content = '']) => `'sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}'`)
    .join(' ');
}
