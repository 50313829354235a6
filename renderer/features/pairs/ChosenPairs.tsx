import { useState } from 'react';
import { PAIRS_CHANGED, PAIRS_SHOWN } from '../../../shared/pairs/pair-limits.ts';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { ReasonForm } from './ReasonForm.tsx';

/** What can be done to the pairs that are chosen in the table. */
export function ChosenPairs({
  studyId,
  numbers,
  others,
  onDone,
  onAll,
  onNone,
}: {
  readonly studyId: string;
  readonly numbers: ReadonlySet<number>;
  /** How many more could be chosen. */
  readonly others: number;
  readonly onDone: () => void;
  readonly onAll: () => void;
  readonly onNone: () => void;
}) {
  const [act, setAct] = useState<'leaveOut' | 'takeBack' | null>(null);
  const [said, setSaid] = useState({ problem: '', notice: '' });
  const isTooMany = numbers.size > PAIRS_CHANGED;
  const finish = (problem: string | null, notice: string) => {
    setSaid({ problem: problem ?? '', notice: problem === null ? notice : '' });
    if (problem !== null) return false;
    setAct(null);
    onDone();
    return true;
  };
  const perform = async (name: 'pairs.leaveOut' | 'pairs.takeBack', reason: string) => {
    const pairs = await pairsOf(studyId, [...numbers]);
    const reply = await client.call(name, { studyId, pairs, reason });
    return finish(
      reply.ok ? null : reply.error.message,
      `${countText(numbers.size)} ${name === 'pairs.leaveOut' ? 'left out' : 'counted again'}.`,
    );
  };
  const queue = async () => {
    const reply = await client.call('pairs.queue', { studyId, pairs: await pairsOf(studyId, [...numbers]) });
    finish(
      reply.ok ? null : reply.error.message,
      reply.ok ? `${countText(reply.value.pairs)} queued for adjudicators.` : '',
    );
  };
  if (numbers.size === 0)
    return (
      <p className="quiet" role="status">
        {said.notice === '' ? 'Enter or a click opens a pair, Space or its box chooses it.' : said.notice}
      </p>
    );
  return (
    <div className="chosen-pairs" role="toolbar" aria-label="Chosen pairs">
      <strong>{countText(numbers.size)} chosen</strong>
      <button type="button" disabled={isTooMany} onClick={() => setAct('leaveOut')}>
        Leave out …
      </button>
      <button type="button" disabled={isTooMany} onClick={() => setAct('takeBack')}>
        Count again …
      </button>
      <button type="button" disabled={isTooMany} onClick={() => void queue()}>
        Queue for adjudicators
      </button>
      {others > 0 && numbers.size + others <= PAIRS_CHANGED && (
        <button type="button" className="quiet-button" onClick={onAll}>
          Choose all {(numbers.size + others).toLocaleString('en')}
        </button>
      )}
      <button type="button" className="quiet-button" onClick={onNone}>
        Choose none
      </button>
      {act !== null && (
        <ReasonForm
          key={act}
          place={`${studyId} ${act}`}
          act={
            act === 'leaveOut'
              ? `Leave ${countText(numbers.size)} out`
              : `Count ${countText(numbers.size)} again`
          }
          onReason={(reason) => perform(`pairs.${act}`, reason)}
          onCancel={() => setAct(null)}
        />
      )}
      <FieldProblem
        text={isTooMany ? `${PAIRS_CHANGED.toLocaleString('en')} at a time, at most.` : said.problem}
      />
    </div>
  );
}

function countText(count: number): string {
  return count === 1 ? '1 pair' : `${count.toLocaleString('en')} pairs`;
}

/** Rows of the store behind numbers of the study. */
async function pairsOf(studyId: string, numbers: readonly number[]): Promise<number[]> {
  const pairs: number[] = [];
  for (let from = 0; from < numbers.length; from += PAIRS_SHOWN) {
    const reply = await client.call('pairs.list', {
      studyId,
      numbers: numbers.slice(from, from + PAIRS_SHOWN),
    });
    if (reply.ok) pairs.push(...reply.value.map(({ pair }) => pair));
  }
  return pairs;
}
