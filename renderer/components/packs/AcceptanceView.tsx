import { useTranslation } from 'react-i18next';
import type { AcceptanceReport } from '../../../shared/pack/acceptance.ts';
import { acceptanceReport } from '../../../shared/report/acceptance-report.ts';
import type { ACCEPTANCE_WORDS } from '../../../shared/report/acceptance-words.ts';
import { tongueOf } from '../../language/language.ts';
import { ReportTableView } from '../ReportTableView.tsx';

/** What the rule of a pack says: the whole, then rater by rater. */
export function AcceptanceView({ report }: { readonly report: AcceptanceReport }) {
  // What is shown follows the language.
  useTranslation();
  const { sentences, tables } = acceptanceReport(report, tongueOf<typeof ACCEPTANCE_WORDS>('acceptance'));
  const [verdict, ...others] = sentences;
  return (
    <div className="acceptance" data-verdict={report.verdict}>
      <p className="acceptance-verdict">
        <strong>{verdict}</strong> {others.join(' ')}
      </p>
      {tables.map((table) => (
        <ReportTableView key={table.caption} table={table} />
      ))}
    </div>
  );
}
