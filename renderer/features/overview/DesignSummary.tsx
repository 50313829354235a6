import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { UnblindDialog } from '../../components/UnblindDialog.tsx';
import { countText, numberText, timeText } from '../../language/language.ts';
import { goTo } from '../../state/route.ts';

/** What the study asks of its raters, and what is settled about it. */
export function DesignSummary({ study }: { readonly study: StudyDetails }) {
  const { t } = useTranslation();
  const [isUnblinding, setIsUnblinding] = useState(false);
  const { repeatShare, catchShare, goldShare } = study.design.checks;
  const checks = repeatShare + catchShare + goldShare;
  const { studyId } = study;
  return (
    <section className="panel">
      <h2>{t('study.design')}</h2>
      <dl className="pairs">
        <dt>{t('study.answers')}</dt>
        <dd>{t(`scale.${study.design.scale}`)}</dd>
        <dt>{t('study.ratersPerPair')}</dt>
        <dd>{study.design.ratersPerPair ?? t('study.everyRater')}</dd>
        {study.design.overlapShare > 0 && (
          <>
            <dt>{t('study.seenByAll')}</dt>
            <dd>
              {t('study.ofPairs', { percent: numberText(Math.round(100 * study.design.overlapShare)) })}
            </dd>
          </>
        )}
        {checks > 0 && (
          <>
            <dt>{t('study.checks')}</dt>
            <dd>{t('study.ofShown', { percent: numberText(Math.round(100 * checks)) })}</dd>
          </>
        )}
        <dt>{t('study.guideline')}</dt>
        <dd>{t('study.version', { number: numberText(study.guidelineVersion) })}</dd>
        <dt>{t('study.keysWait')}</dt>
        <dd>{t('study.waitMs', { number: numberText(study.design.minimumViewingMs) })}</dd>
        <dt>{t('study.seed')}</dt>
        <dd>{study.design.seed === null ? t('study.seedKept') : <code>{study.design.seed}</code>}</dd>
        <dt>{t('study.slices')}</dt>
        <dd dir="auto">
          {study.slices.map(({ name, values }) => `${name} (${values.length})`).join(', ') || t('study.none')}
        </dd>
        <dt>{t('study.judges')}</dt>
        <dd>
          <bdi>{study.judgeNames.join(', ') || t('study.noneYet')}</bdi>
        </dd>
        <dt>{t('study.identity')}</dt>
        <dd>{countText('output', study.identityFindings)}</dd>
        {study.design.retainUntil !== null && (
          <>
            <dt>{t('study.retained')}</dt>
            <dd>{study.design.retainUntil}</dd>
          </>
        )}
        <dt>{t('study.blinding')}</dt>
        <dd>
          {study.unblindedAt === null
            ? t('studies.blind')
            : t('study.unblindedAt', { time: timeText(study.unblindedAt) })}
        </dd>
      </dl>
      <div className="button-row">
        <button type="button" onClick={() => goTo({ screen: 'design', studyId })}>
          {t('study.changeDesign')}
        </button>
        {study.unblindedAt === null && (
          <button type="button" onClick={() => setIsUnblinding(true)}>
            {t('study.unblind')}
          </button>
        )}
      </div>
      {isUnblinding && (
        <UnblindDialog
          studyId={studyId}
          studyName={study.name}
          onClose={() => setIsUnblinding(false)}
          onDone={() => setIsUnblinding(false)}
        />
      )}
    </section>
  );
}
