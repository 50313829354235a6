import { useMemo } from 'react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { DisagreementFilters } from '../components/review/DisagreementFilters.tsx';
import { DisagreementReader } from '../components/review/DisagreementReader.tsx';
import type { Filter } from '../components/review/filter.ts';
import { GapsPanel } from '../components/review/GapsPanel.tsx';
import { ReviewsPanel } from '../components/review/ReviewsPanel.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { useQuery } from '../state/query.ts';
import { type Choices, choose } from '../state/route.ts';

/** Where raters part, or a judge from them: read, classed by key, handed to adjudicators, audited. */
export function DisagreementsScreen({
  studyId,
  choices,
}: {
  readonly studyId: string;
  readonly choices: Choices;
}) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId });
  const filter = useMemo(() => filterOf(choices), [choices]);
  const from = Number(choices.from ?? 0);
  return (
    <StudyPage studyId={studyId} study={study} place="disagreements">
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
              onFilter={(next) => choose({ filter: JSON.stringify(next), from: null })}
            />
            <DisagreementReader
              studyId={studyId}
              filter={filter}
              offset={Number.isSafeInteger(from) && from > 0 ? from : 0}
              onOffset={(next) => choose({ from: String(next) })}
            />
          </section>
          <ReviewsPanel study={study} />
          <GapsPanel studyId={studyId} />
        </>
      )}
    </StudyPage>
  );
}

/** What an address says may be anything; what is in it is looked at where it is asked for. */
function filterOf({ filter }: Choices): Filter {
  try {
    const value: unknown = JSON.parse(filter ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
