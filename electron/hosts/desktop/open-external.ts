import type { Shell } from 'electron';

/** Addresses the app itself offers. Nothing from a study is ever opened. */
export const LICENCE_URL = 'https://www.apache.org/licenses/LICENSE-2.0';
const ALLOWED: ReadonlySet<string> = new Set([LICENCE_URL]);

/** Whether an address may be handed to the system: https, and on the list to the letter. */
export function mayOpenExternally(address: string): boolean {
  return address.startsWith('https://') && ALLOWED.has(address);
}

/** The only caller of shell.openExternal. Refuses silently; the refusal is its return value. */
export async function openExternal(shell: Pick<Shell, 'openExternal'>, address: string): Promise<boolean> {
  if (!mayOpenExternally(address)) return false;
  await shell.openExternal(address);
  return true;
}
