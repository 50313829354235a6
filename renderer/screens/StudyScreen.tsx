import { type FormEvent, useState } from 'react';
import type { StudyDetails } from '../../shared/contract/study-methods.ts';
import { SCALES } from '../components/design/scales.ts';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { ExportPanel } from '../components/ExportPanel.tsx';
import { NumberHead } from '../components/NumberHead.tsx';
import { Page } from '../components/Page.tsx';
import { SyntheticBadge } from '../components/SyntheticBadge.tsx';
import { UnblindDialog } from '../components/UnblindDialog.tsx';
import { useQuery } from '../state/query.ts';
import { beginRating } from '../state/rating.ts';
import { goTo } from '../state/route.ts';
import { count } from './StudiesScreen.tsx';

export function StudyScreen({ studyId }: { readonly studyId: string }) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId }, ['studies']);
  const [dialog, setDialog] = useState<'unblind' | null>(null);
  if (study === null) {
    return (
      <Page title="Study">
        {error === null ? <p className="waiting">Loading …</p> : <ErrorNote error={error} onRetry={reload} />}
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
          <button type="button" onClick={() => goTo({ screen: 'judges', studyId })}>
            Judges
          </button>
          <button type="button" className="primary" onClick={() => goTo({ screen: 'agreement', studyId })}>
            Agreement
          </button>
        </>
      }
    >
      <p className="facts">
        {study.isSynthetic && <SyntheticBadge />} {count(study.pairs, 'pair')} of {count(study.items, 'item')}{' '}
        by {count(study.systemCount, 'system')} · {count(study.votes, 'vote')} by{' '}
        {count(study.raters, 'rater')} · {count(study.judges, 'judge')}
      </p>
      <div className="columns">
        <RaterPanel study={study} />
        <section className="panel">
          <h2>Design</h2>
          <dl className="pairs">
            <dt>Answers</dt>
            <dd>{SCALES[study.design.scale]}</dd>
            <dt>Raters per pair</dt>
            <dd>{study.design.ratersPerPair ?? 'every rater'}</dd>
            {study.design.overlapShare > 0 && (
              <>
                <dt>Seen by all</dt>
                <dd>{Math.round(100 * study.design.overlapShare)} % of pairs</dd>
              </>
            )}
            {checks > 0 && (
              <>
                <dt>Checks</dt>
                <dd>{Math.round(100 * checks)} % of what is shown</dd>
              </>
            )}
            <dt>Guideline</dt>
            <dd>version {study.guidelineVersion}</dd>
            <dt>Keys wait</dt>
            <dd>{study.design.minimumViewingMs} ms after a pair appears</dd>
            <dt>Seed</dt>
            <dd>{study.design.seed === null ? 'kept until unblinding' : <code>{study.design.seed}</code>}</dd>
            <dt>Slices</dt>
            <dd>
              {study.slices.map(({ name, values }) => `${name} (${values.length})`).join(', ') || 'none'}
            </dd>
            <dt>Judges</dt>
            <dd>{study.judgeNames.join(', ') || 'none yet'}</dd>
            <dt>May name their author</dt>
            <dd>{count(study.identityFindings, 'output')}</dd>
            <dt>Blinding</dt>
            <dd>
              {study.unblindedAt === null
                ? 'blind'
                : `unblinded ${new Date(study.unblindedAt).toLocaleString()}`}
            </dd>
          </dl>
          <div className="button-row">
            <button type="button" onClick={() => goTo({ screen: 'design', studyId })}>
              Change the design
            </button>
            {study.unblindedAt === null && (
              <button type="button" onClick={() => setDialog('unblind')}>
                Unblind …
              </button>
            )}
          </div>
        </section>
      </div>
      <ExportPanel studyId={studyId} />
      {dialog === 'unblind' && (
        <UnblindDialog
          studyId={studyId}
          studyName={study.name}
          onClose={() => setDialog(null)}
          onDone={() => setDialog(null)}
        />
      )}
    </Page>
  );
}

function RaterPanel({ study }: { readonly study: StudyDetails }) {
  const { value: raters } = useQuery('rating.raters', { studyId: study.studyId }, ['ratings']);
  const [name, setName] = useState('');
  const start = (rater: string) => {
    void beginRating(study.studyId, rater);
    goTo({ screen: 'rate', studyId: study.studyId });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') start(name.trim());
  };
  return (
    <section className="panel">
      <h2>Rate</h2>
      <form className="inline-form" onSubmit={onSubmit}>
        <label>
          Rate as (a pseudonym)
          <input
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.target.value)}
            autoComplete="off"
          />
        </label>
        <button type="submit" className="primary" disabled={name.trim() === '' || study.pairs === 0}>
          Start rating
        </button>
      </form>
      {raters !== null && raters.length > 0 && (
        <ul className="plain-list">
          {raters.map((rater) => (
            <li key={rater.name}>
              <button type="button" onClick={() => start(rater.name)}>
                Continue as {rater.name}
              </button>{' '}
              <span className="quiet">{count(rater.done, 'pair')} done</span>
            </li>
          ))}
        </ul>
      )}
      {study.raterProgress.length > 0 && (
        <table className="data">
          <thead>
            <tr>
              <th scope="col">Rater</th>
              <NumberHead>Votes</NumberHead>
              <NumberHead>Skipped</NumberHead>
            </tr>
          </thead>
          <tbody>
            {study.raterProgress.map((rater) => (
              <tr key={rater.name}>
                <td>{rater.name}</td>
                <td className="number">{rater.votes.toLocaleString('en')}</td>
                <td className="number">{rater.skipped.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
