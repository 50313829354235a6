import { type FormEvent, useId, useState } from 'react';
import type { InputOf } from '../../../shared/contract/methods.ts';
import type { ReviewSummary } from '../../../shared/contract/review-methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { client } from '../../api/host.ts';
import { failureText } from '../../language/failure-text.ts';
import { timeText } from '../../language/language.ts';
import { useQuery } from '../../state/query.ts';
import { openWork } from '../../state/rating.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { FieldProblem } from '../FieldProblem.tsx';
import { AuditView } from './AuditView.tsx';

/** Pairs handed to adjudicators: to be decided, or to measure how good the labels are. */
export function ReviewsPanel({ study }: { readonly study: StudyDetails }) {
  const { studyId, judgeNames } = study;
  const { value: reviews, error, reload } = useQuery('reviews.list', { studyId });
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const make = async (plan: InputOf<'reviews.make'>['plan']) => {
    const reply = await client.call('reviews.make', { studyId, plan });
    setProblem(reply.ok ? '' : reply.error.message);
    setSaid(reply.ok ? `${reply.value.pairs} pairs wait for an adjudicator.` : '');
  };
  return (
    <section className="panel" aria-label="Adjudication and audits">
      <h2>Adjudication and audits</h2>
      <p className="quiet">
        Adjudicators see pairs as raters do: no systems, no names, no verdicts. What they decide becomes the
        label of pairs that have none; an audit changes no label, it measures them, and nobody is given a pair
        for it that they adjudicated.
      </p>
      <div className="columns">
        <AdjudicationForm judges={judgeNames} onMake={make} />
        {judgeNames.length > 0 && <AuditForm judges={judgeNames} onMake={make} />}
      </div>
      <p role="status" className="quiet">
        {said}
      </p>
      <FieldProblem text={problem} />
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {reviews !== null && reviews.length > 0 && (
        <>
          <StartForm studyId={studyId} />
          <ul className="plain-list reviews">
            {reviews.map((review) => (
              <li key={review.reviewId}>
                <ReviewLine review={review} />
                {review.audit !== null && <AuditView audit={review.audit} review={review} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface MakeProps {
  readonly judges: readonly string[];
  readonly onMake: (plan: InputOf<'reviews.make'>['plan']) => Promise<void>;
}

function AdjudicationForm({ judges, onMake }: MakeProps) {
  const [pairs, setPairs] = useState('50');
  const [judge, setJudge] = useState('');
  const [showsVotes, setShowsVotes] = useState(true);
  const make = (event: FormEvent) => {
    event.preventDefault();
    void onMake({
      kind: 'adjudication',
      pairs: Number(pairs),
      judge: judge === '' ? null : judge,
      showsVotes,
    });
  };
  return (
    <form className="stacked-form" onSubmit={make} aria-label="Adjudication">
      <h3>Adjudicate the most informative pairs</h3>
      <CountField label="Pairs at most" value={pairs} onValue={setPairs} />
      {judges.length > 0 && (
        <label>
          Also where this judge parts from people
          <select value={judge} onChange={(event) => setJudge(event.target.value)}>
            <option value="">no judge: where raters split, alone</option>
            {judges.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={showsVotes}
          onChange={(event) => setShowsVotes(event.target.checked)}
        />
        Show the raters’ votes after each decision
      </label>
      <div className="button-row">
        <button type="submit">Queue for adjudication</button>
      </div>
    </form>
  );
}

function AuditForm({ judges, onMake }: MakeProps) {
  const [judge, setJudge] = useState(judges[0] ?? '');
  const [disagreements, setDisagreements] = useState('50');
  const [agreements, setAgreements] = useState('50');
  const make = (event: FormEvent) => {
    event.preventDefault();
    void onMake({
      kind: 'audit',
      judge,
      disagreements: Number(disagreements),
      agreements: Number(agreements),
    });
  };
  return (
    <form className="stacked-form" onSubmit={make} aria-label="Audit">
      <h3>Audit: how often is the human label the wrong one?</h3>
      <label>
        Judge
        <select value={judge} onChange={(event) => setJudge(event.target.value)}>
          {judges.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <CountField
        label="Drawn where it disagrees with people"
        value={disagreements}
        onValue={setDisagreements}
      />
      <CountField label="Drawn where it agrees" value={agreements} onValue={setAgreements} />
      <div className="button-row">
        <button type="submit">Draw an audit</button>
      </div>
    </form>
  );
}

function CountField({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  return (
    <label>
      {label}
      <input
        type="number"
        min={1}
        max={100_000}
        required
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
    </label>
  );
}

function StartForm({ studyId }: { readonly studyId: string }) {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    const failure = await openWork(studyId, name.trim(), { role: 'adjudicator' });
    setProblem(failure === null ? '' : failureText(failure));
  };
  return (
    <form className="inline-form" onSubmit={(event) => void start(event)} aria-label="Adjudicate">
      <label>
        Adjudicate as (a pseudonym that rated nothing here)
        <input
          value={name}
          maxLength={120}
          autoComplete="off"
          aria-invalid={problem !== ''}
          aria-describedby={problem === '' ? undefined : problemId}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" disabled={name.trim() === ''}>
        Start
      </button>
      <div id={problemId} className="form-problem">
        <FieldProblem text={problem} />
      </div>
    </form>
  );
}

const STRATA = {
  raters_split: 'raters split',
  judge_differs: 'the judge disagrees',
  judge_agrees: 'the judge agrees',
  lead_chose: 'chosen by hand',
} as const;

function changesText(changed: number): string {
  return changed === 1
    ? 'One decision is not what the raters’ majority said.'
    : `${changed} decisions are not what the raters’ majority said.`;
}

function ReviewLine({ review }: { readonly review: ReviewSummary }) {
  const { kind, judge, madeAt, pairs, answered, skipped, strata, changed, isTold } = review;
  const chosen = (Object.keys(STRATA) as (keyof typeof STRATA)[])
    .filter((stratum) => (strata[stratum] ?? 0) > 0)
    .map((stratum) => `${strata[stratum]} where ${STRATA[stratum]}`)
    .join(', ');
  return (
    <p>
      <strong>{kind === 'audit' ? `Audit of ${judge}` : 'Adjudication'}</strong>, {timeText(madeAt)}:{' '}
      {answered} of {pairs} decided{skipped > 0 ? `, ${skipped} skipped` : ''}; {chosen}.{' '}
      {kind === 'adjudication' && changed !== null && changed > 0 && changesText(changed)}
      {kind === 'audit' && !isTold && answered > 0 && 'What it found is told once all are decided.'}
    </p>
  );
}
