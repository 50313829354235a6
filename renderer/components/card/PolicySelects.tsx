import { DEFAULT_POLICIES } from '../../../shared/labels/default-options.ts';
import { type CardPolicies, POLICY_NAMES, POLICY_WORDS } from '../../../shared/report/policy-words.ts';
import type { Choices } from '../../state/route.ts';

/** The policies that an address names; the usual one where it names none, or one that there is not. */
export function policiesOf(choices: Choices): CardPolicies {
  const named = POLICY_NAMES.filter((name) => Object.hasOwn(POLICY_WORDS[name].choices, choices[name] ?? ''));
  return { ...DEFAULT_POLICIES, ...Object.fromEntries(named.map((name) => [name, choices[name]])) };
}

/** One choice for each policy. */
export function PolicySelects<Policies extends CardPolicies>({
  policies,
  onPolicies,
}: {
  readonly policies: Policies;
  readonly onPolicies: (policies: Policies) => void;
}) {
  return POLICY_NAMES.map((name) => (
    <label key={name}>
      {POLICY_WORDS[name].label}
      <select
        value={policies[name]}
        onChange={(event) => onPolicies({ ...policies, [name]: event.target.value })}
      >
        {Object.entries(POLICY_WORDS[name].choices).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  ));
}
