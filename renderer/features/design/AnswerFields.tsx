import { useTranslation } from 'react-i18next';
import { VERDICT_SCALES, type VerdictScale } from '../../../shared/study/verdict.ts';
import { criteriaOfDraft } from './design-draft.ts';
import { NumberField } from './NumberField.tsx';
import { PercentField } from './PercentField.tsx';
import type { PartFields } from './part-fields.ts';

/** Who answers and how. */
export function AnswerFields({ draft, onDesign, onDraft }: PartFields) {
  const { t } = useTranslation();
  const { design, required } = draft;
  return (
    <>
      <label>
        Scale
        <select
          value={design.scale}
          onChange={(event) => onDesign({ scale: event.target.value as VerdictScale })}
        >
          {VERDICT_SCALES.map((scale) => (
            <option key={scale} value={scale}>
              {t(`scale.${scale}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={design.asksConfidence}
          onChange={(event) => onDesign({ asksConfidence: event.target.checked })}
        />
        Ask how sure a rater is
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={design.marksSpans}
          onChange={(event) => onDesign({ marksSpans: event.target.checked })}
        />
        Let raters mark the reason in the texts
      </label>
      <TrainingFields training={design.training} onTraining={(training) => onDesign({ training })} />
      <label className="wide">
        Criteria, one a line: name, a colon, what it asks
        <textarea
          rows={4}
          value={draft.criteria}
          onChange={(event) => onDraft({ criteria: event.target.value })}
        />
      </label>
      {criteriaOfDraft(draft).map(({ name, required: isRequired }) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={isRequired === true}
            onChange={({ target }) =>
              onDraft({
                required: [...required.filter((each) => each !== name), ...(target.checked ? [name] : [])],
              })
            }
          />
          A vote needs “{name}”
        </label>
      ))}
      <label className="wide">
        Reasons a rater may tick, one a line
        <textarea rows={3} value={draft.tags} onChange={(event) => onDraft({ tags: event.target.value })} />
      </label>
    </>
  );
}

type Training = PartFields['draft']['design']['training'];

function TrainingFields({
  training,
  onTraining,
}: {
  readonly training: Training;
  readonly onTraining: (training: Training) => void;
}) {
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={training !== null}
          onChange={(event) => onTraining(event.target.checked ? { passMark: 0.8, attempts: 2 } : null)}
        />
        Raters practise and qualify first
      </label>
      {training !== null && (
        <>
          <PercentField
            label="Pass mark, in % of the qualifying set"
            share={training.passMark}
            max={100}
            onChange={(passMark) => onTraining({ ...training, passMark })}
          />
          <NumberField
            label="Attempts"
            value={training.attempts}
            min={1}
            max={20}
            onChange={(attempts) => onTraining({ ...training, attempts: attempts ?? 1 })}
          />
        </>
      )}
    </>
  );
}
