import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** Which database to use: the option, else TOUCHSTONE_STORE, else the user's data folder. */
export function chosenStorePath(option: string | undefined): string {
  const named = option ?? process.env.TOUCHSTONE_STORE;
  return named === undefined || named === '' ? join(dataFolder(), 'store.sqlite') : resolve(named);
}

/** Which database a vendor works in: the named one, else a file of its own in the user's data folder. */
export function vendorStorePath(option: string | undefined): string {
  const named = option ?? process.env.TOUCHSTONE_STORE;
  return named === undefined || named === '' ? join(dataFolder(), 'vendor.sqlite') : resolve(named);
}

/** Where keys of endpoints are kept: beside no store, so that copying a store copies no key. Sealed ones stand apart. */
export function keyFilePath(host: 'desktop' | 'plain'): string {
  const named = process.env.TOUCHSTONE_KEY_FILE;
  if (named !== undefined && named !== '') return resolve(named);
  const folder = envPaths('touchstone', { suffix: '' }).config;
  return join(folder, host === 'desktop' ? 'keys-sealed.json' : 'keys.json');
}

/** The user's data folder for this program. */
export function dataFolder(): string {
  return envPaths('touchstone', { suffix: '' }).data;
}
