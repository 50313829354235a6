import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ServiceError } from '../../shared/errors/errors.ts';
import { FieldProblem } from '../components/FieldProblem.tsx';
import { failureText } from '../language/failure-text.ts';

/** Asks for what opens the pack in this file. Before that there is nothing here to read. */
export function UnlockForm({ onUnlock }: { readonly onUnlock: (secret: string) => Promise<void> }) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState('');
  const [isOpening, setIsOpening] = useState(false);
  const unlock = (event: FormEvent) => {
    event.preventDefault();
    setProblem('');
    setIsOpening(true);
    // Stretching a passphrase keeps the page busy for seconds: what is said of it is painted first.
    setTimeout(() => {
      onUnlock(secret).catch((error: unknown) => {
        setIsOpening(false);
        setProblem(problemOf(error));
      });
    }, 50);
  };
  const problemOf = (error: unknown) => {
    if (!(error instanceof ServiceError)) return String(error);
    const { before, now } = (error.details ?? {}) as { readonly before?: string; readonly now?: string };
    if (before !== undefined && now !== undefined) return t('pack.otherKey', { before, now });
    return error.code === 'forbidden'
      ? t('pack.wrongSecret')
      : failureText({ code: error.code, message: error.message, ...error.said });
  };
  return (
    <main className="page-body">
      <h1>Touchstone</h1>
      <form className="panel stacked-form pack-form" onSubmit={unlock}>
        <h2>{t('pack.open')}</h2>
        <label>
          {t('pack.secret')}
          <input
            type="password"
            value={secret}
            maxLength={4096}
            autoComplete="off"
            disabled={isOpening}
            onChange={(event) => setSecret(event.target.value)}
          />
        </label>
        <FieldProblem text={problem} />
        <p className="quiet">{t('pack.keptHere')}</p>
        <div className="button-row">
          <button type="submit" className="primary" disabled={secret === '' || isOpening}>
            {t(isOpening ? 'pack.opening' : 'pack.openIt')}
          </button>
        </div>
      </form>
    </main>
  );
}
