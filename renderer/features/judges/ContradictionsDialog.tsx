import { useState } from 'react';
import { labelWords } from '../../../shared/study/label-words.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { TableScroll } from '../../components/TableScroll.tsx';
import { useQuery } from '../../state/query.ts';

const PAGE = 5;

/** Replies that argue for one output and choose the other. Only for unblinded studies. */
export function ContradictionsDialog({
  studyId,
  judge,
  onClose,
}: {
  readonly studyId: string;
  readonly judge: string;
  readonly onClose: () => void;
}) {
  const [offset, setOffset] = useState(0);
  const { value, error } = useQuery('judges.contradictions', { studyId, judge, offset, limit: PAGE });
  return (
    <Dialog title={`${judge}: arguing for the other output`} onClose={onClose}>
      {error !== null && <ErrorNote error={error} />}
      {value !== null && error === null && (
        <>
          <p className="quiet">
            {value.total === 0
              ? 'No reply does.'
              : `${offset + 1} to ${offset + value.replies.length} of ${value.total.toLocaleString('en')}. Their verdicts stay what they are.`}
          </p>
          {value.replies.map(({ pair, order, sample, verdict, raw }) => (
            <figure key={`${pair} ${order} ${sample}`} className="sent-message">
              <figcaption>
                {pair}, {order === 'b_first' ? 'second output first' : 'first output first'}: read as{' '}
                {labelWords(verdict)}
              </figcaption>
              <TableScroll label={`Reply about ${pair}`}>
                <pre>{raw}</pre>
              </TableScroll>
            </figure>
          ))}
          <div className="button-row">
            <button type="button" disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
              Before
            </button>
            <button
              type="button"
              disabled={offset + PAGE >= value.total}
              onClick={() => setOffset(offset + PAGE)}
            >
              Next
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
