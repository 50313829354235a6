import { useEffect, useRef } from 'react';
import type { ImportResult } from '../../../shared/contract/import-methods.ts';
import { goTo } from '../../state/route.ts';

/** Says that an import is done, and where to go from here. It takes the focus, so that nobody has to look for it. */
export function ImportDone({ result }: { readonly result: ImportResult & { readonly studyId: string } }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.scrollIntoView({ block: 'nearest' });
    heading.current?.focus({ preventScroll: true });
  }, []);
  const { studyId, counts, changedNothing } = result;
  const added = [
    [counts.pairsAdded, 'comparison'],
    [counts.votesAdded, 'vote'],
    [counts.judgmentsAdded, 'judge’s verdict'],
  ] as const;
  const said = added
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count.toLocaleString('en')} ${count === 1 ? what : PLURALS[what]}`)
    .join(', ');
  return (
    <div className="callout import-done">
      <h3 ref={heading} tabIndex={-1}>
        {changedNothing ? 'Nothing new: everything was there already' : `Imported: ${said}`}
      </h3>
      <div className="button-row">
        <button type="button" className="primary" onClick={() => goTo({ screen: 'study', studyId })}>
          Open the study
        </button>
        <button type="button" onClick={() => goTo({ screen: 'agreement', studyId })}>
          See agreement
        </button>
        <button type="button" onClick={() => goTo({ screen: 'rate', studyId })}>
          Rate
        </button>
      </div>
    </div>
  );
}

const PLURALS = {
  comparison: 'comparisons',
  vote: 'votes',
  'judge’s verdict': 'judges’ verdicts',
} as const;
