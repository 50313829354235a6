/** What of a text may have to be masked before it leaves: who wrote it, and what is personal. */
import { base64 } from '@scure/base';
import { identitySpans } from './identity-scan.ts';
import { personalSpans } from './personal-data.ts';

export const SENSITIVE_GROUPS = ['identity', 'personal'] as const;
export type SensitiveGroup = (typeof SENSITIVE_GROUPS)[number];

export interface SensitiveSpan {
  readonly group: SensitiveGroup;
  readonly rule: string;
  readonly from: number;
  readonly to: number;
}

export const MASK = '[masked]';

const EMBEDDED_IMAGE = /data:image\/[a-z.+-]{1,20};base64,([A-Za-z0-9+/]+={0,2})/gu;

/** Names shorter than this stand in any bytes by chance. */
const SHORTEST_NAME_IN_BYTES = 5;

/** Sensitive places of one text. Embedded images are looked into for the names of systems, and are masked whole. */
export function sensitiveSpans(text: string, systemNames: readonly string[]): SensitiveSpan[] {
  const images = text.includes('data:image/') ? [...text.matchAll(EMBEDDED_IMAGE)] : [];
  const named = images
    .filter(({ 1: encoded = '' }) => {
      const bytes = binaryOf(encoded).toLowerCase();
      return systemNames.some(
        (name) => name.length >= SHORTEST_NAME_IN_BYTES && bytes.includes(name.toLowerCase()),
      );
    })
    .map(
      ({ 0: address, index }): SensitiveSpan => ({
        group: 'identity',
        rule: 'image_names_system',
        from: index,
        to: index + address.length,
      }),
    );
  // What stands in an image's own letters says nothing.
  let plain = text;
  for (const { 0: address, index } of images)
    plain = plain.slice(0, index) + ' '.repeat(address.length) + plain.slice(index + address.length);
  return [
    ...named,
    ...identitySpans(plain, systemNames).map((span) => ({ group: 'identity' as const, ...span })),
    ...personalSpans(plain).map((span) => ({ group: 'personal' as const, ...span })),
  ].sort((left, right) => left.from - right.from || right.to - left.to);
}

/** Bytes as characters; an empty text where it is no base64. */
function binaryOf(encoded: string): string {
  try {
    return Array.from(base64.decode(encoded), (byte) => String.fromCharCode(byte)).join('');
  } catch {
    return '';
  }
}
