import { type FormEvent, useState } from 'react';
import { client } from '../api/host.ts';
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
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const unblind = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('studies.unblind', { studyId, confirmName: typed });
    if (reply.ok) onDone();
    else setProblem(reply.error.message);
  };
  return (
    <Dialog title="Unblind this study" onClose={onClose}>
      <form className="stacked-form" onSubmit={(event) => void unblind(event)}>
        <p>
          Afterwards this app can show which system wrote what and what each judge said of a pair. It is
          logged, it cannot be undone, and every vote given from then on is marked as given after unblinding.
        </p>
        <label>
          Type the study’s name, <strong>{studyName}</strong>, to confirm
          <input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </label>
        <FieldProblem text={problem} />
        <div className="button-row">
          <button type="submit" className="primary" disabled={typed.trim() !== studyName}>
            Unblind
          </button>
          <button type="button" onClick={onClose}>
            Keep it blind
          </button>
        </div>
      </form>
    </Dialog>
  );
}
