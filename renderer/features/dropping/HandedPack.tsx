import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { PickedFile } from '../../../shared/contract/host-methods.ts';
import { client, uploadFiles } from '../../api/host.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { OpenPackDialog } from '../../components/packs/OpenPackDialog.tsx';

/** Opens packs that come from outside the page: dropped on the window, or opened with the app. */
export function HandedPack({
  dropped,
  onTaken,
}: {
  /** Null where none waits. */
  readonly dropped: File | null;
  readonly onTaken: () => void;
}) {
  const { t } = useTranslation();
  const [file, setFile] = useState<PickedFile | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const upload = useEffectEvent(async (pack: File) => {
    onTaken();
    const { taken, problem: refused } = await uploadFiles([pack]);
    setFile(taken[0] ?? null);
    setProblem(refused);
  });
  useEffect(() => {
    if (dropped !== null) void upload(dropped);
  }, [dropped]);
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
