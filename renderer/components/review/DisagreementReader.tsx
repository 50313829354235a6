import { useState } from 'react';
import type { Disagreement } from '../../../shared/contract/review-methods.ts';
import { percentText } from '../../../shared/quality/share-text.ts';
import type { DisagreementClass } from '../../../shared/review/disagreement-class.ts';
import { useActionKeys } from '../../actions/use-action-keys.ts';
import { client } from '../../api/host.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { FieldProblem } from '../FieldProblem.tsx';
import { CLASS_NAMES } from './class-names.ts';
import type { Filter } from './filter.ts';
import { ANSWER_NAMES, SaidOfPair, TextsOnSides } from './PairOnSides.tsx';
import { ReaderKeys } from './ReaderKeys.tsx';
import { READER_ACTIONS, type ReaderAction } from './reader-actions.ts';

/** One disagreement at a time, with everything that was said of it. A key says why people part, and goes on. */
export function DisagreementReader({
  studyId,
  filter,
  offset,
  onOffset,
}: {
  readonly studyId: string;
  readonly filter: Filter;
  readonly offset: number;
  readonly onOffset: (offset: number) => void;
}) {
  const {
    value: page,
    error,
    isLoading,
    reload,
  } = useQuery('disagreements.find', {
    studyId,
    filter,
    offset,
    limit: 1,
  });
  const [problem, setProblem] = useState('');
  const [notice, setNotice] = useState('');
  const shown = page?.disagreements[0];
  const total = page?.total ?? 0;
  const classify = async (chosen: DisagreementClass | null) => {
    if (shown === undefined || isLoading) return;
    const reply = await client.call('disagreements.classify', { studyId, pair: shown.pair, class: chosen });
    setProblem(reply.ok ? '' : reply.error.message);
    if (!reply.ok) return;
    setNotice(chosen === null ? 'Its class was taken away.' : `${CLASS_NAMES[chosen]}.`);
    // Where the pair no longer fits the filter, the next one comes to its place.
    const isGone = filter.class !== undefined && filter.class !== (chosen ?? 'none');
    if (isGone || offset + 1 >= total) reload();
    else onOffset(offset + 1);
  };
  const perform = (action: ReaderAction) => {
    if (action.class !== undefined) void classify(action.class);
    else if (action.step !== undefined && !isLoading)
      onOffset(Math.min(Math.max(0, offset + action.step), Math.max(0, total - 1)));
  };
  useActionKeys(READER_ACTIONS, perform);
  if (page === null) {
    return error === null ? (
      <p className="waiting">Looking …</p>
    ) : (
      <ErrorNote error={error} onRetry={reload} />
    );
  }
  if (shown === undefined) {
    return (
      <>
        {error !== null && <ErrorNote error={error} onRetry={reload} />}
        <p role="status">
          {total > 0
            ? 'That was the last one.'
            : Object.keys(filter).length > 0
              ? 'No disagreement fits.'
              : 'No pair yet on which two votes part.'}{' '}
          {offset > 0 && (
            <button type="button" onClick={() => onOffset(Math.max(0, total - 1))}>
              Back to the last one
            </button>
          )}
        </p>
      </>
    );
  }
  return (
    <div className="reader" aria-busy={isLoading}>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      <p className="quiet" role="status">
        {(offset + 1).toLocaleString('en')} of {total.toLocaleString('en')}, {page.classified} of them
        classified. {notice}
      </p>
      <DisagreementView disagreement={shown} />
      <ReaderKeys actions={READER_ACTIONS} shownClass={shown.class} onAction={perform} />
      <FieldProblem text={problem} />
    </div>
  );
}

function DisagreementView({ disagreement }: { readonly disagreement: Disagreement }) {
  const { slices, lengthGap, label, classVersion } = disagreement;
  const facts = [
    ...Object.entries(slices).map(([name, value]) => `${name}: ${value}`),
    `length gap ${percentText(lengthGap)}`,
    label === null ? 'no majority' : `majority: ${ANSWER_NAMES[label]}`,
    ...(disagreement.class === null
      ? []
      : [`${CLASS_NAMES[disagreement.class]} (guideline version ${classVersion})`]),
  ];
  return (
    <article className="comparison" data-pair={disagreement.pair}>
      <p className="quiet">{facts.join(' · ')}</p>
      <TextsOnSides {...disagreement} />
      <SaidOfPair {...disagreement} />
    </article>
  );
}
