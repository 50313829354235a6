import type { TFunction } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { PickedFile } from '../../../shared/contract/host-methods.ts';
import { failureText } from '../../language/failure-text.ts';
import { numberText } from '../../language/language.ts';
import { useFollowedCall } from '../../state/followed-call.ts';
import { useQuery } from '../../state/query.ts';
import { goTo } from '../../state/route.ts';
import { loadSeat, useSeat } from '../../state/seat.ts';
import { Dialog } from '../Dialog.tsx';
import { FieldProblem } from '../FieldProblem.tsx';
import { FileChoice } from '../FileChoice.tsx';
import { JobProgressView } from '../JobProgressView.tsx';

/** Opens a pack that was chosen, dropped, or handed to the app: its secret is asked for, its signature checked. */
export function OpenPackDialog({
  file: handed,
  onClose,
}: {
  readonly file: PickedFile | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [file, setFile] = useState(handed);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState('');
  const opening = useFollowedCall();
  const { seat } = useSeat();
  const { value: studies } = useQuery('studies.list', {});
  const { value: host } = useQuery('host.info', {});
  const hasStudies = seat.role === 'lead' && studies !== null && studies.length > 0;
  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    setProblem('');
    const reply = await opening.call('packs.open', { uploadId: file.uploadId, secret });
    if (!reply.ok) {
      setProblem(problemText(reply.error, t));
      return;
    }
    if (reply.value.address !== null) return location.assign(reply.value.address);
    // The host shows the other store in this window.
    if (reply.value.isBeside) return;
    await loadSeat();
    goTo({ screen: 'studies' });
    onClose();
  };
  // Said before a secret is asked for that would open nothing.
  if (hasStudies && host !== null && !host.capabilities.packsBeside)
    return (
      <Dialog title={t('pack.open')} onClose={onClose}>
        <p>{t('pack.ownStore')}</p>
      </Dialog>
    );
  return (
    <Dialog title={t('pack.open')} onClose={onClose}>
      <form className="stacked-form" onSubmit={(event) => void open(event)}>
        {hasStudies && <p className="callout">{t('pack.opensBeside')}</p>}
        <FileChoice
          label={t('pack.choose')}
          accept=".touchpack,.age,.zip"
          onFiles={([first]) => setFile(first ?? null)}
          onProblem={(failure) => setProblem(failureText(failure))}
        />
        {file !== null && (
          <p>
            <code>{file.name}</code>
          </p>
        )}
        <label>
          {t('pack.secret')}
          <input
            type="password"
            value={secret}
            maxLength={4096}
            autoComplete="off"
            onChange={(event) => setSecret(event.target.value)}
          />
        </label>
        {opening.job !== null && (
          <JobProgressView
            job={opening.job}
            recordsText={(records) => t('pack.rowsRead', { rows: numberText(records) })}
            stopText={t('pack.stop')}
            label={t('pack.opening')}
          />
        )}
        <FieldProblem text={problem} />
        <div className="button-row">
          <button type="submit" className="primary" disabled={file === null || opening.isRunning}>
            {t(opening.isRunning ? 'pack.opening' : 'pack.openIt')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function problemText(error: Failure, t: TFunction<'rater'>): string {
  if (error.code !== 'forbidden') return failureText(error);
  const { before, now } = (error.details ?? {}) as { readonly before?: string; readonly now?: string };
  return before === undefined || now === undefined
    ? t('pack.wrongSecret')
    : t('pack.otherKey', { before, now });
}
