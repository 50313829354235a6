import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../api/host.ts';
import { failureText } from '../language/failure-text.ts';
import { Dialog } from './Dialog.tsx';
import { FieldProblem } from './FieldProblem.tsx';

/** Unblinding is confirmed in words: it is logged and cannot be taken back. */
export function UnblindDialog({
  studyId,
  studyName,
  onClose,
  onDone,
}: {
  readonly studyId: string;
  readonly studyName: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const unblind = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('studies.unblind', { studyId, confirmName: typed });
    if (reply.ok) onDone();
    else setProblem(failureText(reply.error));
  };
  return (
    <Dialog title={t('unblind.title')} onClose={onClose}>
      <form className="stacked-form" onSubmit={(event) => void unblind(event)}>
        <p>{t('unblind.about')}</p>
        <label>
          {t('unblind.type', { name: studyName })}
          <input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </label>
        <FieldProblem text={problem} />
        <div className="button-row">
          <button type="submit" className="primary" disabled={typed.trim() !== studyName}>
            {t('unblind.unblind')}
          </button>
          <button type="button" onClick={onClose}>
            {t('unblind.keep')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
