import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RatingAction } from '../../actions/rating-action.ts';
import { useOwnClicks } from '../../actions/use-own-clicks.ts';
import { client } from '../../api/host.ts';
import { failureText } from '../../language/failure-text.ts';
import { numberText, timeText } from '../../language/language.ts';
import { afterPaint } from '../../state/after-paint.ts';
import { useQuery } from '../../state/query.ts';
import { Dialog } from '../Dialog.tsx';
import { ErrorNote } from '../ErrorNote.tsx';
import { FieldProblem } from '../FieldProblem.tsx';
import { answerWords, recordedWords } from './answer-words.ts';
import { SmallPair } from './SmallPair.tsx';

const PAGE = 20;

/** The rater's own votes: found again by their words, and changed until their block is closed. */
export function MyWorkDialog({
  session,
  guidelineVersion,
  minimumViewingMs,
  answers,
  onChanged,
  onClose,
}: {
  readonly session: string;
  /** Of the guideline the rater has read, which a changed vote follows. */
  readonly guidelineVersion: number;
  /** How long a pair is to be seen before it is answered, here too. */
  readonly minimumViewingMs: number;
  /** The answers the study offers. */
  readonly answers: readonly RatingAction[];
  /** Told what was answered, in words. */
  readonly onChanged: (answer: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const { value, error, reload } = useQuery('rating.history', { session, search, offset, limit: PAGE });
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSearch(String(new FormData(event.currentTarget).get('words') ?? ''));
    setOffset(0);
  };
  if (open !== null) {
    return (
      <Revisit
        session={session}
        guidelineVersion={guidelineVersion}
        minimumViewingMs={minimumViewingMs}
        presentationId={open}
        answers={answers}
        onBack={() => setOpen(null)}
        onChanged={(answer) => {
          setOpen(null);
          reload();
          onChanged(answer);
        }}
        onClose={onClose}
      />
    );
  }
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
                <button type="button" className="own-vote" onClick={() => setOpen(vote.presentationId)}>
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

function Revisit({
  session,
  guidelineVersion,
  minimumViewingMs,
  presentationId,
  answers,
  onBack,
  onChanged,
  onClose,
}: {
  readonly session: string;
  readonly guidelineVersion: number;
  readonly minimumViewingMs: number;
  readonly presentationId: string;
  readonly answers: readonly RatingAction[];
  readonly onBack: () => void;
  readonly onChanged: (answer: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { value, error, reload } = useQuery('rating.revisit', { session, presentationId });
  const [problem, setProblem] = useState('');
  const { onPress, pressTimeOf } = useOwnClicks(presentationId);
  const shownAt = useRef(Number.POSITIVE_INFINITY);
  const isRead = value !== null;
  useEffect(() => {
    if (!isRead) return undefined;
    return afterPaint(() => {
      shownAt.current = performance.now();
    });
  }, [isRead]);
  const change = async ({ answer, strength }: RatingAction, at: number) => {
    if (answer === undefined || value === null) return;
    if (at - shownAt.current < minimumViewingMs) {
      setProblem(t('notice.tooSoon'));
      return;
    }
    const { note, confidence, details } = value;
    const reply = await client.call('rating.submit', {
      session,
      commandId: crypto.randomUUID(),
      presentationId,
      answer,
      viewedMs: Math.round(performance.now() - shownAt.current),
      revises: true,
      guidelineVersion,
      details,
      ...(strength === undefined ? {} : { strength }),
      ...(note === null ? {} : { note }),
      ...(confidence === null ? {} : { confidence }),
    });
    if (reply.ok) onChanged(recordedWords(t, { answer, strength: strength ?? null }));
    else setProblem(failureText(reply.error));
  };
  return (
    <Dialog title={t('work.one')} isWide onClose={onClose}>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {value !== null && (
        <>
          <SmallPair pair={value.pair} />
          <p>
            {t('work.yourAnswer', { answer: answerWords(t, value.answer, value.strength) })}{' '}
            {value.note !== null && t('work.yourComment', { note: value.note })}
          </p>
          {value.canChange ? (
            <fieldset className="inline-form change-answer" onPointerDown={onPress}>
              <legend>{t('work.changeTo')}</legend>
              {answers
                .filter(({ answer }) => answer !== undefined && answer !== 'skipped')
                .map((action) => (
                  <button
                    key={action.id}
                    type="button"
                    aria-pressed={
                      action.answer === value.answer && (action.strength ?? null) === value.strength
                    }
                    onClick={(event) => {
                      const at = pressTimeOf(event);
                      if (at !== null) void change(action, at);
                    }}
                  >
                    {t(`action.${action.id}.label`)}
                  </button>
                ))}
            </fieldset>
          ) : (
            <p className="quiet">{t('work.isFinal')}</p>
          )}
          <FieldProblem text={problem} />
        </>
      )}
      <div className="button-row">
        <button type="button" onClick={onBack}>
          {t('work.toList')}
        </button>
      </div>
    </Dialog>
  );
}
