import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { VERDICT_SCALES, type VerdictScale } from '../../../shared/study/verdict.ts';
import { client } from '../../api/host.ts';
import { useTyped } from '../../state/typed.ts';
import { TypedBefore } from '../TypedBefore.tsx';
import { NumberField } from './NumberField.tsx';
import { QualityRulesFields } from './QualityRulesFields.tsx';

type Design = StudyDetails['design'];

/** The rules a study is run by. A change of guideline or rubric makes their next version. */
export function RulesForm({ study }: { readonly study: StudyDetails }) {
  const { t } = useTranslation();
  const asSaved = {
    design: study.design,
    criteria: criteriaText(study.design),
    required: requiredIn(study.design),
    tags: study.design.rubric.reasonTags.join('\n'),
  };
  const typed = useTyped(`design ${study.studyId}`, asSaved);
  const { design, criteria, required, tags } = typed.value;
  const [state, setState] = useState<'idle' | 'saved' | string>('idle');
  const change = (changes: Partial<Design>) => {
    setState('idle');
    typed.type({ ...typed.value, design: { ...design, ...changes } });
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { seed: _seed, ...rules } = design;
    const reply = await client.call('studies.configure', {
      studyId: study.studyId,
      design: { ...rules, rubric: { criteria: criteriaOf(criteria, required), reasonTags: linesOf(tags) } },
    });
    if (reply.ok) typed.settle(typed.value);
    setState(reply.ok ? 'saved' : reply.error.message);
  };
  const { checks, training } = design;
  return (
    <form className="design-form" onSubmit={(event) => void save(event)}>
      {typed.isFromBefore && <TypedBefore onThrowAway={() => typed.settle(asSaved)} />}
      <fieldset>
        <legend>Answers</legend>
        <label>
          Scale
          <select
            value={design.scale}
            onChange={(event) => change({ scale: event.target.value as VerdictScale })}
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
            onChange={(event) => change({ asksConfidence: event.target.checked })}
          />
          Ask how sure a rater is
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={design.marksSpans}
            onChange={(event) => change({ marksSpans: event.target.checked })}
          />
          Let raters mark the reason in the texts
        </label>
        <NumberField
          label="Least reading time, in ms"
          value={design.minimumViewingMs}
          min={0}
          max={60_000}
          onChange={(minimumViewingMs) => change({ minimumViewingMs: minimumViewingMs ?? 0 })}
        />
      </fieldset>
      <fieldset>
        <legend>Who sees what</legend>
        <NumberField
          label="Raters per pair (empty: every rater)"
          value={design.ratersPerPair}
          min={1}
          max={1000}
          onChange={(ratersPerPair) => change({ ratersPerPair })}
        />
        <NumberField
          label="… where those before were split (empty: no more)"
          value={design.ratersWhereSplit}
          min={2}
          max={1000}
          onChange={(ratersWhereSplit) => change({ ratersWhereSplit })}
        />
        <NumberField
          label="… and of all pairs, seen by every rater, in %"
          value={percent(design.overlapShare)}
          min={0}
          max={100}
          onChange={(share) => change({ overlapShare: (share ?? 0) / 100 })}
        />
        <NumberField
          label="Pairs in a block (empty: no blocks)"
          value={design.blockSize}
          min={2}
          max={10_000}
          onChange={(blockSize) => change({ blockSize })}
        />
        <NumberField
          label="Suggest a break after minutes (empty: never)"
          value={design.breakAfterMinutes}
          min={5}
          max={240}
          onChange={(breakAfterMinutes) => change({ breakAfterMinutes })}
        />
      </fieldset>
      <fieldset>
        <legend>Checks among the pairs, in % of all that is shown</legend>
        <NumberField
          label="Earlier pairs again, sides swapped"
          value={percent(checks.repeatShare)}
          min={0}
          max={30}
          onChange={(share) => change({ checks: { ...checks, repeatShare: (share ?? 0) / 100 } })}
        />
        <NumberField
          label="Catch pairs: one output twice, or one for another task"
          value={percent(checks.catchShare)}
          min={0}
          max={30}
          onChange={(share) => change({ checks: { ...checks, catchShare: (share ?? 0) / 100 } })}
        />
        <NumberField
          label="Gold pairs, whose answer is known"
          value={percent(checks.goldShare)}
          min={0}
          max={30}
          onChange={(share) => change({ checks: { ...checks, goldShare: (share ?? 0) / 100 } })}
        />
        <NumberField
          label="Pairs between, at least"
          value={checks.repeatGap}
          min={1}
          max={1000}
          onChange={(gap) => change({ checks: { ...checks, repeatGap: gap ?? 1 } })}
        />
      </fieldset>
      <QualityRulesFields quality={design.quality} onQuality={(quality) => change({ quality })} />
      <fieldset>
        <legend>Training</legend>
        <label className="check">
          <input
            type="checkbox"
            checked={training !== null}
            onChange={(event) =>
              change({ training: event.target.checked ? { passMark: 0.8, attempts: 2 } : null })
            }
          />
          Raters practise and qualify first
        </label>
        {training !== null && (
          <>
            <NumberField
              label="Pass mark, in % of the qualifying set"
              value={percent(training.passMark)}
              min={0}
              max={100}
              onChange={(mark) => change({ training: { ...training, passMark: (mark ?? 0) / 100 } })}
            />
            <NumberField
              label="Attempts"
              value={training.attempts}
              min={1}
              max={20}
              onChange={(attempts) => change({ training: { ...training, attempts: attempts ?? 1 } })}
            />
          </>
        )}
      </fieldset>
      <fieldset>
        <legend>At the end, and afterwards</legend>
        <NumberField
          label="Last questions about who wrote what (0: none)"
          value={design.systemGuesses}
          min={0}
          max={100}
          onChange={(systemGuesses) => change({ systemGuesses: systemGuesses ?? 0 })}
        />
        <label>
          Keep the study until (empty: not settled)
          <input
            type="date"
            value={design.retainUntil ?? ''}
            onChange={(event) => change({ retainUntil: event.target.value || null })}
          />
        </label>
      </fieldset>
      <fieldset className="design-texts">
        <legend>Consent</legend>
        <label>
          What raters agree to before their first vote (Markdown; empty: nothing is asked)
          <textarea
            rows={4}
            value={design.consent}
            onChange={(event) => change({ consent: event.target.value })}
          />
        </label>
      </fieldset>
      <fieldset className="design-texts">
        <legend>Guideline and rubric</legend>
        <label>
          Guideline (Markdown)
          <textarea
            rows={10}
            value={design.guideline}
            onChange={(event) => change({ guideline: event.target.value })}
          />
        </label>
        <label>
          Criteria, one a line: name, a colon, what it asks
          <textarea
            rows={4}
            value={criteria}
            onChange={(event) => typed.type({ ...typed.value, criteria: event.target.value })}
          />
        </label>
        {criteriaOf(criteria, required).map(({ name, required: isRequired }) => (
          <label key={name} className="check">
            <input
              type="checkbox"
              checked={isRequired === true}
              onChange={({ target }) =>
                typed.type({
                  ...typed.value,
                  required: [...required.filter((each) => each !== name), ...(target.checked ? [name] : [])],
                })
              }
            />
            A vote needs “{name}”
          </label>
        ))}
        <label>
          Reasons a rater may tick, one a line
          <textarea
            rows={3}
            value={tags}
            onChange={(event) => typed.type({ ...typed.value, tags: event.target.value })}
          />
        </label>
      </fieldset>
      <div className="button-row">
        <button type="submit" className="primary">
          Save the design
        </button>
        <p role={state === 'idle' || state === 'saved' ? 'status' : 'alert'} className="quiet">
          {state === 'saved' ? 'Saved.' : state === 'idle' ? '' : state}
        </p>
      </div>
    </form>
  );
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function criteriaText({ rubric }: Pick<Design, 'rubric'>): string {
  return rubric.criteria.map(({ name, about }) => `${name}: ${about}`).join('\n');
}

function requiredIn({ rubric }: Pick<Design, 'rubric'>): string[] {
  return rubric.criteria.flatMap(({ name, required }) => (required === true ? [name] : []));
}

function criteriaOf(text: string, required: readonly string[]): Design['rubric']['criteria'] {
  return linesOf(text).map((line) => {
    const [written = '', ...about] = line.split(':');
    const name = written.trim();
    return {
      name,
      about: about.join(':').trim(),
      ...(required.includes(name) ? { required: true } : {}),
    };
  });
}
