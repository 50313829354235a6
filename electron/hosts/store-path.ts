import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** Which database to use: the option, else TOUCHSTONE_STORE, else the user's data folder. */
export function chosenStorePath(option: string | undefined): string {
  const named = option ?? process.env.TOUCHSTONE_STORE;
  return named === undefined || named === '' ? join(dataFolder(), 'store.sqlite') : resolve(named);
}

/** The user's data folder for this program. */
export function dataFolder(): string {
  return envPaths('touchstone', { suffix: '' }).data;
}
