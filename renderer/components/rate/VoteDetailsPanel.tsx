import type { KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rubric } from '../../../shared/study/rubric.ts';
import type { ShownDetails } from '../../../shared/study/vote-details.ts';

const SIDES = ['left', 'tie', 'right'] as const;

const SURENESS = [
  [1, 'details.guess'],
  [2, 'details.fairlySure'],
  [3, 'details.sure'],
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
  const { t } = useTranslation();
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && document.activeElement instanceof HTMLElement)
      document.activeElement.blur();
  };
  // A choice made with the mouse leaves the keys to the answers; one made with a key has a zero here.
  const giveKeysBack = (event: MouseEvent) => {
    if (event.detail > 0 && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  const { criteria = {}, reasonTags = [] } = details;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the Escape of the fields inside
    <div className="vote-details" onKeyDown={leave} onClick={giveKeysBack}>
      {rubric.criteria.map(({ name, about }) => (
        <fieldset key={name} className="criterion sides">
          <legend title={about} dir="auto">
            {name}
          </legend>
          {SIDES.map((answer) => (
            <label key={answer}>
              <input
                type="radio"
                name={`criterion ${name}`}
                checked={criteria[name] === answer}
                onChange={() => onDetails({ ...details, criteria: { ...criteria, [name]: answer } })}
              />
              {t(`action.${answer}.label`)}
            </label>
          ))}
        </fieldset>
      ))}
      {rubric.reasonTags.length > 0 && (
        <fieldset className="criterion">
          <legend>{t('details.reasons')}</legend>
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
              <span dir="auto">{tag}</span>
            </label>
          ))}
        </fieldset>
      )}
      {asksConfidence && (
        <fieldset className="criterion">
          <legend>{t('details.howSure')}</legend>
          {SURENESS.map(([value, label]) => (
            <label key={value}>
              <input
                type="radio"
                name="confidence"
                checked={confidence === value}
                onChange={() => onConfidence(value)}
              />
              {t(label)}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
