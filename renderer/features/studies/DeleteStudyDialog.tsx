import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { ReplyOf } from '../../../shared/contract/methods.ts';
import type { StudySummary } from '../../../shared/contract/study-methods.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { JobProgressView } from '../../components/JobProgressView.tsx';
import { failureText } from '../../language/failure-text.ts';
import { countText } from '../../language/language.ts';
import { useFollowedCall } from '../../state/followed-call.ts';

/** A deletion is confirmed in words, followed, and says where the study still is. */
export function DeleteStudyDialog({
  study: { studyId, name },
  onClose,
  onDeleted,
}: {
  readonly study: Pick<StudySummary, 'studyId' | 'name'>;
  readonly onClose: () => void;
  /** Told also where the card with this dialog has gone with its study. */
  readonly onDeleted: (deleted: ReplyOf<'studies.delete'>) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [losesOpenWork, setLosesOpenWork] = useState(false);
  const [problem, setProblem] = useState<Failure | null>(null);
  const deletion = useFollowedCall();
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const reply = await deletion.call('studies.delete', { studyId, confirmName: typed, losesOpenWork });
    if (!reply.ok) setProblem(reply.error);
    else onDeleted(reply.value);
  };
  return (
    <Dialog title={t('shelf.deleteTitle')} onClose={onClose}>
      <form className="stacked-form" onSubmit={(event) => void remove(event)}>
        <p>{t('shelf.deleteAbout')}</p>
        <label>
          {t('shelf.typeName', { name })}
          <input
            value={typed}
            dir="auto"
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <FieldProblem text={problem === null ? '' : failureText(problem)} />
        {(problem?.key === 'study.work_is_out' || losesOpenWork) && (
          <label className="check-line">
            <input
              type="checkbox"
              checked={losesOpenWork}
              onChange={(event) => setLosesOpenWork(event.target.checked)}
            />{' '}
            {t('shelf.evenIfOut')}
          </label>
        )}
        {deletion.job !== null && (
          <JobProgressView
            job={deletion.job}
            recordsText={(pairs) => countText('pair', pairs)}
            stopText={t('pack.stop')}
            label={t('shelf.deleting')}
          />
        )}
        <div className="button-row">
          <button
            type="submit"
            className="primary danger"
            disabled={typed.trim() !== name || deletion.isRunning}
          >
            {t(deletion.isRunning ? 'shelf.deleting' : 'shelf.deleteIt')}
          </button>
          <button type="button" onClick={onClose}>
            {t('shelf.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
