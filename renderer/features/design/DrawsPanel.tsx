import { useEffect, useRef, useState } from 'react';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { NumberHead } from '../../components/NumberHead.tsx';
import { TableScroll } from '../../components/TableScroll.tsx';
import { useQuery } from '../../state/query.ts';
import { useRoute } from '../../state/route.ts';
import { DrawForm } from './DrawForm.tsx';
import { DRAW_WAYS } from './draw-method.ts';
import { LabelPlanner } from './LabelPlanner.tsx';

/** Draws of the pairs to rate, wave after wave. */
export function DrawsPanel({ study }: { readonly study: StudyDetails }) {
  const { value: draws, error, reload } = useQuery('design.selections', { studyId: study.studyId });
  // The card says how many pairs would settle its answer, and leads here.
  const wanted = useRoute(({ route }) => route.choices?.draw);
  const [pairs, setPairs] = useState(wanted ?? '100');
  const number = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wanted === undefined) return;
    number.current?.scrollIntoView({ block: 'center' });
    number.current?.focus({ preventScroll: true });
  }, [wanted]);
  const take = (many: number) => {
    setPairs(String(many));
    number.current?.focus();
  };
  return (
    <section className="panel" aria-label="Pairs to rate">
      <h2>Pairs to rate</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {draws !== null && draws.length === 0 && <p>All pairs, in an order of each rater’s own.</p>}
      {draws !== null && draws.length > 0 && (
        <TableScroll label="Draws">
          <table className="data">
            <thead>
              <tr>
                <th scope="col">Draw</th>
                <th scope="col">How</th>
                <NumberHead>Pairs</NumberHead>
                <NumberHead>Of</NumberHead>
                <NumberHead>Chance of a pair</NumberHead>
              </tr>
            </thead>
            <tbody>
              {draws.map((each) => (
                <tr key={each.wave}>
                  <th scope="row">{each.wave + 1}</th>
                  <td>
                    {DRAW_WAYS[each.method.kind === 'prioritised' ? each.method.by.what : each.method.kind]}
                  </td>
                  <td className="number">{each.pairs.toLocaleString('en')}</td>
                  <td className="number">{each.candidates.toLocaleString('en')}</td>
                  <td className="number">{chanceText(each.lowestProbability, each.highestProbability)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      <DrawForm study={study} pairs={pairs} number={number} onPairs={setPairs} />
      <LabelPlanner study={study} onTake={take} />
      <p className="quiet">
        From the first draw on raters see drawn pairs only. Each keeps the chance it was drawn with, and
        figures of agreement weigh it by what it stands for.
      </p>
    </section>
  );
}

function chanceText(lowest: number, highest: number): string {
  const percent = (chance: number) => `${(100 * chance).toFixed(1)} %`;
  return lowest === highest ? percent(lowest) : `${percent(lowest)} to ${percent(highest)}`;
}
