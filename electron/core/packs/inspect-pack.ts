import type { ReplyOf } from '../../../shared/contract/methods.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import { type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { withContainer } from './with-container.ts';

/** Verifies a pack and shows what it says of itself. */
export function inspectPack(
  {
    file,
    secret,
  }: { readonly file: { readonly path: string; readonly name: string }; readonly secret: string },
  controls: TaskControls,
): Promise<ReplyOf<'packs.inspect'>> {
  return withContainer(file, secret, async (container) => {
    const { manifest, publicKey } = container;
    // The signature is over all bytes; this also holds every file against its own hash.
    for (const { name } of manifest.files) await container.readLines(name, () => throwIfCancelled(controls));
    return { words: keyWords(publicKey), publicKey, manifest };
  });
}
