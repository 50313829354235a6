import { type FormEvent, useState } from 'react';
import type { PlanReport } from '../../../shared/contract/design-methods.ts';
import { client } from '../../api/host.ts';
import { useQuery } from '../../state/query.ts';
import { DEFAULT_POLICIES } from '../card/CardControls.tsx';
import { ErrorNote } from '../ErrorNote.tsx';
import { FieldProblem } from '../FieldProblem.tsx';

const COEFFICIENTS = {
  kappa: 'Cohen’s kappa',
  ac1: 'Gwet’s AC1',
  alpha: 'Krippendorff’s alpha',
  scotts_pi: 'Scott’s pi',
  agreement: 'percent agreement',
} as const;

/** How the study is to be analysed, settled before the votes are known. */
export function PlanPanel({ studyId, votes }: { readonly studyId: string; readonly votes: number }) {
  const { value, error, reload } = useQuery('design.plan', { studyId }, ['studies', 'ratings']);
  return (
    <section className="panel" aria-label="Analysis plan">
      <h2>Analysis plan</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {value !== null && <Plan key={value.current?.sha256} report={value} studyId={studyId} votes={votes} />}
    </section>
  );
}

function Plan({
  report,
  studyId,
  votes,
}: {
  readonly report: PlanReport;
  readonly studyId: string;
  readonly votes: number;
}) {
  const { current, deviations } = report;
  const [coefficient, setCoefficient] = useState(current?.plan.primaryCoefficient ?? 'kappa');
  const [ties, setTies] = useState(current?.plan.options.ties ?? 'separate');
  const [consensus, setConsensus] = useState(current?.plan.options.consensus ?? 'majority');
  const [threshold, setThreshold] = useState(String(current?.plan.thresholds[0]?.atLeast ?? ''));
  const [exclusionRules, setExclusionRules] = useState(current?.plan.exclusionRules ?? '');
  const [problem, setProblem] = useState('');
  const store = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('design.storePlan', {
      studyId,
      plan: {
        primaryCoefficient: coefficient,
        options: { ...DEFAULT_POLICIES, ties, consensus },
        thresholds: threshold === '' ? [] : [{ what: COEFFICIENTS[coefficient], atLeast: Number(threshold) }],
        exclusionRules,
      },
    });
    setProblem(reply.ok ? '' : reply.error.message);
  };
  return (
    <>
      <p>
        {current === null
          ? votes === 0
            ? 'None yet. Stored before the first vote, it shows later that nothing was chosen by its result.'
            : 'None. One stored now says that votes were there already.'
          : `Stored ${new Date(current.storedAt).toLocaleString()}, ${current.votes === 0 ? 'before the first vote' : `after ${current.votes.toLocaleString('en')} votes`}; sha256 `}
        {current !== null && <code>{current.sha256.slice(0, 16)}</code>}
      </p>
      {deviations.length > 0 && (
        <ul>
          {deviations.map((deviation) => (
            <li key={deviation}>{deviation}</li>
          ))}
        </ul>
      )}
      <form className="stacked-form" onSubmit={(event) => void store(event)}>
        <div className="inline-form">
          <label>
            Primary coefficient
            <select
              value={coefficient}
              onChange={(event) => setCoefficient(event.target.value as keyof typeof COEFFICIENTS)}
            >
              {Object.entries(COEFFICIENTS).map(([name, label]) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label>
            At least
            <input
              type="number"
              step="any"
              value={threshold}
              onChange={(event) => setThreshold(event.target.value)}
            />
          </label>
          <label>
            Ties
            <select value={ties} onChange={(event) => setTies(event.target.value as typeof ties)}>
              <option value="separate">a category</option>
              <option value="drop">left out</option>
              <option value="half">half to each side</option>
            </select>
          </label>
          <label>
            People’s label
            <select
              value={consensus}
              onChange={(event) => setConsensus(event.target.value as typeof consensus)}
            >
              <option value="majority">majority</option>
              <option value="unanimous">unanimous only</option>
              <option value="plurality_or_tie">plurality, else a tie</option>
              <option value="sign_of_mean">sign of the mean</option>
              <option value="dawid_skene">Dawid–Skene model</option>
            </select>
          </label>
        </div>
        <label>
          Who or what is left out, and when
          <textarea
            rows={3}
            maxLength={10_000}
            value={exclusionRules}
            onChange={(event) => setExclusionRules(event.target.value)}
          />
        </label>
        <FieldProblem text={problem} />
        <div className="button-row">
          <button type="submit">{current === null ? 'Store the plan' : 'Store as the new plan'}</button>
        </div>
      </form>
    </>
  );
}
