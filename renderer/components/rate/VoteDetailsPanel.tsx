import { type KeyboardEvent, type MouseEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rubric } from '../../../shared/study/rubric.ts';
import type { ShownDetails } from '../../../shared/study/vote-details.ts';

const SIDES = ['left', 'tie', 'right'] as const;

const SURENESS = [
  [1, 'details.guess'],
  [2, 'details.fairlySure'],
  [3, 'details.sure'],
] as const;

const NONE: readonly string[] = [];

/** What may be said beside the verdict: criteria, reasons, sureness. Escape goes back to the keys. */
export function VoteDetailsPanel({
  rubric,
  asksConfidence,
  details,
  confidence,
  missing = NONE,
  isReadOnly = false,
  onDetails,
  onConfidence,
}: {
  readonly rubric: Rubric;
  readonly asksConfidence: boolean;
  readonly details: ShownDetails;
  readonly confidence: number | null;
  /** Criteria without which the last answer could not be sent. */
  readonly missing?: readonly string[];
  readonly isReadOnly?: boolean;
  readonly onDetails: (details: ShownDetails) => void;
  readonly onConfidence: (confidence: number | null) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !(document.activeElement instanceof HTMLElement)) return;
    // It means no more than this here.
    event.preventDefault();
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
      {rubric.criteria.map(({ name, about, required }, index) => (
        <fieldset
          key={name}
          className="criterion sides"
          data-missing={missing.includes(name) ? '' : undefined}
          disabled={isReadOnly}
          aria-describedby={missing.includes(name) ? `${id}-${index}` : undefined}
        >
          <legend title={about} dir="auto">
            {name}
            {required === true && <span className="required-mark"> ({t('details.required')})</span>}
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
          {missing.includes(name) && (
            <strong className="field-problem" id={`${id}-${index}`}>
              {t('details.missingHere')}
            </strong>
          )}
        </fieldset>
      ))}
      {rubric.reasonTags.length > 0 && (
        <fieldset className="criterion" disabled={isReadOnly}>
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
        <fieldset className="criterion" disabled={isReadOnly}>
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
      <p className="keys-here quiet">{t('details.keysHere')}</p>
    </div>
  );
}
