import { useState } from 'react';
import type { JudgeComparisonReply } from '../../../shared/contract/judge-methods.ts';
import { judgeComparisonLines } from '../../../shared/report/judge-comparison-lines.ts';
import { labelWords } from '../../../shared/study/label-words.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { LabelledLines } from '../../components/LabelledLines.tsx';
import { NumberHead } from '../../components/NumberHead.tsx';
import { TableScroll } from '../../components/TableScroll.tsx';
import { useQuery } from '../../state/query.ts';
import { ComparisonsDialog } from '../comparisons/ComparisonsDialog.tsx';
import { definitionFieldName } from './definition-words.ts';
import { ReadAfterUnblinding } from './ReadAfterUnblinding.tsx';

/** Two judges side by side on the same pairs. */
export function JudgeComparisonPanel({
  studyId,
  isBlind,
  judges,
  notRun,
}: {
  readonly studyId: string;
  readonly isBlind: boolean;
  readonly judges: readonly string[];
  /** Those that were kept and have judged nothing yet. */
  readonly notRun: readonly string[];
}) {
  // Until somebody chooses, the last two that have judged, also those that come to it while this is open.
  const ready = judges.filter((judge) => !notRun.includes(judge));
  const last = ready.length > 1 ? ready : [...ready, ...judges.filter((judge) => notRun.includes(judge))];
  const [chosenBefore, setBefore] = useState<string | null>(null);
  const [chosenAfter, setAfter] = useState<string | null>(null);
  const before = chosenBefore ?? last.at(-2) ?? '';
  const after = chosenAfter ?? last.at(-1) ?? '';
  const waiting = [before, after].filter((judge) => notRun.includes(judge));
  const choice = (label: string, value: string, onChange: (judge: string) => void) => (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {judges.map((judge) => (
          <option key={judge}>{judge}</option>
        ))}
      </select>
    </label>
  );
  return (
    <section className="panel" aria-label="Compare two judges">
      <h2>Side by side</h2>
      <div className="inline-form">
        {choice('From', before, setBefore)}
        {choice('To', after, setAfter)}
      </div>
      {before === '' || after === '' || before === after ? (
        <p className="quiet">Choose two different judges.</p>
      ) : waiting.length > 0 ? (
        <p className="quiet">Run {waiting.join(' and ')} first: nothing is judged yet.</p>
      ) : (
        <Comparison studyId={studyId} isBlind={isBlind} before={before} after={after} />
      )}
    </section>
  );
}

function Comparison({
  studyId,
  isBlind,
  before,
  after,
}: {
  readonly studyId: string;
  readonly isBlind: boolean;
  readonly before: string;
  readonly after: string;
}) {
  const { value, error } = useQuery('judges.compare', { studyId, before, after });
  if (error?.key === 'judge.compared_without_verdict')
    return <p className="quiet">Run both first: one of them has no verdict yet.</p>;
  if (error !== null) return <ErrorNote error={error} />;
  if (value === null) return <p className="waiting">Comparing …</p>;
  return <ComparisonFigures studyId={studyId} isBlind={isBlind} comparison={value} />;
}

function ComparisonFigures({
  studyId,
  isBlind,
  comparison,
}: {
  readonly studyId: string;
  readonly isBlind: boolean;
  readonly comparison: JudgeComparisonReply;
}) {
  const [isReading, setIsReading] = useState(false);
  const { changed, changes, definition } = comparison;
  const moved = changes.filter(({ from, to }) => from !== to);
  return (
    <>
      <LabelledLines lines={judgeComparisonLines(comparison)} />
      {changed > 0 && (
        <ReadAfterUnblinding
          what="the pairs that changed"
          isBlind={isBlind}
          onRead={() => setIsReading(true)}
        />
      )}
      {isReading && (
        <ComparisonsDialog
          title={`Changed from ${comparison.before} to ${comparison.after}`}
          studyId={studyId}
          filter={{ between: { judgeA: comparison.before, judgeB: comparison.after }, agree: false }}
          onClose={() => setIsReading(false)}
        />
      )}
      {moved.length > 0 && (
        <TableScroll label="Changed verdicts">
          <table className="data">
            <thead>
              <tr>
                <th scope="col">Was</th>
                <th scope="col">Is</th>
                <NumberHead>Pairs</NumberHead>
              </tr>
            </thead>
            <tbody>
              {moved.map((each) => (
                <tr key={`${each.from} ${each.to}`}>
                  <td>{labelWords(each.from)}</td>
                  <td>{labelWords(each.to)}</td>
                  <td className="number">{each.pairs.toLocaleString('en')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {definition !== null && definition.length > 0 && (
        <details>
          <summary>
            What differs in their definitions:{' '}
            {[...new Set(definition.map(({ field }) => definitionFieldName(field)))].join(', ')}
          </summary>
          {definition.map(({ field, before: was, after: is }) => (
            <figure key={field} className="sent-message">
              <figcaption>{definitionFieldName(field)}</figcaption>
              <div className="comparison-sides">
                <TableScroll label={`${definitionFieldName(field)} before`}>
                  <pre>{was ?? '(not there)'}</pre>
                </TableScroll>
                <TableScroll label={`${definitionFieldName(field)} after`}>
                  <pre>{is ?? '(not there)'}</pre>
                </TableScroll>
              </div>
            </figure>
          ))}
        </details>
      )}
    </>
  );
}
