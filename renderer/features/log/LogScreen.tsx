import { useTranslation } from 'react-i18next';
import type { AuditPage } from '../../../shared/contract/audit-methods.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { StudyPage } from '../../components/StudyPage.tsx';
import { TableScroll } from '../../components/TableScroll.tsx';
import { numberText, timeText } from '../../language/language.ts';
import { useQuery } from '../../state/query.ts';
import { type Choices, choose } from '../../state/route.ts';
import { AuditLogPanel } from './AuditLogPanel.tsx';

/** Everything that was done in a study and could bend its result, the latest first. */
export function LogScreen({ studyId, choices }: { readonly studyId: string; readonly choices: Choices }) {
  const { t } = useTranslation();
  const { value: study } = useQuery('studies.show', { studyId });
  const before = Number.isInteger(Number(choices.before)) && choices.before ? Number(choices.before) : null;
  const { value: page, error, isLoading, reload } = useQuery('audit.list', { studyId, before });
  return (
    <StudyPage studyId={studyId} study={study} place="log">
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {page !== null && (
        <section className="panel" aria-label={t('log.acts')} aria-busy={isLoading}>
          <p className="facts">
            {t('log.head', { entries: numberText(page.head.entries) })}{' '}
            <code className="hash">{page.head.hash}</code>
          </p>
          {page.acts.length === 0 ? <p>{t('log.none')}</p> : <Acts acts={page.acts} />}
          <div className="button-row">
            {before !== null && (
              <button type="button" onClick={() => choose({ before: null })}>
                {t('log.latest')}
              </button>
            )}
            {page.older !== null && (
              <button type="button" onClick={() => choose({ before: String(page.older) })}>
                {t('log.older')}
              </button>
            )}
          </div>
        </section>
      )}
      <AuditLogPanel />
    </StudyPage>
  );
}

function Acts({ acts }: { readonly acts: AuditPage['acts'] }) {
  const { t } = useTranslation();
  return (
    <TableScroll label={t('log.acts')}>
      <table className="data log">
        <thead>
          <tr>
            <th scope="col">{t('log.row')}</th>
            <th scope="col">{t('log.when')}</th>
            <th scope="col">{t('log.who')}</th>
            <th scope="col">{t('log.what')}</th>
          </tr>
        </thead>
        <tbody>
          {acts.map(({ row, at, actor, action, text }) => (
            <tr key={row}>
              <td className="number">{numberText(row)}</td>
              <td>
                <time dateTime={new Date(at).toISOString()}>{timeText(at)}</time>
              </td>
              <td dir="auto">{actor}</td>
              <td lang="en" dir="auto">
                {text === '' ? action : text}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
