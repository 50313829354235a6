import { useState } from 'react';
import type { InputOf } from '../../../shared/contract/methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import type { KnownStage } from '../../../shared/study/known-answer.ts';
import { answersOfScale } from '../../../shared/study/verdict.ts';
import { ANSWER_NAMES } from '../../components/review/PairOnSides.tsx';

type Known = Pick<InputOf<'pairs.markKnown'>, 'stage' | 'answer' | 'explanation'>;

const STAGE_TEXTS: Readonly<Record<KnownStage, string>> = {
  example: 'an example, read before work',
  practice: 'practice, with feedback',
  qualifying: 'part of the qualifying set',
  gold: 'gold, among ordinary pairs',
};

/** Says what the answer of the pair on screen is, and what it is used for. A pair with votes cannot be one. */
export function MarkKnownForm({
  study,
  onKnown,
  onCancel,
}: {
  readonly study: StudyDetails;
  readonly onKnown: (known: Known) => Promise<unknown>;
  readonly onCancel: () => void;
}) {
  const answers = answersOfScale(study.design.scale).filter((each) => each !== 'skipped');
  const [stage, setStage] = useState<KnownStage>('gold');
  const [answer, setAnswer] = useState<Known['answer'] | ''>('');
  const [explanation, setExplanation] = useState('');
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (answer !== '') void onKnown({ stage, answer, explanation });
      }}
    >
      <label>
        It is
        <select value={stage} onChange={(event) => setStage(event.target.value as KnownStage)}>
          {(Object.keys(STAGE_TEXTS) as KnownStage[]).map((each) => (
            <option key={each} value={each}>
              {STAGE_TEXTS[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        The answer, as it stands here
        <select value={answer} onChange={(event) => setAnswer(event.target.value as Known['answer'])}>
          <option value="" disabled>
            choose
          </option>
          {answers.map((each) => (
            <option key={each} value={each}>
              {ANSWER_NAMES[each]}
            </option>
          ))}
        </select>
      </label>
      {stage !== 'gold' && (
        <label>
          Explanation, shown to raters
          <input
            value={explanation}
            maxLength={4000}
            onChange={(event) => setExplanation(event.target.value)}
          />
        </label>
      )}
      <button type="submit" disabled={answer === ''}>
        Keep the answer
      </button>
      <button type="button" className="quiet-button" onClick={onCancel}>
        Cancel
      </button>
      <span className="quiet">It trains or checks raters then, and is no part of the result.</span>
    </form>
  );
}
