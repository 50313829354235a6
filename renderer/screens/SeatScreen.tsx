import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seat } from '../../shared/contract/seat-methods.ts';
import { client } from '../api/host.ts';
import { FieldProblem } from '../components/FieldProblem.tsx';
import { Page } from '../components/Page.tsx';
import { failureText } from '../language/failure-text.ts';
import { openWork } from '../state/rating.ts';
import { goTo } from '../state/route.ts';
import { setSeat } from '../state/seat.ts';

type HandedSeat = Extract<Seat, { readonly rater: string }>;

/** Kept while the window is open: it opens with the work once, and whoever leaves that comes back here. */
const OPENED = 'touchstone-seat-opened';

/** What a window shows that was handed to a rater or an adjudicator, beside the work itself. */
export function SeatScreen({ seat }: { readonly seat: HandedSeat }) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState('');
  const { studyId, study, rater, role, hasPassphrase } = seat;
  const [refusal, setRefusal] = useState('');
  const start = async () => {
    sessionStorage.setItem(OPENED, 'yes');
    const failure = await openWork(studyId, rater, { role });
    setRefusal(failure === null ? '' : failureText(failure));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the window opens
  useEffect(() => {
    if (sessionStorage.getItem(OPENED) === null) void start();
  }, []);
  const takeBack = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('seat.takeBack', { passphrase });
    if (!reply.ok) {
      setProblem(failureText(reply.error));
      return;
    }
    sessionStorage.removeItem(OPENED);
    setSeat(reply.value);
    goTo({ screen: 'study', studyId });
  };
  return (
    <Page title={t('seat.title')}>
      <section className="panel">
        <p>{t('seat.about', { rater, study })}</p>
        <button type="button" className="primary" onClick={() => void start()}>
          {t('seat.start')}
        </button>
        <FieldProblem text={refusal} />
      </section>
      <details className="panel">
        <summary>{t('seat.takeBack')}</summary>
        <form className="inline-form" onSubmit={(event) => void takeBack(event)}>
          {hasPassphrase && (
            <label>
              {t('seat.passphrase')}
              <input
                type="password"
                value={passphrase}
                autoComplete="off"
                onChange={(event) => setPassphrase(event.target.value)}
              />
            </label>
          )}
          <button type="submit">{t('seat.unlock')}</button>
        </form>
        <FieldProblem text={problem} />
      </details>
    </Page>
  );
}
