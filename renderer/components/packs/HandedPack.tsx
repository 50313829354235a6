import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { PickedFile } from '../../../shared/contract/host-methods.ts';
import { client, uploadFiles } from '../../api/host.ts';
import { useFileDrop } from '../../state/file-drop.ts';
import { Dialog } from '../Dialog.tsx';
import { ErrorNote } from '../ErrorNote.tsx';
import { OpenPackDialog } from './OpenPackDialog.tsx';

const isPack = (name: string) => name.endsWith('.touchpack');

/** Opens packs that come from outside the page: dropped on the window, or opened with the app. */
export function HandedPack() {
  const { t } = useTranslation();
  const [file, setFile] = useState<PickedFile | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const upload = async (packs: readonly File[]) => {
    const { taken, problem: refused } = await uploadFiles(packs.slice(0, 1));
    setFile(taken[0] ?? null);
    setProblem(refused);
  };
  useFileDrop(isPack, (packs) => void upload(packs));
  useEffect(() => {
    const look = async () => {
      const reply = await client.call('host.handedFile', {});
      if (reply.ok && reply.value !== null) setFile(reply.value);
    };
    void look();
    return client.subscribe((event) => {
      if (event.type === 'handed') void look();
    });
  }, []);
  if (problem !== null)
    return (
      <Dialog title={t('pack.open')} onClose={() => setProblem(null)}>
        <ErrorNote error={problem} />
      </Dialog>
    );
  return file === null ? null : (
    <OpenPackDialog key={file.uploadId} file={file} onClose={() => setFile(null)} />
  );
}
