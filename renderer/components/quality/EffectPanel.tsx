import type { Figure } from '../../../shared/card/figures/figure.ts';
import { endsText, valueText } from '../../../shared/card/figures/figure-text.ts';
import { MEASURES } from '../../../shared/card/figures/measures.ts';
import type { ExclusionEffect } from '../../../shared/contract/quality-methods.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';

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
  const { value: effect, error, reload } = useQuery('quality.effect', { studyId, rater }, ['studies']);
  return (
    <section className="panel" aria-label="Effect on the headline figures">
      <h2>Effect on the headline figures</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {effect === null && error === null && <p className="waiting">Working it out …</p>}
      {effect !== null && (
        <>
          <p>
            {rater} gave {effect.votes.toLocaleString('en')} labels. {labelsSentence(effect)}{' '}
            {isExcluded
              ? 'The figures as they are now stand under “without”.'
              : 'The figures as they are now stand under “with”.'}
          </p>
          {effect.judges.map(({ judge, figures }) => (
            <TableScroll key={judge} label={`Headline figures${judge === null ? '' : ` of ${judge}`}`}>
              <table className="data effect">
                <caption>{judge === null ? 'People with each other' : `Judge ${judge}`}</caption>
                <thead>
                  <tr>
                    <th scope="col">Figure</th>
                    <NumberHead>With {rater}</NumberHead>
                    <NumberHead>Without {rater}</NumberHead>
                    <NumberHead>Change</NumberHead>
                  </tr>
                </thead>
                <tbody>
                  {figures.map(({ id, with: one, without }) => (
                    <tr key={id}>
                      <th scope="row">
                        {MEASURES[one.measure].label}
                        <span className="cell-note">{one.row}</span>
                      </th>
                      <FigureCell figure={one} />
                      <FigureCell figure={without} />
                      <td className="number">{changeText(one, without)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableScroll>
          ))}
          <p className="quiet">
            Intervals at {Math.round(100 * effect.options.level)} %, that of the difference of kappas at 98 %.
            Both columns rest largely on the same votes, so their intervals overlap even where the difference
            is real.
          </p>
        </>
      )}
    </section>
  );
}

function labelsSentence({ labels }: ExclusionEffect): string {
  const count = (value: number) => value.toLocaleString('en');
  return labels.with === labels.without
    ? `${count(labels.with)} pairs have a label of people either way.`
    : `${count(labels.with)} pairs have a label of people with these votes, ${count(labels.without)} without.`;
}

function FigureCell({ figure }: { readonly figure: Figure | null }) {
  if (figure === null || figure.value === null)
    return <td className="number quiet">{figure?.reason ?? '–'}</td>;
  const { unit } = MEASURES[figure.measure];
  return (
    <td className="number">
      {valueText(figure.value, unit)}
      <span className="cell-note">{figure.interval === null ? '' : endsText(figure.interval, unit)}</span>
      <span className="cell-note">n {figure.n.toLocaleString('en')}</span>
    </td>
  );
}

function changeText(one: Figure, other: Figure | null): string {
  if (one.value === null || other === null || other.value === null) return '–';
  const { unit } = MEASURES[one.measure];
  return valueText(
    other.value - one.value,
    unit === 'share' || unit === 'mean_share' || unit === 'points' ? 'points' : 'difference',
  );
}
