import { type FormEvent, useState } from 'react';
import { DEFAULT_POLICIES } from '../../../shared/labels/default-options.ts';
import type { AnalysisPlan } from '../../../shared/selection/analysis-plan.ts';
import { client } from '../../api/host.ts';
import { PolicySelects } from '../../components/card/PolicySelects.tsx';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { ThresholdRows, type ThresholdText } from './ThresholdRows.tsx';

type Coefficient = AnalysisPlan['primaryCoefficient'];

const COEFFICIENTS: Readonly<Record<Coefficient, string>> = {
  kappa: 'Cohen’s kappa',
  ac1: 'Gwet’s AC1',
  alpha: 'Krippendorff’s alpha',
  scotts_pi: 'Scott’s pi',
  agreement: 'percent agreement',
};

/** The whole plan: what is stored is what the form shows, and the level of the intervals as it was. */
export function PlanForm({
  studyId,
  plan,
}: {
  readonly studyId: string;
  readonly plan: AnalysisPlan | null;
}) {
  const [coefficient, setCoefficient] = useState<Coefficient>(plan?.primaryCoefficient ?? 'kappa');
  const [judge, setJudge] = useState(plan?.judge ?? '');
  const [policies, setPolicies] = useState({ ...DEFAULT_POLICIES, ...plan?.options });
  const [thresholds, setThresholds] = useState<readonly ThresholdText[]>(
    plan?.thresholds.map(({ what, atLeast }) => ({ what, atLeast: String(atLeast) })) ?? [
      { what: COEFFICIENTS[coefficient], atLeast: '' },
    ],
  );
  const [exclusionRules, setExclusionRules] = useState(plan?.exclusionRules ?? '');
  const [note, setNote] = useState(plan?.note ?? '');
  const [problem, setProblem] = useState('');
  const changeCoefficient = (next: Coefficient) => {
    setCoefficient(next);
    setThresholds(
      thresholds.map((each) =>
        each.what === COEFFICIENTS[coefficient] ? { ...each, what: COEFFICIENTS[next] } : each,
      ),
    );
  };
  const store = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('design.storePlan', {
      studyId,
      plan: {
        primaryCoefficient: coefficient,
        judge: judge.trim(),
        options: policies,
        thresholds: thresholds
          .filter(({ atLeast }) => atLeast !== '')
          .map(({ what, atLeast }) => ({ what, atLeast: Number(atLeast) })),
        exclusionRules,
        note,
      },
    });
    setProblem(reply.ok ? '' : reply.error.message);
  };
  return (
    <form className="stacked-form" onSubmit={(event) => void store(event)}>
      <div className="inline-form">
        <label>
          Primary coefficient
          <select
            value={coefficient}
            onChange={(event) => changeCoefficient(event.target.value as Coefficient)}
          >
            {Object.entries(COEFFICIENTS).map(([name, label]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          Judge (empty: not settled)
          <input value={judge} maxLength={256} onChange={(event) => setJudge(event.target.value)} />
        </label>
      </div>
      <ThresholdRows
        thresholds={thresholds}
        nextWhat={thresholds.length === 0 ? COEFFICIENTS[coefficient] : ''}
        onThresholds={setThresholds}
      />
      <fieldset className="inline-form">
        <legend>Policies</legend>
        <PolicySelects policies={policies} onPolicies={setPolicies} />
      </fieldset>
      <label>
        Who or what is left out, and when
        <textarea
          rows={3}
          maxLength={10_000}
          value={exclusionRules}
          onChange={(event) => setExclusionRules(event.target.value)}
        />
      </label>
      <label>
        Note
        <textarea
          rows={2}
          maxLength={10_000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <FieldProblem text={problem} />
      <div className="button-row">
        <button type="submit">{plan === null ? 'Store the plan' : 'Store as the new plan'}</button>
      </div>
    </form>
  );
}
