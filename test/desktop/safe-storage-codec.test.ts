import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { safeStorageCodec } from '../../electron/hosts/desktop/safe-storage-codec.ts';
import { KeyFile } from '../../electron/hosts/key-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Stands in for Electron’s safeStorage: turns bytes over instead of sealing them. */
const standIn = (
  isAvailable: boolean,
  backend: ReturnType<
    Parameters<typeof safeStorageCodec>[0]['getSelectedStorageBackend']
  > = 'gnome_libsecret',
) => ({
  getSelectedStorageBackend: () => backend,
  isAsyncEncryptionAvailable: async () => isAvailable,
  encryptStringAsync: async (text: string) => Buffer.from(text, 'utf8').map((byte) => byte ^ 0xff) as Buffer,
  decryptStringAsync: async (sealed: Buffer) => ({
    result: Buffer.from(sealed.map((byte) => byte ^ 0xff)).toString('utf8'),
    shouldReEncrypt: false,
  }),
});

describe('keys on the desktop', () => {
  it('are sealed before they are written', async () => {
    const path = join(temporaryFolder(), 'keys-sealed.json');
    const keys = new KeyFile(path, safeStorageCodec(standIn(true)));
    await keys.write('https://api.example.org', 'sk-secret');
    expect(readFileSync(path, 'utf8')).not.toContain('sk-secret');
    expect(await keys.read('https://api.example.org')).toBe('sk-secret');
    expect(await keys.origins()).toEqual(['https://api.example.org']);
    await keys.remove('https://api.example.org');
    expect(await keys.read('https://api.example.org')).toBeNull();
  });

  it('are not written at all where nothing can seal them', async () => {
    const path = join(temporaryFolder(), 'keys-sealed.json');
    const keys = new KeyFile(path, safeStorageCodec(standIn(false)));
    await expect(keys.write('https://api.example.org', 'sk-secret')).rejects.toMatchObject({
      code: 'unsupported_here',
    });
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['linux', 'basic_text', false],
    ['linux', 'unknown', false],
    ['linux', 'kwallet6', true],
    ['darwin', 'basic_text', true],
    ['win32', 'basic_text', true],
  ] as const)('on %s with %s are sealed: %s', async (platform, backend, isSealed) => {
    const path = join(temporaryFolder(), 'keys-sealed.json');
    const keys = new KeyFile(path, safeStorageCodec(standIn(true, backend), platform));
    const kept = keys.write('https://api.example.org', 'sk-secret').then(
      () => true,
      () => false,
    );
    expect(await kept).toBe(isSealed);
    expect(existsSync(path)).toBe(isSealed);
  });
});
