import { useState } from 'react';
import type { Failure } from '../../shared/contract/envelope.ts';
import { client } from '../api/host.ts';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { Page } from '../components/Page.tsx';
import { SyntheticBadge } from '../components/SyntheticBadge.tsx';
import { useQuery } from '../state/query.ts';
import { goTo } from '../state/route.ts';

export function StudiesScreen() {
  const { value: studies, error, reload } = useQuery('studies.list', {}, ['studies', 'ratings']);
  return (
    <Page
      title="Studies"
      actions={
        studies !== null && studies.length > 0 ? (
          <button type="button" className="primary" onClick={() => goTo({ screen: 'import' })}>
            Import comparisons
          </button>
        ) : undefined
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {studies?.length === 0 && <EmptyStore />}
      {studies !== null && studies.length > 0 && (
        <ul className="cards">
          {studies.map((study) => (
            <li key={study.studyId}>
              <button
                type="button"
                className="card"
                onClick={() => goTo({ screen: 'study', studyId: study.studyId })}
              >
                <span className="card-title">
                  {study.name} {study.isSynthetic && <SyntheticBadge />}
                </span>
                <span className="card-facts">
                  {count(study.pairs, 'pair')} · {count(study.raters, 'rater')} · {count(study.votes, 'vote')}{' '}
                  · {count(study.judges, 'judge')} · {study.unblindedAt === null ? 'blind' : 'unblinded'}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function EmptyStore() {
  const [error, setError] = useState<Failure | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const addSample = async () => {
    setIsAdding(true);
    const reply = await client.call('studies.addSample', {});
    setIsAdding(false);
    if (reply.ok) goTo({ screen: 'study', studyId: reply.value.studyId });
    else setError(reply.error);
  };
  return (
    <section className="empty">
      <h2>Nothing here yet</h2>
      <p>
        Import comparisons from your evaluation harness, or try Touchstone on a sample: 60 pairs with three
        simulated raters and two simulated judges, one of which favours whatever it reads first.
      </p>
      {error !== null && <ErrorNote error={error} />}
      <div className="button-row">
        <button type="button" className="primary" disabled={isAdding} onClick={() => void addSample()}>
          {isAdding ? 'Adding …' : 'Open the sample study'}
        </button>
        <button type="button" onClick={() => goTo({ screen: 'import' })}>
          Import comparisons
        </button>
      </div>
    </section>
  );
}

/** “1 pair”, “1,204 pairs”. */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}
