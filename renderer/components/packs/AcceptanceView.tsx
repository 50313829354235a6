import { useTranslation } from 'react-i18next';
import type { AcceptanceReport, Criterion } from '../../../shared/pack/acceptance.ts';
import { numberText } from '../../language/language.ts';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';

/** What the rule of a pack says: the whole, then rater by rater. Intervals are drawn beside the number. */
export function AcceptanceView({ report }: { readonly report: AcceptanceReport }) {
  const { t } = useTranslation();
  const { verdict, open, answered, assigned, criteria, raters, rows } = report;
  const notBegun = raters.filter(({ hasBegun }) => !hasBegun).map(({ rater }) => rater);
  return (
    <div className="acceptance" data-verdict={verdict}>
      <p className="acceptance-verdict">
        <strong>{t(`acceptance.${verdict}`, { open: numberText(open) })}</strong>{' '}
        {t('acceptance.work', { answered: numberText(answered), assigned: numberText(assigned) })}{' '}
        {notBegun.length > 0 && <>{t('acceptance.notBegun', { raters: notBegun.join(', ') })} </>}
        <span className="quiet">{t('acceptance.rows', { number: numberText(rows) })}</span>
      </p>
      <CriteriaTable label={t('acceptance.all')} criteria={criteria} />
      {raters.map(({ rater, criteria: own }) => (
        <section key={rater}>
          <h3>
            <bdi>{rater}</bdi>
          </h3>
          <CriteriaTable label={rater} criteria={own} />
        </section>
      ))}
    </div>
  );
}

function CriteriaTable({
  label,
  criteria,
}: {
  readonly label: string;
  readonly criteria: readonly Criterion[];
}) {
  const { t } = useTranslation();
  return (
    <TableScroll label={label}>
      <table className="data">
        <thead>
          <tr>
            <th scope="col">{t('acceptance.criterion')}</th>
            <NumberHead>{t('acceptance.share')}</NumberHead>
            <th scope="col">
              <span className="visually-hidden">{t('acceptance.interval')}</span>
            </th>
            <NumberHead>{t('acceptance.counted')}</NumberHead>
            <th scope="col">{t('acceptance.asked')}</th>
            <th scope="col">{t('acceptance.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => (
            <CriterionRow key={criterion.name} criterion={criterion} />
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function CriterionRow({ criterion }: { readonly criterion: Criterion }) {
  const { t } = useTranslation();
  const { name, share, low, high, hits, of, asked, verdict } = criterion;
  const percent = (value: number) => numberText(Math.round(1000 * value) / 10);
  return (
    <tr data-verdict={verdict}>
      <th scope="row">{t(`acceptance.criteria.${name}`)}</th>
      <td className="number">{share === null ? '–' : `${percent(share)} %`}</td>
      <td>
        {share !== null && low !== null && high !== null && (
          <svg
            className="share-plot"
            viewBox="0 0 100 12"
            role="img"
            aria-label={`${percent(low)} – ${percent(high)} %`}
          >
            <line x1="0" x2="100" y1="6" y2="6" className="share-axis" />
            <line x1={100 * low} x2={100 * high} y1="6" y2="6" className="share-interval" />
            <circle cx={100 * share} cy="6" r="3" className="share-dot" />
          </svg>
        )}
      </td>
      <td className="number">{t('acceptance.of', { hits: numberText(hits), of: numberText(of) })}</td>
      <td>
        {asked === null
          ? t('acceptance.nothing')
          : `${t(`acceptance.${asked.limit}`, { percent: percent(asked.share) })}${asked.bound === 'estimate' ? '' : `, ${t(`acceptance.${asked.bound}`)}`}`}
      </td>
      <td>{t(`acceptance.verdicts.${verdict}`)}</td>
    </tr>
  );
}
