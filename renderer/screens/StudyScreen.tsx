import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetails } from '../../shared/contract/study-methods.ts';
import type { RaterRole } from '../../shared/study/rater-role.ts';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { ExportPanel } from '../components/ExportPanel.tsx';
import { FieldProblem } from '../components/FieldProblem.tsx';
import { HandOverDialog } from '../components/HandOverDialog.tsx';
import { NumberHead } from '../components/NumberHead.tsx';
import { Page } from '../components/Page.tsx';
import { RoleSelect } from '../components/RoleSelect.tsx';
import { SyntheticBadge } from '../components/SyntheticBadge.tsx';
import { UnblindDialog } from '../components/UnblindDialog.tsx';
import { failureText } from '../language/failure-text.ts';
import { countText, numberText, timeText } from '../language/language.ts';
import { useQuery } from '../state/query.ts';
import { openWork } from '../state/rating.ts';
import { goTo } from '../state/route.ts';

export function StudyScreen({ studyId }: { readonly studyId: string }) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId }, ['studies']);
  const { t } = useTranslation();
  const [isUnblinding, setIsUnblinding] = useState(false);
  if (study === null) {
    return (
      <Page title={t('study.title')}>
        {error === null ? (
          <p className="waiting">{t('state.loading')}</p>
        ) : (
          <ErrorNote error={error} onRetry={reload} />
        )}
      </Page>
    );
  }
  const { repeatShare, catchShare, goldShare } = study.design.checks;
  const checks = repeatShare + catchShare + goldShare;
  return (
    <Page
      title={study.name}
      actions={
        <>
          <button type="button" onClick={() => goTo({ screen: 'raters', studyId })}>
            {t('study.raters')}
          </button>
          <button type="button" onClick={() => goTo({ screen: 'packs', studyId })}>
            {t('study.packs')}
          </button>
          <button type="button" onClick={() => goTo({ screen: 'disagreements', studyId })}>
            {t('study.disagreements')}
          </button>
          <button type="button" onClick={() => goTo({ screen: 'judges', studyId })}>
            {t('study.judges')}
          </button>
          <button type="button" className="primary" onClick={() => goTo({ screen: 'agreement', studyId })}>
            {t('study.agreement')}
          </button>
        </>
      }
    >
      <p className="facts">
        {study.isSynthetic && <SyntheticBadge />}{' '}
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
      <div className="columns">
        <RaterPanel study={study} />
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
              {study.slices.map(({ name, values }) => `${name} (${values.length})`).join(', ') ||
                t('study.none')}
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
        </section>
      </div>
      <ExportPanel studyId={studyId} />
      {isUnblinding && (
        <UnblindDialog
          studyId={studyId}
          studyName={study.name}
          onClose={() => setIsUnblinding(false)}
          onDone={() => setIsUnblinding(false)}
        />
      )}
    </Page>
  );
}

function RaterPanel({ study }: { readonly study: StudyDetails }) {
  const { t } = useTranslation();
  const { value: raters } = useQuery('rating.raters', { studyId: study.studyId }, ['ratings']);
  const [name, setName] = useState('');
  const [role, setRole] = useState<RaterRole>('rater');
  const [isHandingOver, setIsHandingOver] = useState(false);
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const start = async (rater: string, as: RaterRole) => {
    const failure = await openWork(study.studyId, rater, { role: as });
    setProblem(failure === null ? '' : failureText(failure));
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') void start(name.trim(), role);
  };
  return (
    <section className="panel">
      <h2>{t('study.rate')}</h2>
      <form className="inline-form" onSubmit={onSubmit}>
        <label>
          {t('study.rateAs')}
          <input
            value={name}
            maxLength={120}
            aria-invalid={problem !== ''}
            aria-describedby={problem === '' ? undefined : problemId}
            onChange={(event) => setName(event.target.value)}
            autoComplete="off"
          />
        </label>
        <RoleSelect role={role} onRole={setRole} />
        <button type="submit" className="primary" disabled={name.trim() === '' || study.pairs === 0}>
          {t('study.start')}
        </button>
        <div id={problemId} className="form-problem">
          <FieldProblem text={problem} />
        </div>
      </form>
      {raters !== null && raters.length > 0 && (
        <ul className="plain-list">
          {raters.map((rater) => (
            <li key={rater.name}>
              <button type="button" onClick={() => void start(rater.name, rater.role)}>
                {t('study.continueAs', { rater: rater.name })}
              </button>{' '}
              <span className="quiet">
                {[
                  ...(rater.role === 'adjudicator' ? [t('study.adjudicator')] : []),
                  t('study.done', { pairs: countText('pair', rater.done) }),
                ].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="quiet-button" onClick={() => setIsHandingOver(true)}>
        {t('study.handOver')}
      </button>
      {isHandingOver && <HandOverDialog studyId={study.studyId} onClose={() => setIsHandingOver(false)} />}
      {study.raterProgress.length > 0 && (
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t('study.rater')}</th>
              <NumberHead>{t('study.votes')}</NumberHead>
              <NumberHead>{t('study.skipped')}</NumberHead>
            </tr>
          </thead>
          <tbody>
            {study.raterProgress.map((rater) => (
              <tr key={rater.name}>
                <td dir="auto">{rater.name}</td>
                <td className="number">{numberText(rater.votes)}</td>
                <td className="number">{numberText(rater.skipped)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
