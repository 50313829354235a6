import type { PlanReport } from '../../../shared/contract/design-methods.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { useQuery } from '../../state/query.ts';
import { PlanForm } from './PlanForm.tsx';

/** How the study is to be analysed, settled before the votes are known. */
export function PlanPanel({ studyId, votes }: { readonly studyId: string; readonly votes: number }) {
  const { value, error, reload } = useQuery('design.plan', { studyId });
  return (
    <section className="panel" aria-label="Analysis plan">
      <h2>Analysis plan</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {value !== null && (
        <>
          <Standing current={value.current} votes={votes} />
          {value.deviations.length > 0 && (
            <ul>
              {value.deviations.map((deviation) => (
                <li key={deviation}>{deviation}</li>
              ))}
            </ul>
          )}
          <PlanForm
            key={value.current?.sha256}
            studyId={studyId}
            plan={value.current === null ? null : value.current.plan}
          />
        </>
      )}
    </section>
  );
}

function Standing({ current, votes }: { readonly current: PlanReport['current']; readonly votes: number }) {
  if (current === null) {
    return (
      <p>
        {votes === 0
          ? 'None yet. Stored before the first vote, it shows later that nothing was chosen by its result.'
          : 'None. One stored now says that votes were there already.'}
      </p>
    );
  }
  const when =
    current.votes === 0 ? 'before the first vote' : `after ${current.votes.toLocaleString('en')} votes`;
  return (
    <p>
      Stored {new Date(current.storedAt).toLocaleString('en')}, {when}; sha256{' '}
      <code>{current.sha256.slice(0, 16)}</code>
    </p>
  );
}
