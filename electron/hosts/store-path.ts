import { basename, dirname, extname, join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** Which database to use: the option, else TOUCHSTONE_STORE, else the user's data folder. */
export function chosenStorePath(option: string | undefined): string {
  const named = option ?? process.env.TOUCHSTONE_STORE;
  return named === undefined || named === '' ? usualStorePath() : resolve(named);
}

/** The database where nobody names one. */
export function usualStorePath(): string {
  return join(dataFolder(), 'store.sqlite');
}

/** Where a pack is worked on that is opened beside a lead's studies: never in the lead's own database. */
export function vendorStoreBeside(leadPath: string): string {
  if (leadPath === usualStorePath()) return vendorStorePath(undefined, {});
  const extension = extname(leadPath);
  return join(dirname(leadPath), `${basename(leadPath, extension)}.vendor${extension}`);
}

/** Which database a vendor works in: the named one, else a file of its own in the user's data folder. */
export function vendorStorePath(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const named = option ?? environment.TOUCHSTONE_STORE;
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
