import { reportOfExclusionEffect } from '../../../shared/report/exclusion-effect-report.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { ReportTableView } from '../ReportTableView.tsx';

/** Every headline figure with and without one rater. */
export function EffectPanel({
  studyId,
  rater,
  isExcluded,
}: {
  readonly studyId: string;
  readonly rater: string;
  readonly isExcluded: boolean;
}) {
  const { value: effect, error, reload } = useQuery('quality.effect', { studyId, rater });
  const report = effect === null ? null : reportOfExclusionEffect(effect);
  return (
    <section className="panel" aria-label="Effect on the headline figures">
      <h2>Effect on the headline figures</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {effect === null && error === null && <p className="waiting">Working it out …</p>}
      {report !== null && (
        <>
          <p>
            {report.sentences.join(' ')}{' '}
            {isExcluded
              ? 'The figures as they are now stand under “without”.'
              : 'The figures as they are now stand under “with”.'}
          </p>
          {report.tables.map((table) => (
            <ReportTableView key={table.caption} table={table} />
          ))}
        </>
      )}
    </section>
  );
}
