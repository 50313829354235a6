import { useState } from 'react';
import type { JudgeDefinition } from '../../shared/judge/judge-definition.ts';
import { client } from '../api/host.ts';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { JudgeComparisonPanel } from '../features/judges/JudgeComparisonPanel.tsx';
import { JudgeEditor } from '../features/judges/JudgeEditor.tsx';
import { JudgeReportView } from '../features/judges/JudgeReportView.tsx';
import { JudgeRunPanel } from '../features/judges/JudgeRunPanel.tsx';
import { PanelForm } from '../features/judges/PanelForm.tsx';
import { VersionList } from '../features/judges/VersionList.tsx';
import { useQuery } from '../state/query.ts';

/** What is open below the list. */
type Open =
  | { readonly what: 'edit'; readonly judge: string; readonly before: JudgeDefinition }
  | { readonly what: 'new' }
  | { readonly what: 'run' | 'report'; readonly judge: string };

/** The judges of a study: write them, run them, read how they did, and compare their versions. */
export function JudgesScreen({ studyId }: { readonly studyId: string }) {
  const { value: study } = useQuery('studies.show', { studyId });
  const { value: judges, error, reload } = useQuery('judges.list', { studyId });
  const [open, setOpen] = useState<Open | null>(null);
  const [note, setNote] = useState('');

  const edit = async (judge: string) => {
    const reply = await client.call('judges.definition', { studyId, judge });
    if (reply.ok) setOpen({ what: 'edit', judge, before: reply.value });
    else setNote(reply.error.message);
  };
  // Until the study is here, as a blind one.
  const isBlind = (study?.unblindedAt ?? null) === null;
  const isEditing = open?.what === 'edit' || open?.what === 'new';
  const members = judges === null ? [] : [...judges.imported, ...judges.versions.map(({ judge }) => judge)];
  const notRun = judges?.versions.flatMap(({ judge, judged }) => (judged === 0 ? [judge] : [])) ?? [];
  const names = [...members, ...(judges?.panels.map(({ judge }) => judge) ?? [])];
  return (
    <StudyPage
      studyId={studyId}
      study={study}
      place="judges"
      actions={
        <button type="button" className="primary" onClick={() => setOpen({ what: 'new' })}>
          New judge
        </button>
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {note !== '' && (
        <p role="status" className="callout">
          {note}
        </p>
      )}
      {isEditing && study !== null && (
        <JudgeEditor
          key={open.what === 'edit' ? open.judge : ''}
          studyId={studyId}
          scale={study.design.scale}
          judge={open.what === 'edit' ? open.judge : null}
          before={open.what === 'edit' ? open.before : null}
          onCancel={() => setOpen(null)}
          onKept={(judge, isNew) => {
            setNote(isNew ? `${judge} is kept.` : `Nothing was changed: this is ${judge}.`);
            setOpen({ what: 'run', judge });
          }}
        />
      )}
      {open?.what === 'run' && (
        <JudgeRunPanel key={open.judge} studyId={studyId} judge={open.judge} onClose={() => setOpen(null)} />
      )}
      {open?.what === 'report' && (
        <JudgeReportView
          key={open.judge}
          studyId={studyId}
          judge={open.judge}
          isBlind={isBlind}
          onRun={() => setOpen({ what: 'run', judge: open.judge })}
          onClose={() => setOpen(null)}
        />
      )}
      {judges !== null && judges.versions.length === 0 && !isEditing && (
        <section className="empty">
          <h2>No judge that can be run from here</h2>
          <p>
            Write one from a template and ask any OpenAI-compatible endpoint, or import verdicts made
            elsewhere. Nothing leaves this machine before a run is started.
          </p>
        </section>
      )}
      {judges !== null && judges.versions.length > 0 && (
        <section className="panel">
          <h2>Versions</h2>
          <VersionList
            versions={judges.versions}
            onRun={(judge) => setOpen({ what: 'run', judge })}
            onReport={(judge) => setOpen({ what: 'report', judge })}
            onEdit={(judge) => void edit(judge)}
          />
        </section>
      )}
      {judges !== null && judges.imported.length > 0 && (
        <p className="facts">Verdicts from elsewhere: {judges.imported.join(', ')}</p>
      )}
      {judges !== null && judges.panels.length > 0 && (
        <p className="facts">
          Panels: {judges.panels.map(({ judge, members }) => `${judge} (${members.join(', ')})`).join('; ')}
        </p>
      )}
      {members.length > 1 && !isEditing && (
        <PanelForm
          studyId={studyId}
          judges={members}
          onMade={(judge) => setNote(`${judge} is a judge of this study.`)}
        />
      )}
      {names.length > 1 && !isEditing && (
        <JudgeComparisonPanel
          key={names.join()}
          studyId={studyId}
          isBlind={isBlind}
          judges={names}
          notRun={notRun}
        />
      )}
    </StudyPage>
  );
}
