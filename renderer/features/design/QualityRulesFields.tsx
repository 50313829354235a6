import type { QualityRules } from '../../../shared/study/quality-rules.ts';
import { NumberField } from './NumberField.tsx';

type Consequence = QualityRules['side']['consequence'];

const SHARES = {
  gold: 'Gold pairs as known, at least, in %',
  catch: 'Catch pairs right, at least, in %',
  repeats: 'Repeats as the first time, at least, in %',
  tooFast: 'Votes too fast to have read, at most, in %',
} as const;

const OTHERS = {
  side: 'One side chosen more often',
  outlier: 'Contradicts others more often than they do',
  drift: 'Agreement fell',
} as const;

/** When a lead wants to hear of a rater, and when the work is to stop by itself. */
export function QualityRulesFields({
  quality,
  onQuality,
}: {
  readonly quality: QualityRules;
  readonly onQuality: (quality: QualityRules) => void;
}) {
  return (
    <fieldset>
      <legend>Thresholds for raters: crossed only where chance does not explain it</legend>
      {(Object.keys(SHARES) as (keyof typeof SHARES)[]).map((name) => (
        <div key={name} className="threshold-pair">
          <NumberField
            label={SHARES[name]}
            value={Math.round(quality[name].wanted * 1000) / 10}
            min={1}
            max={99}
            onChange={(percent) =>
              onQuality({ ...quality, [name]: { ...quality[name], wanted: (percent ?? 50) / 100 } })
            }
          />
          <ConsequenceSelect
            about={SHARES[name]}
            consequence={quality[name].consequence}
            onConsequence={(consequence) =>
              onQuality({ ...quality, [name]: { ...quality[name], consequence } })
            }
          />
        </div>
      ))}
      {(Object.keys(OTHERS) as (keyof typeof OTHERS)[]).map((name) => (
        <ConsequenceSelect
          key={name}
          about={OTHERS[name]}
          label={OTHERS[name]}
          consequence={quality[name].consequence}
          onConsequence={(consequence) => onQuality({ ...quality, [name]: { consequence } })}
        />
      ))}
    </fieldset>
  );
}

function ConsequenceSelect({
  label = 'then',
  about,
  consequence,
  onConsequence,
}: {
  readonly label?: string;
  readonly about: string;
  readonly consequence: Consequence;
  readonly onConsequence: (consequence: Consequence) => void;
}) {
  return (
    <label>
      {label}
      <select
        aria-label={label === about ? about : `${about}: then`}
        value={consequence}
        onChange={(event) => onConsequence(event.target.value as Consequence)}
      >
        <option value="nothing">do nothing</option>
        <option value="warn">warn</option>
        <option value="pause">warn and pause</option>
      </select>
    </label>
  );
}
