import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudySummary } from '../../../shared/contract/study-methods.ts';
import { client } from '../../api/host.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { failureText } from '../../language/failure-text.ts';

export function RenameStudyDialog({
  study: { studyId, name: before },
  onClose,
}: {
  readonly study: Pick<StudySummary, 'studyId' | 'name'>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(before);
  const [problem, setProblem] = useState('');
  const rename = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('studies.rename', { studyId, name });
    if (reply.ok) onClose();
    else setProblem(failureText(reply.error));
  };
  return (
    <Dialog title={t('shelf.save')} onClose={onClose}>
      <form className="stacked-form" onSubmit={(event) => void rename(event)}>
        <label>
          {t('shelf.newName')}
          <input value={name} maxLength={120} dir="auto" onChange={(event) => setName(event.target.value)} />
        </label>
        <FieldProblem text={problem} />
        <div className="button-row">
          <button type="submit" className="primary" disabled={name.trim() === ''}>
            {t('shelf.save')}
          </button>
          <button type="button" onClick={onClose}>
            {t('shelf.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
