import { LEAST_BLIND_PAIRS } from '../../../shared/blind/few-pairs.ts';
import { percentText, rangeText } from '../../../shared/quality/share-text.ts';
import type { GuessShare } from '../../../shared/review/guess-result.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';

/** Whether raters could tell the systems apart. */
export function GuessPanel({ studyId }: { readonly studyId: string }) {
  const { value: report, error, reload } = useQuery('guess.report', { studyId });
  return (
    <section className="panel" aria-label="Blinding audit">
      <h2>Blinding audit</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {report !== null && report.withheld > 0 && (
        <p>
          {report.withheld === 1 ? '1 rater is' : `${report.withheld} raters are`} not counted while the study
          is blind: of fewer than {LEAST_BLIND_PAIRS} guesses it is not told how many were right.
        </p>
      )}
      {report?.asked === 0 && report.withheld === 0 && (
        <p>
          Nobody has answered all of the last questions yet. The design says how often each rater is asked,
          when the work is done, which of two outputs was written by the system that wrote a third one. Names
          are never shown.
        </p>
      )}
      {report !== null && report.asked > 0 && (
        <>
          <p>{sentenceOf(report)}</p>
          <TableScroll label="Guesses of each rater">
            <table className="data">
              <thead>
                <tr>
                  <th scope="col">Rater</th>
                  <NumberHead>Asked</NumberHead>
                  <NumberHead>Could not tell</NumberHead>
                  <NumberHead>Right</NumberHead>
                  <NumberHead>Guess rate</NumberHead>
                  <NumberHead>p of one half</NumberHead>
                </tr>
              </thead>
              <tbody>
                {report.raters.map(({ rater, asked, cannotTell, right, rate }) => (
                  <tr key={rater}>
                    <th scope="row">{rater}</th>
                    <td className="number">{asked}</td>
                    <td className="number">{cannotTell}</td>
                    <td className="number">{right}</td>
                    <td className="number">
                      {rate === null ? '–' : `${percentText(rate.value)} (${rangeText(rate.interval)})`}
                    </td>
                    <td className="number">{rate === null ? '–' : pText(rate.p)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        </>
      )}
    </section>
  );
}

function sentenceOf({ asked, cannotTell, right, rate }: GuessShare): string {
  if (rate === null) return `In all ${asked} questions raters said that it cannot be told.`;
  const found = `${right} of ${asked - cannotTell} guesses were right: ${percentText(rate.value)} (${rangeText(rate.interval)}), where chance gives 50 %; p ${pText(rate.p)}.`;
  const told = rate.interval.low > 0.5 ? 'Raters can tell the systems apart.' : null;
  const not = 'That raters can tell the systems apart is not shown.';
  return `${found} ${told ?? not}`;
}

function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
