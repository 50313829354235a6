import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { RaterPanel } from '../../components/RaterPanel.tsx';
import { StudyPage } from '../../components/StudyPage.tsx';
import { SyntheticBadge } from '../../components/SyntheticBadge.tsx';
import { countText } from '../../language/language.ts';
import { useQuery } from '../../state/query.ts';
import { DesignSummary } from './DesignSummary.tsx';
import { SinceLastVisit } from './SinceLastVisit.tsx';
import { StudySteps } from './StudySteps.tsx';

/** What the state of a study is, and what to do next. */
export function OverviewScreen({ studyId }: { readonly studyId: string }) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId });
  const { t } = useTranslation();
  if (study === null) {
    return (
      <StudyPage studyId={studyId} study={null} place="study">
        {error === null ? (
          <p className="waiting">{t('state.loading')}</p>
        ) : (
          <ErrorNote error={error} onRetry={reload} />
        )}
      </StudyPage>
    );
  }
  return (
    <StudyPage
      title={study.name}
      studyId={studyId}
      study={study}
      place="study"
      actions={study.isSynthetic && <SyntheticBadge />}
    >
      <p className="facts">
        {t('study.facts', {
          pairs: countText('pair', study.pairs),
          items: countText('item', study.items),
          systems: countText('system', study.systemCount),
          votes: countText('vote', study.votes),
          raters: countText('rater', study.raters),
          judges: countText('judge', study.judges),
        })}
      </p>
      {study.isOverdue && (
        <p className="error-note" role="alert">
          {t('study.overdue', { date: study.design.retainUntil ?? '' })}
        </p>
      )}
      <SinceLastVisit study={study} />
      <StudySteps study={study} />
      <div className="columns">
        <RaterPanel study={study} />
        <DesignSummary study={study} />
      </div>
    </StudyPage>
  );
}
