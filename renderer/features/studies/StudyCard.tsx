import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { ReplyOf } from '../../../shared/contract/methods.ts';
import type { StudySummary } from '../../../shared/contract/study-methods.ts';
import { client } from '../../api/host.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { LabelProgress } from '../../components/LabelProgress.tsx';
import { SyntheticBadge } from '../../components/SyntheticBadge.tsx';
import { countText, dayText } from '../../language/language.ts';
import { goTo } from '../../state/route.ts';
import { DeleteStudyDialog } from './DeleteStudyDialog.tsx';
import { RenameStudyDialog } from './RenameStudyDialog.tsx';

interface CardProps {
  readonly study: StudySummary;
  readonly onDeleted: (deleted: ReplyOf<'studies.delete'>) => void;
}

/** A study as one looks for it: how far it is, when somebody last voted, and what can be done with it as a whole. */
export function StudyCard({ study, onDeleted }: CardProps) {
  const { t } = useTranslation();
  const { labels, lastVoteAt } = study;
  return (
    <li className="study-card">
      <button
        type="button"
        className="card"
        onClick={() => goTo({ screen: 'study', studyId: study.studyId })}
      >
        <span className="card-title">
          <bdi>{study.name}</bdi> {study.isSynthetic && <SyntheticBadge />}
        </span>
        <span className="card-facts">
          {[
            countText('pair', study.pairs),
            countText('rater', study.raters),
            countText('vote', study.votes),
            countText('judge', study.judges),
            t(study.unblindedAt === null ? 'studies.blind' : 'studies.unblinded'),
          ].join(' · ')}
        </span>
        <span className="card-facts card-progress">
          <LabelProgress labels={labels} />
          <span>
            {lastVoteAt === null ? t('shelf.noVote') : t('shelf.lastVote', { time: dayText(lastVoteAt) })}
          </span>
          <span>{t('shelf.made', { time: dayText(study.createdAt) })}</span>
        </span>
      </button>
      <StudyMenu study={study} onDeleted={onDeleted} />
    </li>
  );
}

function StudyMenu({ study, onDeleted }: CardProps) {
  const { t } = useTranslation();
  const { studyId, name, archivedAt } = study;
  const menu = useRef<HTMLDetailsElement>(null);
  const [asks, setAsks] = useState<'name' | 'deletion' | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const close = () => {
    if (menu.current === null) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };
  const shelve = async () => {
    close();
    const reply = await client.call(archivedAt === null ? 'studies.archive' : 'studies.restore', { studyId });
    setProblem(reply.ok ? null : reply.error);
  };
  const ask = (what: 'name' | 'deletion') => {
    close();
    setAsks(what);
  };
  return (
    <>
      <details
        className="card-menu"
        ref={menu}
        onKeyDown={(event) => event.key === 'Escape' && close()}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
        }}
      >
        <summary aria-label={t('shelf.more', { name })}>⋯</summary>
        <div className="card-menu-items">
          <button type="button" onClick={() => ask('name')}>
            {t('shelf.rename')}
          </button>
          <button type="button" onClick={() => void shelve()}>
            {t(archivedAt === null ? 'shelf.archive' : 'shelf.restore')}
          </button>
          <button type="button" onClick={() => ask('deletion')}>
            {t('shelf.delete')}
          </button>
        </div>
      </details>
      {problem !== null && <ErrorNote error={problem} />}
      {asks === 'name' && <RenameStudyDialog study={study} onClose={() => setAsks(null)} />}
      {asks === 'deletion' && (
        <DeleteStudyDialog study={study} onClose={() => setAsks(null)} onDeleted={onDeleted} />
      )}
    </>
  );
}
