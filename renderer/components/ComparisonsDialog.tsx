import { lazy, Suspense, useState } from 'react';
import type { OpenComparison } from '../../shared/contract/agreement-methods.ts';
import type { InputOf } from '../../shared/contract/methods.ts';
import { useQuery } from '../state/query.ts';
import { Dialog } from './Dialog.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { RawTextToggle } from './RawTextToggle.tsx';

const ConversationView = lazy(() =>
  import('./ConversationView.tsx').then(({ ConversationView }) => ({ default: ConversationView })),
);

const ReadConversations = lazy(() =>
  import('./ReadConversations.tsx').then(({ ReadConversations }) => ({ default: ReadConversations })),
);

const PAGE = 5;

/** The comparisons behind a figure, with names and every verdict. Only for unblinded studies. */
export function ComparisonsDialog({
  title,
  onClose,
  ...selected
}: Omit<InputOf<'agreement.comparisons'>, 'offset' | 'limit'> & {
  readonly title: string;
  readonly onClose: () => void;
}) {
  const [offset, setOffset] = useState(0);
  const { value, error } = useQuery('agreement.comparisons', { ...selected, offset, limit: PAGE });
  return (
    <Dialog title={title} onClose={onClose}>
      {error !== null && <ErrorNote error={error} />}
      {value === null && error === null && <p className="waiting">Loading …</p>}
      {value !== null && (
        <Suspense fallback={<p className="waiting">Loading …</p>}>
          <p className="quiet">
            {value.total === 0
              ? 'No comparison is behind this figure.'
              : `${offset + 1} to ${offset + value.comparisons.length} of ${value.total.toLocaleString('en')}`}
          </p>
          {value.comparisons.length > 0 && <RawTextToggle />}
          {value.comparisons.map((comparison) => (
            <ComparisonView key={comparison.id} comparison={comparison} />
          ))}
          <div className="button-row">
            <button type="button" disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
              Earlier
            </button>
            <button
              type="button"
              disabled={offset + PAGE >= value.total}
              onClick={() => setOffset(offset + PAGE)}
            >
              Later
            </button>
          </div>
        </Suspense>
      )}
    </Dialog>
  );
}

function ComparisonView({ comparison }: { readonly comparison: OpenComparison }) {
  const { first, second, human, decisions, judge } = comparison;
  return (
    <article className="comparison">
      <h3>
        <code>{comparison.id}</code>{' '}
        <span className="quiet">
          {Object.entries(comparison.slices)
            .map(([name, value]) => `${name}: ${value}`)
            .join(' · ')}
        </span>
      </h3>
      <ReadConversations of={[comparison.task, first.output, second.output]}>
        <ConversationView conversation={comparison.task} plainRole="user" />
        <div className="comparison-sides">
          {[first, second].map(({ system, output }, index) => (
            <section key={index === 0 ? 'first' : 'second'}>
              <h4>
                {index === 0 ? 'First' : 'Second'}: {system}
              </h4>
              <ConversationView conversation={output} plainRole="assistant" />
            </section>
          ))}
        </div>
      </ReadConversations>
      <ul className="plain-list">
        {human.map((vote) => (
          <li key={vote.rater}>
            {vote.rater}: <strong>{vote.verdict.replace('_', ' ')}</strong>
            {vote.isExcluded && <span className="quiet"> · left out</span>}
            {vote.note !== null && <span className="quiet"> “{vote.note}”</span>}
          </li>
        ))}
        {decisions.map(({ by, verdict, note }) => (
          <li key={`adjudicator ${by}`}>
            {by}, adjudicator: <strong>{verdict.replace('_', ' ')}</strong>
            {note !== null && <span className="quiet"> “{note}”</span>}
          </li>
        ))}
        {judge.map((judgment) => (
          <li key={`${judgment.judge}|${judgment.order}`}>
            {judgment.judge} ({judgment.order.replace('_', ' ')}):{' '}
            <strong>{judgment.verdict.replace('_', ' ')}</strong>
            {judgment.raw !== null && <span className="quiet"> {judgment.raw.slice(0, 400)}</span>}
          </li>
        ))}
      </ul>
    </article>
  );
}
