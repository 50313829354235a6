import { type FormEvent, useState } from 'react';
import type { InputOf } from '../../../shared/contract/methods.ts';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';

type Rule = InputOf<'judges.makePanel'>['rule'];

const RULES: Readonly<Record<Rule, string>> = {
  majority: 'most frequent verdict',
  mean_probability: 'mean probability',
  weighted: 'votes weighted on the dev split',
};

/** Makes several judges one judge of the study. */
export function PanelForm({
  studyId,
  judges,
  onMade,
}: {
  readonly studyId: string;
  readonly judges: readonly string[];
  readonly onMade: (judge: string) => void;
}) {
  const [name, setName] = useState('');
  const [rule, setRule] = useState<Rule>('majority');
  const [members, setMembers] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState('');
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('judges.makePanel', { studyId, name, rule, members: [...members] });
    if (reply.ok) onMade(reply.value.judge);
    else setProblem(reply.error.message);
  };
  return (
    <details className="panel">
      <summary>Make a panel of judges</summary>
      <form className="stacked-form" onSubmit={(event) => void make(event)}>
        <fieldset className="members">
          <legend>Members</legend>
          {judges.map((judge) => (
            <label key={judge} className="check">
              <input
                type="checkbox"
                checked={members.includes(judge)}
                onChange={(event) =>
                  setMembers(
                    event.target.checked ? [...members, judge] : members.filter((each) => each !== judge),
                  )
                }
              />
              {judge}
            </label>
          ))}
        </fieldset>
        <div className="field-row">
          <label>
            Name of the panel
            <input
              value={name}
              required
              maxLength={80}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <label>
            Rule
            <select value={rule} onChange={(event) => setRule(event.target.value as Rule)}>
              {Object.entries(RULES).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </div>
        <FieldProblem text={problem} />
        <div className="button-row">
          <button type="submit" disabled={members.length < 2 || name.trim() === ''}>
            Make the panel
          </button>
        </div>
      </form>
    </details>
  );
}
