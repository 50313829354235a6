import { type ComponentType, type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { DESIGN_PARTS, type DesignPart, designSentences } from '../../../shared/report/design-sentences.ts';
import { type DesignPreset, designWithPreset } from '../../../shared/study/design-presets.ts';
import { client } from '../../api/host.ts';
import { failureText } from '../../language/failure-text.ts';
import { useTyped } from '../../state/typed.ts';
import { AnswerFields } from './AnswerFields.tsx';
import { CheckFields } from './CheckFields.tsx';
import { DesignPartView } from './DesignPartView.tsx';
import { type DesignDraft, designOfDraft, draftOfDesign, isSaved } from './design-draft.ts';
import { PaceFields } from './PaceFields.tsx';
import { PresetChoice } from './PresetChoice.tsx';
import type { PartFields } from './part-fields.ts';
import { RaterFields } from './RaterFields.tsx';
import { SaveBar } from './SaveBar.tsx';
import { TextFields } from './TextFields.tsx';

const FIELDS: Readonly<Record<DesignPart, ComponentType<PartFields>>> = {
  answers: AnswerFields,
  raters: RaterFields,
  checks: CheckFields,
  pace: PaceFields,
  texts: TextFields,
};

const FORM = 'design-rules';

/** The rules a study is run by, as sentences. A change of guideline or rubric makes their next version. */
export function RulesForm({ study }: { readonly study: StudyDetails }) {
  const { t } = useTranslation();
  const { studyId, knownAnswers } = study;
  const asSaved = draftOfDesign(study.design);
  const typed = useTyped<DesignDraft>(`design ${studyId}`, asSaved);
  const draft = typed.value;
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const [open, setOpen] = useState<readonly DesignPart[]>([]);
  const [filled, setFilled] = useState<{ label: string; before: DesignDraft } | null>(null);

  const type = (next: DesignDraft) => {
    setSaid('');
    setProblem('');
    setFilled(null);
    typed.type(next);
  };
  const settle = (settled: DesignDraft) => {
    setProblem('');
    setFilled(null);
    typed.settle(settled);
  };
  const choose = (preset: DesignPreset) => {
    if (preset.rules === null) return setOpen(DESIGN_PARTS);
    type({ ...draft, design: designWithPreset(draft.design, preset, study.votes > 0) });
    setFilled({ label: preset.label, before: draft });
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('studies.configure', { studyId, design: designOfDraft(draft) });
    if (!reply.ok) return setProblem(failureText(reply.error));
    settle(draftOfDesign(reply.value.design));
    setSaid('Saved.');
  };
  const sentences = designSentences(designOfDraft(draft), {
    answers: t(`scale.${draft.design.scale}`),
    knownAnswers,
  });
  return (
    <>
      <section className="panel" aria-label="Rules">
        <h2>Rules</h2>
        <PresetChoice onChoose={choose} />
        <p role="status" className="preset-filled">
          {filled !== null && (
            <>
              “{filled.label}” is filled in
              {study.votes > 0 && ', but for the scale, which the first vote fixed'}.{' '}
              <button type="button" onClick={() => type(filled.before)}>
                Put back what was there
              </button>
            </>
          )}
        </p>
        <form id={FORM} className="design-form" onSubmit={(event) => void save(event)}>
          {DESIGN_PARTS.map((part) => {
            const Fields = FIELDS[part];
            return (
              <DesignPartView
                key={part}
                sentence={sentences[part]}
                isOpen={open.includes(part)}
                onOpen={(isOpen) =>
                  setOpen((before) => [...before.filter((each) => each !== part), ...(isOpen ? [part] : [])])
                }
              >
                <Fields
                  draft={draft}
                  onDesign={(changes) => type({ ...draft, design: { ...draft.design, ...changes } })}
                  onDraft={(changes) => type({ ...draft, ...changes })}
                />
              </DesignPartView>
            );
          })}
        </form>
      </section>
      <SaveBar
        form={FORM}
        isUnsaved={said === '' && !isSaved(draft, study.design)}
        isFromBefore={typed.isFromBefore}
        said={said}
        problem={problem}
        onThrowAway={() => settle(asSaved)}
      />
    </>
  );
}
