import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { countText, timeText } from '../../language/language.ts';
import { growthSince, lastVisit, noteVisit } from './last-visit.ts';

const NOUNS = { pairs: 'pair', votes: 'vote', raters: 'rater', judges: 'judge' } as const;

/** What came to the study since its overview was last looked at in this browser. Nothing on a first visit. */
export function SinceLastVisit({ study }: { readonly study: StudyDetails }) {
  const { t } = useTranslation();
  const [visit] = useState(() => lastVisit(study.studyId));
  useEffect(() => noteVisit(study), [study]);
  if (visit === null) return null;
  const grown = growthSince(visit, study);
  if (grown.length === 0) return null;
  return (
    <p className="since-last-visit">
      {t('overview.since', {
        time: timeText(visit.at),
        what: grown.map(({ what, count }) => countText(NOUNS[what], count)).join(', '),
      })}
    </p>
  );
}
