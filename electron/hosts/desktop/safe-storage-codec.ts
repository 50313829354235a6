import type * as Electron from 'electron';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { KeyCodec } from '../key-file.ts';

/** Backends of Linux that hold a secret. `basic_text` seals with a password that stands in Chromium's source. */
const SECRET_BACKENDS: ReadonlySet<string> = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']);

/** Seals keys with the operating system's own store of secrets. Refuses where there is none, rather than write them as they are. */
export function safeStorageCodec(
  storage: Pick<
    typeof Electron.safeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >,
  platform: NodeJS.Platform = process.platform,
): KeyCodec {
  const ready = async () => {
    const isSecret = platform !== 'linux' || SECRET_BACKENDS.has(storage.getSelectedStorageBackend());
    if (isSecret && (await storage.isAsyncEncryptionAvailable())) return;
    throw new ServiceError('unsupported_here', { key: 'host.no_place_for_keys' });
  };
  return {
    seal: async (key) => {
      await ready();
      return (await storage.encryptStringAsync(key)).toString('base64');
    },
    open: async (sealed) => {
      await ready();
      return (await storage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
    },
  };
}
