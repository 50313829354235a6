import type * as Electron from 'electron';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { KeyCodec } from '../key-file.ts';

/** Seals keys with the operating system's own store of secrets. Refuses where there is none, rather than write them as they are. */
export function safeStorageCodec(
  storage: Pick<
    typeof Electron.safeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
  >,
): KeyCodec {
  const ready = async () => {
    if (await storage.isAsyncEncryptionAvailable()) return;
    throw new ServiceError(
      'unsupported_here',
      'This system offers no place to keep a key. Set it in the environment of the program instead.',
    );
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
