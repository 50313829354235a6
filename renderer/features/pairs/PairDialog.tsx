import { type ReactNode, useState } from 'react';
import type { PairDetails } from '../../../shared/contract/pair-methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { percentText } from '../../../shared/quality/share-text.ts';
import { client } from '../../api/host.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { ANSWER_NAMES, SaidOfPair, TextsOnSides } from '../../components/review/PairOnSides.tsx';
import { useQuery } from '../../state/query.ts';
import { MarkKnownForm } from './MarkKnownForm.tsx';
import { CHECK_NAMES, markText, REVIEW_NAMES, standingText } from './pair-words.ts';
import { ReasonForm } from './ReasonForm.tsx';

/** One pair with all that may be seen of it, and what can be decided about it. */
export function PairDialog({
  study,
  number,
  onStep,
  canStep,
  onClose,
}: {
  readonly study: StudyDetails;
  readonly number: number;
  readonly onStep: (step: 1 | -1) => void;
  readonly canStep: (step: 1 | -1) => boolean;
  readonly onClose: () => void;
}) {
  const { studyId } = study;
  const { value: pair, error, reload } = useQuery('pairs.show', { studyId, number });
  const steps = (
    <>
      <button type="button" disabled={!canStep(-1)} aria-keyshortcuts="ArrowLeft" onClick={() => onStep(-1)}>
        Earlier <span className="key">←</span>
      </button>
      <button type="button" disabled={!canStep(1)} aria-keyshortcuts="ArrowRight" onClick={() => onStep(1)}>
        Next <span className="key">→</span>
      </button>
    </>
  );
  return (
    <Dialog
      isWide
      title={`Pair ${number.toLocaleString('en')}`}
      onClose={onClose}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
        const isTyping =
          event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
        if (step === null || isTyping || !canStep(step)) return;
        event.preventDefault();
        onStep(step);
      }}
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {pair === null && error === null && <p className="waiting">Loading …</p>}
      {pair !== null && (
        <article className="comparison" data-pair={pair.pair}>
          <PairActions study={study} pair={pair} steps={steps} />
          <Facts pair={pair} />
          <TextsOnSides {...pair} />
          {pair.votes.length + pair.decisions.length + pair.judgments.length === 0 && (
            <p className="quiet">Nobody has said anything of it yet.</p>
          )}
          <SaidOfPair {...pair} />
          {study.unblindedAt === null && (
            <p className="quiet">
              The study is blind: the sides say nothing of who wrote what, and what judges said is not shown.
            </p>
          )}
        </article>
      )}
    </Dialog>
  );
}

function Facts({ pair }: { readonly pair: PairDetails }) {
  const { id, slices, split, known, reviews, draw, leavingOut, classVersion } = pair;
  const facts = [
    ...(id === null ? [] : [`id ${id}`]),
    standingText(pair),
    ...Object.entries(slices).map(([name, value]) => `${name}: ${value}`),
    split,
    ...(draw === null ? [] : [`drawn with a chance of ${percentText(draw.probability)}`]),
    ...(pair.class === null
      ? []
      : [`${markText({ ...pair, review: null })} (guideline version ${classVersion})`]),
    ...reviews.map(({ kind, isDecided }) => `${kind}: ${REVIEW_NAMES[isDecided ? 'decided' : 'waiting']}`),
  ];
  return (
    <>
      <p className="quiet">{facts.filter((fact) => fact !== '').join(' · ')}</p>
      {known !== null && (
        <p>
          Known answer ({CHECK_NAMES[known.stage]}): <strong>{ANSWER_NAMES[known.answer]}</strong>
          {known.explanation !== '' && <span className="quiet"> “{known.explanation}”</span>}
        </p>
      )}
      {leavingOut.length > 0 && (
        <ul className="plain-list">
          {leavingOut.map(({ isLeftOut, reason, decidedAt }) => (
            <li key={`${decidedAt} ${isLeftOut}`}>
              {isLeftOut ? 'Left out' : 'Counted again'} on {new Date(decidedAt).toLocaleString('en')}: “
              {reason}”
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function PairActions({
  study,
  pair,
  steps,
}: {
  readonly study: StudyDetails;
  readonly pair: PairDetails;
  readonly steps: ReactNode;
}) {
  const [act, setAct] = useState<'decide' | 'know' | null>(null);
  const [said, setSaid] = useState({ problem: '', notice: '' });
  const { studyId } = study;
  const { isLeftOut } = pair;
  const pairs = [pair.pair];
  const finish = (reply: { ok: true } | { ok: false; error: { message: string } }, notice: string) => {
    setSaid(reply.ok ? { problem: '', notice } : { problem: reply.error.message, notice: '' });
    if (reply.ok) setAct(null);
    return reply.ok;
  };
  return (
    <>
      <div className="button-row">
        {steps}
        <button type="button" onClick={() => setAct(act === 'decide' ? null : 'decide')}>
          {isLeftOut ? 'Count again …' : 'Leave out …'}
        </button>
        {pair.known === null && !isLeftOut && (
          <>
            <button type="button" onClick={() => setAct(act === 'know' ? null : 'know')}>
              Its answer is known …
            </button>
            {pair.review === null && pair.decisions.length === 0 && (
              <button
                type="button"
                onClick={() =>
                  void client
                    .call('pairs.queue', { studyId, pairs })
                    .then((reply) => finish(reply, 'Queued for adjudicators.'))
                }
              >
                Queue for adjudicators
              </button>
            )}
          </>
        )}
      </div>
      {act === 'decide' && (
        <ReasonForm
          place={`${studyId} ${pair.pair}`}
          act={isLeftOut ? 'Count it again' : 'Leave it out'}
          onCancel={() => setAct(null)}
          onReason={async (reason) =>
            finish(
              await client.call(isLeftOut ? 'pairs.takeBack' : 'pairs.leaveOut', { studyId, pairs, reason }),
              isLeftOut ? 'It counts again.' : 'It is left out.',
            )
          }
        />
      )}
      {act === 'know' && (
        <MarkKnownForm
          study={study}
          onCancel={() => setAct(null)}
          onKnown={async (known) =>
            finish(
              await client.call('pairs.markKnown', { studyId, pair: pair.pair, ...known }),
              'Its answer is known now.',
            )
          }
        />
      )}
      <FieldProblem text={said.problem} />
      {said.notice !== '' && (
        <p role="status" className="quiet">
          {said.notice}
        </p>
      )}
    </>
  );
}
