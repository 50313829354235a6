import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { AppContext } from '../context/app-context.ts';
import { copyVerified, makeBackup } from '../store/engine/backup.ts';

/** Copies the store, also while it is open, and checks the copy. */
export async function backUpStore(
  { store, files, ports }: AppContext,
  { placeId }: ParsedInputOf<'store.backup'>,
): Promise<ReplyOf<'store.backup'>> {
  const of = store.readOnlyOf ?? store.path;
  if (placeId === undefined) return { path: await makeBackup(store, ports.clock.nowMs()), of };
  const path = files.place(placeId);
  await copyVerified(store, path);
  return { path, of };
}
