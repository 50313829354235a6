import { useFileDrop } from '../state/file-drop.ts';
import { goTo, useRoute } from '../state/route.ts';
import { useWaitingFiles } from '../state/waiting-files.ts';

/** Packs and returns are dropped elsewhere. */
const isForImport = (name: string) => !name.endsWith('.touchpack') && !name.endsWith('.touchreturn');

/** Data that is dropped on any screen of a lead opens the import. */
export function DroppedData() {
  useFileDrop(isForImport, (files) => {
    // Who rates is not led away by a slip of the hand.
    if (useRoute.getState().route.screen === 'rate') return;
    useWaitingFiles.setState({ files });
    goTo({ screen: 'import' });
  });
  return null;
}
