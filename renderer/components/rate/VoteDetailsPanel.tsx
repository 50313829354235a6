import type { KeyboardEvent } from 'react';
import type { Rubric } from '../../../shared/domain/rubric.ts';
import type { ShownDetails } from '../../../shared/domain/vote-details.ts';

const SIDES = [
  ['left', 'Left'],
  ['tie', 'Tie'],
  ['right', 'Right'],
] as const;

const SURENESS = [
  [1, 'a guess'],
  [2, 'fairly sure'],
  [3, 'sure'],
] as const;

/** What may be said beside the verdict: criteria, reasons, sureness. Escape goes back to the keys. */
export function VoteDetailsPanel({
  rubric,
  asksConfidence,
  details,
  confidence,
  onDetails,
  onConfidence,
}: {
  readonly rubric: Rubric;
  readonly asksConfidence: boolean;
  readonly details: ShownDetails;
  readonly confidence: number | null;
  readonly onDetails: (details: ShownDetails) => void;
  readonly onConfidence: (confidence: number | null) => void;
}) {
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && document.activeElement instanceof HTMLElement)
      document.activeElement.blur();
  };
  const { criteria = {}, reasonTags = [] } = details;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the Escape of the fields inside
    <div className="vote-details" onKeyDown={leave}>
      {rubric.criteria.map(({ name, about }) => (
        <fieldset key={name} className="criterion">
          <legend title={about}>{name}</legend>
          {SIDES.map(([answer, label]) => (
            <label key={answer}>
              <input
                type="radio"
                name={`criterion ${name}`}
                checked={criteria[name] === answer}
                onChange={() => onDetails({ ...details, criteria: { ...criteria, [name]: answer } })}
              />
              {label}
            </label>
          ))}
        </fieldset>
      ))}
      {rubric.reasonTags.length > 0 && (
        <fieldset className="criterion">
          <legend>Reasons</legend>
          {rubric.reasonTags.map((tag) => (
            <label key={tag}>
              <input
                type="checkbox"
                checked={reasonTags.includes(tag)}
                onChange={(event) =>
                  onDetails({
                    ...details,
                    reasonTags: event.target.checked
                      ? [...reasonTags, tag]
                      : reasonTags.filter((each) => each !== tag),
                  })
                }
              />
              {tag}
            </label>
          ))}
        </fieldset>
      )}
      {asksConfidence && (
        <fieldset className="criterion">
          <legend>How sure</legend>
          {SURENESS.map(([value, label]) => (
            <label key={value}>
              <input
                type="radio"
                name="confidence"
                checked={confidence === value}
                onChange={() => onConfidence(value)}
              />
              {label}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
