import { useState } from 'react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { Page } from '../components/Page.tsx';
import { DisagreementFilters } from '../components/review/DisagreementFilters.tsx';
import { DisagreementReader } from '../components/review/DisagreementReader.tsx';
import type { Filter } from '../components/review/filter.ts';
import { GapsPanel } from '../components/review/GapsPanel.tsx';
import { ReviewsPanel } from '../components/review/ReviewsPanel.tsx';
import { useQuery } from '../state/query.ts';
import { goTo } from '../state/route.ts';

/** Where raters part, or a judge from them: read, classed by key, handed to adjudicators, audited. */
export function DisagreementsScreen({ studyId }: { readonly studyId: string }) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId }, ['studies']);
  const [filter, setFilter] = useState<Filter>({});
  const [offset, setOffset] = useState(0);
  return (
    <Page
      title={study === null ? 'Disagreements' : `Disagreements: ${study.name}`}
      actions={
        <button type="button" onClick={() => goTo({ screen: 'study', studyId })}>
          Back to the study
        </button>
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {study !== null && (
        <>
          <section className="panel" aria-label="Where people part">
            <h2>Where people part</h2>
            {study.unblindedAt === null && (
              <p className="quiet">
                The study is blind: both outputs stand on sides that say nothing of who wrote them, and what
                judges said is not shown. An adjudication or an audit may rest on it all the same.
              </p>
            )}
            <DisagreementFilters
              study={study}
              filter={filter}
              onFilter={(next) => {
                setFilter(next);
                setOffset(0);
              }}
            />
            <DisagreementReader studyId={studyId} filter={filter} offset={offset} onOffset={setOffset} />
          </section>
          <ReviewsPanel study={study} />
          <GapsPanel studyId={studyId} />
        </>
      )}
    </Page>
  );
}
