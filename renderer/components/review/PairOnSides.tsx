/** A pair as the lead reads it: texts on sides that say nothing of its order, and all that was said of it. */
import { useRef, useState } from 'react';
import type { PairDetails } from '../../../shared/contract/pair-methods.ts';
import { ConversationView } from '../ConversationView.tsx';
import { RawTextToggle } from '../RawTextToggle.tsx';
import { ReadConversations } from '../ReadConversations.tsx';
import { TaskView } from '../TaskView.tsx';

export const ANSWER_NAMES = {
  left: 'left',
  right: 'right',
  tie: 'a tie',
  both_bad: 'both bad',
  skipped: 'skipped',
  inconsistent: 'inconsistent',
  unparsed: 'not read',
  error: 'no reply',
} as const;

/** The task above both outputs; with systems once the study is unblinded. */
export function TextsOnSides({ task, left, right }: Pick<PairDetails, 'task' | 'left' | 'right'>) {
  const taskPane = useRef<HTMLElement>(null);
  const [showsEarlierTurns, setShowsEarlierTurns] = useState(false);
  return (
    <ReadConversations of={[task, left.output, right.output]}>
      <RawTextToggle />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <section className="task" aria-label="Task" tabIndex={0} ref={taskPane}>
        <TaskView
          task={task}
          isShown
          showsEarlier={showsEarlierTurns}
          scroller={taskPane}
          onToggle={() => setShowsEarlierTurns(!showsEarlierTurns)}
        />
      </section>
      <div className="comparison-sides">
        {(
          [
            ['Left', left],
            ['Right', right],
          ] as const
        ).map(([side, { output, system }]) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
          <section key={side} aria-label={side} tabIndex={0}>
            <h3>{system === null ? side : `${side}: ${system}`}</h3>
            <ConversationView conversation={output} plainRole="assistant" />
          </section>
        ))}
      </div>
    </ReadConversations>
  );
}

/** Votes with notes, decisions of adjudicators and, once the study is unblinded, what judges said. */
export function SaidOfPair({
  votes,
  decisions,
  judgments,
}: Pick<PairDetails, 'votes' | 'decisions' | 'judgments'>) {
  return (
    <ul className="plain-list votes">
      {votes.map(({ rater, answer, strength, confidence, note, guidelineVersion, isExcluded }) => (
        <li key={rater}>
          {rater}: <strong>{ANSWER_NAMES[answer]}</strong>
          <span className="quiet">
            {[
              ...(strength === null ? [] : [`strength ${strength}`]),
              ...(confidence === null ? [] : [`sureness ${confidence} of 3`]),
              ...(guidelineVersion === null ? [] : [`guideline ${guidelineVersion}`]),
              ...(isExcluded ? ['left out'] : []),
            ]
              .map((text) => ` · ${text}`)
              .join('')}
            {note !== null && ` “${note}”`}
          </span>
        </li>
      ))}
      {decisions.map(({ by, answer, note, isChanged }) => (
        <li key={`adjudicator ${by}`}>
          {by}, adjudicator: <strong>{ANSWER_NAMES[answer]}</strong>
          <span className="quiet">
            {isChanged && ' · changed after the votes were shown'}
            {note !== null && ` “${note}”`}
          </span>
        </li>
      ))}
      {judgments.map(({ judge, shownFirst, sample, answer, score, rationale }) => (
        <li key={`${judge}|${shownFirst}|${sample}`}>
          {judge}
          {shownFirst !== null && ` (${shownFirst} shown first)`}: <strong>{ANSWER_NAMES[answer]}</strong>
          {score !== null && <span className="quiet"> · {score}</span>}
          {rationale !== null && (
            <details>
              <summary>Its reply</summary>
              <p className="rationale">{rationale}</p>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
