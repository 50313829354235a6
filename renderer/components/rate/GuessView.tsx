import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { InputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { guessActions, type KeyedAction } from '../../actions/rating-action.ts';
import { useActionKeys } from '../../actions/use-action-keys.ts';
import { client } from '../../api/host.ts';
import { numberText } from '../../language/language.ts';
import { useMedia } from '../../reading/use-media.ts';
import { useSettings } from '../../state/settings.ts';
import { ConversationView } from '../ConversationView.tsx';
import { ErrorNote } from '../ErrorNote.tsx';
import { PairView } from '../PairView.tsx';
import { ActionBar } from './ActionBar.tsx';
import { ONE_SIDE, PairFrame } from './PairFrame.tsx';

type Turn = ReplyOf<'guess.next'>;

/** The last questions: which side was written by whoever wrote the text above. Names are never said. */
export function GuessView({ session, onEnd }: { readonly session: string; readonly onEnd: () => void }) {
  const { t } = useTranslation();
  const { keys } = useSettings();
  const hasTabs = useMedia(ONE_SIDE);
  const frame = useRef<HTMLDivElement>(null);
  const [turn, setTurn] = useState<Turn | null>(null);
  const [error, setError] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);
  /** When the question came, by performance.now(): a press that began before was meant for the one before. */
  const cameAt = useRef(0);
  const take = (reply: Awaited<ReturnType<typeof ask>>) => {
    setIsSending(false);
    if (reply.ok) {
      setError(null);
      setTurn(reply.value);
      cameAt.current = performance.now();
    } else setError(reply.error);
  };
  const ask = () => client.call('guess.next', { session });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each session
  useEffect(() => {
    void ask().then(take);
  }, [session]);
  const answer = (said: InputOf<'guess.answer'>['answer']) => {
    if (turn?.guess == null || isSending) return;
    setIsSending(true);
    void client.call('guess.answer', { session, guessId: turn.guess.guessId, answer: said }).then(take);
  };
  const actions = guessActions(keys);
  const answerBy = ({ id }: KeyedAction, pressedAt: number) => {
    if (pressedAt < cameAt.current) return;
    if (id === 'left' || id === 'right' || id === 'cannot_tell') answer(id);
  };
  useActionKeys(turn?.guess == null ? [] : actions, answerBy);
  if (turn !== null && turn.guess === null) {
    return (
      <section className="rate-message">
        <h2>{t('guess.thanks')}</h2>
        <button type="button" className="primary" onClick={onEnd}>
          {t('guess.end')}
        </button>
      </section>
    );
  }
  return (
    <>
      {error !== null && <ErrorNote error={error} onRetry={() => void ask().then(take)} />}
      {turn?.guess != null && (
        <>
          <div className="guess">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
            <section className="pane" aria-label={t('guess.sample')} tabIndex={0}>
              <h2>{t('guess.sample')}</h2>
              <ConversationView conversation={turn.guess.sample} plainRole="assistant" />
            </section>
            <PairFrame shownId={turn.guess.guessId} hasTabs={hasTabs} frame={frame}>
              <PairView
                key={turn.guess.guessId}
                presentation={turn.guess.pair}
                isShown
                isLinked={false}
                differences="off"
                hasTabs={hasTabs}
              />
            </PairFrame>
          </div>
          <footer className="rate-actions">
            <p className="guess-question" role="status">
              {t('guess.question')}{' '}
              <span className="quiet">
                {t('guess.left', { count: turn.left, number: numberText(turn.left) })}
              </span>
            </p>
            <ActionBar shownId={turn.guess.guessId} actions={actions} onAction={answerBy}>
              <button type="button" className="quiet-button" data-needed="" onClick={onEnd}>
                {t('guess.end')}
              </button>
            </ActionBar>
          </footer>
        </>
      )}
    </>
  );
}
