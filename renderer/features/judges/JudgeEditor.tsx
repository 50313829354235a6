import { type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import type { JudgeDefinition } from '../../../shared/judge/judge-definition.ts';
import type { VerdictScale } from '../../../shared/study/verdict.ts';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { TypedBefore } from '../../components/TypedBefore.tsx';
import {
  definitionOfDraft,
  draftOfDefinition,
  draftOfTemplate,
  type JudgeDraft,
} from '../../state/judge-draft.ts';
import { useQuery } from '../../state/query.ts';
import { useTyped } from '../../state/typed.ts';
import { judgeFailureText } from './definition-words.ts';
import { JudgeDetailFields } from './JudgeDetailFields.tsx';
import { JudgeFields } from './JudgeFields.tsx';
import { JudgePreview } from './JudgePreview.tsx';

/** What no prompt holds, so that a preview is there before it is typed. */
const UNSENT = { name: 'preview', model: 'preview', endpoint: 'http://127.0.0.1/v1' } as const;

/** The template that answers as people do. A judge that says “both bad” is written by whoever wants one. */
const TEMPLATE_FOR: Readonly<Record<VerdictScale, string>> = {
  two_way: 'pairwise-forced',
  with_tie: 'pairwise-with-tie',
  with_tie_and_both_bad: 'pairwise-with-tie',
  graded_5: 'pairwise-graded',
  graded_7: 'pairwise-graded',
};

/** Writes a judge, from a template or from an earlier version, beside the prompt it makes. */
export function JudgeEditor({
  studyId,
  scale,
  judge,
  before,
  onKept,
  onCancel,
}: {
  readonly studyId: string;
  /** By which people answer. */
  readonly scale: VerdictScale;
  /** The name of the version that is changed; null for a new judge. */
  readonly judge: string | null;
  /** The version that is changed; null for a new judge. */
  readonly before: JudgeDefinition | null;
  readonly onKept: (judge: string, isNew: boolean) => void;
  readonly onCancel: () => void;
}) {
  const { value: templates } = useQuery('judges.templates', {});
  const asKept = useMemo(() => (before === null ? null : draftOfDefinition(before)), [before]);
  const typed = useTyped<JudgeDraft | null>(`judge ${studyId} ${judge ?? ''}`, asKept);
  const suggested = before === null ? templates?.find(({ id }) => id === TEMPLATE_FOR[scale]) : undefined;
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  // Nothing is typed yet: a new judge begins with the template for its study.
  const started = useMemo(
    () => (suggested === undefined ? null : draftOfTemplate(suggested, null)),
    [suggested],
  );
  const draft = typed.value ?? started;
  const templateId = chosen ?? (typed.value === null ? (suggested?.id ?? '') : '');
  const template = templates?.find(({ id }) => id === templateId);
  const shown = useDeferredValue(draft);
  const preview = useMemo(() => (shown === null ? null : definitionOfDraft(shown)), [shown]);

  const choose = (id: string) => {
    setChosen(id);
    const from = templates?.find((each) => each.id === id);
    if (from !== undefined) typed.type(draftOfTemplate(from, draft));
  };
  const change = (changes: Partial<JudgeDraft>) => {
    if (draft === null) return;
    setChosen(templateId);
    setProblem('');
    typed.type({ ...draft, ...changes });
  };
  const letGo = () => {
    setChosen(null);
    setProblem('');
    typed.settle(asKept);
  };
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (draft === null) return;
    const made = definitionOfDraft(draft);
    if ('problem' in made) return setProblem(made.problem);
    const reply = await client.call('judges.keep', { studyId, definition: made.definition });
    if (!reply.ok) return setProblem(judgeFailureText(reply.error));
    letGo();
    onKept(reply.value.judge, reply.value.isNew);
  };

  return (
    <div className="judge-editor">
      <form className="panel stacked-form" onSubmit={(event) => void keep(event)}>
        <h2>{before === null ? 'New judge' : `Next version of ${before.name}`}</h2>
        {before !== null && (
          <p className="quiet">
            A change makes a new version. What was judged before stays with its own version.
          </p>
        )}
        {typed.isFromBefore && <TypedBefore onThrowAway={letGo} />}
        <label>
          Template
          <select value={templateId} onChange={(event) => choose(event.target.value)}>
            {(templateId === '' || before !== null) && <option value="">as it is</option>}
            {templates?.map(({ id }) => (
              <option key={id} value={id}>
                {id.replaceAll('-', ' ')}
              </option>
            ))}
          </select>
        </label>
        {template !== undefined && <p className="quiet">{template.about}</p>}
        {draft !== null && (
          <>
            <JudgeFields draft={draft} onDraft={change} />
            <JudgeDetailFields draft={draft} onDraft={change} />
            <FieldProblem text={problem} />
          </>
        )}
        <div className="button-row">
          <button type="submit" className="primary" disabled={draft === null}>
            Keep
          </button>
          <button
            type="button"
            onClick={() => {
              letGo();
              onCancel();
            }}
          >
            Cancel
          </button>
        </div>
      </form>
      <JudgePreview
        studyId={studyId}
        definition={preview !== null && 'definition' in preview ? { ...preview.definition, ...UNSENT } : null}
      />
    </div>
  );
}
