import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, uploadFiles } from '../../api/host.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { failureText } from '../../language/failure-text.ts';
import { goTo, useRoute } from '../../state/route.ts';
import { useSeat } from '../../state/seat.ts';
import { useWaitingFiles } from '../../state/waiting-files.ts';
import { type Dropped, useFileDrop } from './file-drop.ts';
import { HandedPack } from './HandedPack.tsx';

type Kind = 'pack' | 'return' | 'data';

function kindOf({ name }: File): Kind {
  if (/\.touchpack$/iu.test(name)) return 'pack';
  return /\.touchreturn$/iu.test(name) ? 'return' : 'data';
}

/**
 * Takes what is dropped anywhere to where it belongs: a pack to its opening, returns to their merge, all else to the import, which
 * says of each file what it is. What is not taken is said.
 */
export function DroppedFiles() {
  const { t } = useTranslation();
  const { seat } = useSeat();
  const [pack, setPack] = useState<File | null>(null);
  const [refusal, setRefusal] = useState('');
  const takeReturns = async (files: Dropped) => {
    const { taken, problem } = await uploadFiles(files);
    if (problem !== null) return setRefusal(failureText(problem));
    const [first] = taken;
    if (first === undefined) return;
    const reply = await client.call('packs.studyOfReturn', { uploadId: first.uploadId });
    if (!reply.ok) return setRefusal(failureText(reply.error));
    if (reply.value === null) return setRefusal(t('dropped.unknownReturn', { name: first.name }));
    useWaitingFiles.setState({ returns: taken });
    goTo({ screen: 'packs', studyId: reply.value.studyId });
  };
  useFileDrop((files) => {
    const [first] = files;
    if (first === undefined) return setRefusal(t('dropped.none'));
    const kind = kindOf(first);
    if (files.some((file) => kindOf(file) !== kind) || (kind === 'pack' && files.length > 1))
      return setRefusal(t('dropped.severalKinds'));
    if (kind === 'pack') return setPack(first);
    if (seat.role !== 'lead') return setRefusal(t('dropped.packsAlone', { name: first.name }));
    // Who rates is not led away by a slip of the hand.
    if (useRoute.getState().route.screen === 'rate') return setRefusal(t('dropped.whileRating'));
    if (kind === 'return') return void takeReturns(files);
    useWaitingFiles.setState({ files });
    goTo({ screen: 'import' });
  });
  return (
    <>
      <HandedPack dropped={pack} onTaken={() => setPack(null)} />
      {refusal !== '' && (
        <Dialog title={t('dropped.title')} onClose={() => setRefusal('')}>
          <p>{refusal}</p>
        </Dialog>
      )}
    </>
  );
}
