import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureText } from '../../language/failure-text.ts';
import { numberText, timeText } from '../../language/language.ts';
import { useQuery } from '../../state/query.ts';
import { reopenVote } from '../../state/rating.ts';
import { Dialog } from '../Dialog.tsx';
import { ErrorNote } from '../ErrorNote.tsx';
import { FieldProblem } from '../FieldProblem.tsx';
import { answerWords } from './answer-words.ts';

const PAGE = 20;

/** The rater's own votes, found again by their words. One is opened as its pair was; it is changed until its block is closed. */
export function MyWorkDialog({
  session,
  onClose,
}: {
  readonly session: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [problem, setProblem] = useState('');
  const { value, error, reload } = useQuery('rating.history', { session, search, offset, limit: PAGE });
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSearch(String(new FormData(event.currentTarget).get('words') ?? ''));
    setOffset(0);
  };
  const reopen = async (presentationId: string) => {
    const failure = await reopenVote(presentationId);
    if (failure === null) onClose();
    else setProblem(failureText(failure));
  };
  return (
    <Dialog title={t('work.title')} isWide onClose={onClose}>
      <form className="inline-form" onSubmit={find}>
        <label>
          {t('work.words')}
          <input name="words" defaultValue={search} maxLength={200} />
        </label>
        <button type="submit">{t('work.find')}</button>
      </form>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      <FieldProblem text={problem} />
      {value !== null && (
        <>
          <p className="quiet" role="status">
            {value.total === 0
              ? t('work.none')
              : t('work.found', { count: value.total, number: numberText(value.total) })}
          </p>
          {!value.isAll && <p className="quiet">{t('work.notAll')}</p>}
          <ul className="own-votes">
            {value.votes.map((vote) => (
              <li key={vote.presentationId}>
                <button type="button" className="own-vote" onClick={() => void reopen(vote.presentationId)}>
                  <span className="own-vote-task" dir="auto">
                    {vote.task}
                  </span>
                  <span className="quiet">
                    {[
                      answerWords(t, vote.answer, vote.strength),
                      timeText(vote.recordedAt),
                      ...(vote.changes > 0
                        ? [t('work.changed', { count: vote.changes, number: numberText(vote.changes) })]
                        : []),
                      ...(vote.note === null ? [] : [`“${vote.note}”`]),
                      ...(vote.canChange ? [] : [t('work.final')]),
                    ].join(' · ')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <div className="button-row">
            <button
              type="button"
              disabled={offset === 0}
              onClick={() => setOffset(Math.max(0, offset - PAGE))}
            >
              {t('work.newer')}
            </button>
            <button
              type="button"
              disabled={offset + PAGE >= value.total}
              onClick={() => setOffset(offset + PAGE)}
            >
              {t('work.older')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
