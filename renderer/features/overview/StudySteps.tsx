import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetails, StudyProgress } from '../../../shared/contract/study-methods.ts';
import { partFinding } from '../../../shared/report/part-findings.ts';
import { LabelProgress } from '../../components/LabelProgress.tsx';
import { countText, numberText, timeText } from '../../language/language.ts';
import { useQuery } from '../../state/query.ts';
import { hashOfRoute, type Route } from '../../state/route.ts';
import { DayBars } from './DayBars.tsx';

interface Step {
  readonly name: 'pairs' | 'labels' | 'judges' | 'agreement' | 'export';
  readonly figure: ReactNode;
  readonly picture?: ReactNode;
  /** Whether nothing is left to do in it for now. */
  readonly isDone: boolean;
  readonly to: Route;
}

const NAME_KEYS = {
  pairs: 'overview.step.pairs',
  labels: 'overview.step.labels',
  judges: 'study.places.judges',
  agreement: 'study.places.agreement',
  export: 'study.places.export',
} as const;

/** One line a step: where it stands, its picture, and where one goes on. The first that is not done is what to do next. */
export function StudySteps({ study }: { readonly study: StudyDetails }) {
  const { t } = useTranslation();
  const { studyId } = study;
  const { value: progress, isLoading } = useQuery('studies.progress', { studyId });
  const { value: card } = useQuery(
    'agreement.card',
    // A look at the test side of a judge that is still worked on is the lead's to take, and is counted: what was known before
    // does not say whether there is such a judge now.
    progress === null || isLoading || progress.answerIsLook ? null : { studyId, parts: ['standing'] },
  );
  const standing = card?.parts[0];
  const isYes = standing?.words.some(({ row, text }) => row === 'answer' && text.startsWith('Yes')) ?? false;
  const steps: readonly Step[] = [
    {
      name: 'pairs',
      figure: `${countText('pair', study.pairs)}, ${countText('item', study.items)}, ${countText('system', study.systemCount)}`,
      isDone: study.pairs > 0,
      to: { screen: 'import' },
    },
    {
      name: 'labels',
      figure: <Labels study={study} progress={progress} />,
      picture: <Labelled study={study} progress={progress} />,
      isDone: study.labels.asked > 0 && study.labels.given >= study.labels.asked,
      to: { screen: 'begin', studyId },
    },
    {
      name: 'judges',
      figure: <bdi>{study.judgeNames.join(', ') || t('study.noneYet')}</bdi>,
      isDone: study.judges > 0,
      to: { screen: 'judges', studyId },
    },
    {
      name: 'agreement',
      figure:
        study.judges === 0 || study.votes === 0 ? (
          t('overview.nothingToCompare')
        ) : progress?.answerIsLook === true ? (
          t('overview.answerIsLook')
        ) : card === null || standing === undefined || card.judge === null ? (
          t('state.loading')
        ) : (
          <span lang="en" dir="ltr">
            <bdi>{card.judge}</bdi>: {partFinding(standing, card.options.level)}
          </span>
        ),
      isDone: isYes,
      to: { screen: 'agreement', studyId },
    },
    {
      name: 'export',
      figure:
        progress?.lastExportAt == null
          ? t('overview.exportAbout')
          : t('overview.exported', { time: timeText(progress.lastExportAt) }),
      isDone: (progress?.exports ?? 0) > 0,
      to: { screen: 'export', studyId },
    },
  ];
  const next = progress === null ? undefined : steps.find(({ isDone }) => !isDone);
  return (
    <section className="panel" aria-label={t('overview.steps')}>
      <ol className="steps">
        {steps.map(({ name, figure, picture, isDone, to }) => (
          <li key={name} aria-current={name === next?.name ? 'step' : undefined} data-step={name}>
            <span className="step-name">
              <span className="step-mark" aria-hidden="true">
                {isDone ? '✓' : ''}
              </span>
              {t(NAME_KEYS[name])}
              {isDone && <span className="visually-hidden"> {t('overview.done')}</span>}
            </span>
            <span className="step-figure">{figure}</span>
            <span className="step-picture">{picture}</span>
            <a className={name === next?.name ? 'button primary' : 'button'} href={hashOfRoute(to)}>
              {t(`overview.go.${name}`)}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Labels({
  study,
  progress,
}: {
  readonly study: StudyDetails;
  readonly progress: StudyProgress | null;
}) {
  const { t } = useTranslation();
  const { studyId } = study;
  return (
    <>
      {t('overview.labels', {
        votes: countText('vote', study.votes),
        raters: countText('rater', study.raters),
      })}
      {study.lastVoteAt !== null && (
        <>
          {' · '}
          {t('shelf.lastVote', { time: timeText(study.lastVoteAt) })}
        </>
      )}
      {progress !== null && progress.warned.length > 0 && (
        <>
          {' · '}
          <a href={hashOfRoute({ screen: 'raters', studyId })}>
            {t('overview.warned', { raters: progress.warned.join(', ') })}
          </a>
        </>
      )}
      {progress !== null && progress.openReviews > 0 && (
        <>
          {' · '}
          <a href={hashOfRoute({ screen: 'disagreements', studyId })}>
            {t('overview.openReviews', { number: numberText(progress.openReviews) })}
          </a>
        </>
      )}
      {progress !== null && progress.packsOut > 0 && (
        <>
          {' · '}
          <a href={hashOfRoute({ screen: 'packs', studyId })}>
            {t('overview.packsOut', { number: numberText(progress.packsOut) })}
          </a>
        </>
      )}
    </>
  );
}

function Labelled({
  study,
  progress,
}: {
  readonly study: StudyDetails;
  readonly progress: StudyProgress | null;
}) {
  return (
    <>
      <LabelProgress labels={study.labels} />
      {progress !== null && <DayBars days={progress.votesByDay} />}
    </>
  );
}
