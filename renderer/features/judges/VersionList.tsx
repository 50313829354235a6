import type { JudgeVersionSummary } from '../../../shared/contract/judge-methods.ts';

/** The versions that can be run from here. */
export function VersionList({
  versions,
  onRun,
  onReport,
  onEdit,
}: {
  readonly versions: readonly JudgeVersionSummary[];
  readonly onRun: (judge: string) => void;
  readonly onReport: (judge: string) => void;
  readonly onEdit: (judge: string) => void;
}) {
  return (
    <ul className="versions">
      {versions.map(({ judge, model, endpoint, judged, wanted, failed, contentHash }) => (
        <li key={judge}>
          <div className="version-name">
            <b>{judge}</b>
            <code className="quiet" title={`SHA-256 ${contentHash}`}>
              {contentHash.slice(0, 12)}
            </code>
          </div>
          <div className="version-model">
            {model}
            <span className="quiet">{endpoint}</span>
          </div>
          <div className="version-counts">
            {judged + failed === 0
              ? 'Not run yet'
              : `${judged.toLocaleString('en')} of ${wanted.toLocaleString('en')} judged`}
            {judged + failed > 0 && (
              <span className={failed === 0 ? 'quiet' : ''}>
                {failed.toLocaleString('en')} without a verdict
              </span>
            )}
          </div>
          <div className="button-row">
            <button type="button" aria-label={`Run ${judge}`} onClick={() => onRun(judge)}>
              Run
            </button>
            <button type="button" aria-label={`Report of ${judge}`} onClick={() => onReport(judge)}>
              Report
            </button>
            <button type="button" aria-label={`Change ${judge}`} onClick={() => onEdit(judge)}>
              Change
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}
