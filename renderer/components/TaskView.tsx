import { memo, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../shared/study/conversation.ts';
import { placeOfQuestion } from '../../shared/study/place-of-question.ts';
import { numberText, type Translate } from '../language/language.ts';
import { ConversationView } from './ConversationView.tsx';
import { TURNS_SHOWN, Turns } from './Turns.tsx';

/** Turns that came before the question, in words. */
export function earlierTurnsText(t: Translate, task: Conversation): string {
  const earlier = task.slice(0, placeOfQuestion(task));
  const turns = earlier.filter(({ role }) => role !== 'system').length;
  const named = t('task.earlierTurns', { count: turns, number: numberText(turns) });
  if (turns === earlier.length) return named;
  return turns === 0 ? t('pair.instructions') : t('task.instructionsAnd', { turns: named });
}

/** A task that opens at its question. Turns before it are folded, and come where they are asked for. */
export const TaskView = memo(function TaskView({
  task,
  showsEarlier,
  isShown,
  scroller,
  onToggle,
}: {
  readonly task: Conversation;
  readonly showsEarlier: boolean;
  /** Whether it is on screen: what is only prepared has no place to scroll to. */
  readonly isShown: boolean;
  /** What scrolls it. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onToggle: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [turns, setTurns] = useState(TURNS_SHOWN);
  const question = placeOfQuestion(task);
  const wasOpen = useRef(showsEarlier);
  // Who unfolds turns reads on from their beginning; the next task opens at its question again.
  useLayoutEffect(() => {
    const isChangedHere = showsEarlier !== wasOpen.current;
    wasOpen.current = showsEarlier;
    const text = scroller.current;
    // A task that is folded begins at its question of its own.
    if (!isShown || text === null || question === 0 || (!showsEarlier && !isChangedHere)) return;
    const asked = text.querySelector<HTMLElement>('.question');
    const top = isChangedHere || asked === null ? 0 : asked.offsetTop - text.offsetTop;
    text.scrollTo({ top, behavior: 'instant' });
  }, [showsEarlier, isShown, question, scroller]);
  if (question === 0) return <ConversationView conversation={task} plainRole="user" />;
  const first = Math.max(0, question - turns);
  return (
    <>
      <button
        type="button"
        className="earlier-turns"
        aria-expanded={showsEarlier}
        aria-controls={showsEarlier ? id : undefined}
        onClick={onToggle}
      >
        {earlierTurnsText(t, task)}
      </button>
      {showsEarlier && first > 0 && (
        <p className="reading-note">
          <button type="button" onClick={() => setTurns(turns + TURNS_SHOWN)}>
            {t('shown.moreTurns', { number: numberText(first) })}
          </button>
        </p>
      )}
      {showsEarlier && <Turns id={id} of={task.slice(first, question)} />}
      <div className="question">
        <Turns of={task.slice(question)} />
      </div>
    </>
  );
});
