import { lazy, Suspense, useState } from 'react';
import type { OpenComparison } from '../../../shared/contract/agreement-methods.ts';
import type { InputOf } from '../../../shared/contract/methods.ts';
import { labelWords } from '../../../shared/study/label-words.ts';
import { useActionKeys } from '../../actions/use-action-keys.ts';
import { client } from '../../api/host.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { RawTextToggle } from '../../components/RawTextToggle.tsx';
import { CLASS_NAMES } from '../../components/review/class-names.ts';
import { ReaderKeys } from '../../components/review/ReaderKeys.tsx';
import { QUEUE_ACTION, READER_ACTIONS, type ReaderAction } from '../../components/review/reader-actions.ts';
import { useQuery } from '../../state/query.ts';

const ConversationView = lazy(() =>
  import('../../components/ConversationView.tsx').then(({ ConversationView }) => ({
    default: ConversationView,
  })),
);

const ReadConversations = lazy(() =>
  import('../../components/ReadConversations.tsx').then(({ ReadConversations }) => ({
    default: ReadConversations,
  })),
);

const ACTIONS: readonly ReaderAction[] = [...READER_ACTIONS, QUEUE_ACTION];

/** The comparisons behind a figure, one at a time, those that part first. Only for unblinded studies. */
export function ComparisonsDialog({
  title,
  onClose,
  ...selected
}: Omit<InputOf<'agreement.comparisons'>, 'offset' | 'limit'> & {
  readonly title: string;
  readonly onClose: () => void;
}) {
  const [offset, setOffset] = useState(0);
  const { value, error, isOfBefore, reload } = useQuery('agreement.comparisons', {
    ...selected,
    offset,
    limit: 1,
  });
  const [said, setSaid] = useState({ problem: '', notice: '' });
  const [shown] = value?.comparisons ?? [];
  const total = value?.total ?? 0;
  const { studyId } = selected;
  const stepTo = (next: number) => setOffset(Math.min(Math.max(0, next), Math.max(0, total - 1)));
  const perform = async (action: ReaderAction) => {
    if (action.step !== undefined) {
      setSaid({ problem: '', notice: '' });
      stepTo(offset + action.step);
      return;
    }
    if (shown === undefined || isOfBefore) return;
    const { pair } = shown;
    const reply =
      action.queues === true
        ? await client.call('pairs.queue', { studyId, pairs: [pair] })
        : await client.call('disagreements.classify', { studyId, pair, class: action.class ?? null });
    setSaid(
      reply.ok ? { problem: '', notice: noticeOf(action) } : { problem: reply.error.message, notice: '' },
    );
    if (!reply.ok) return;
    // The same keys as where disagreements are read: what was said goes on to the next.
    if (action.class != null && offset + 1 < total) stepTo(offset + 1);
    else reload();
  };
  useActionKeys(ACTIONS, (action) => void perform(action), { isInDialog: true });
  return (
    <Dialog title={title} onClose={onClose} isWide>
      {error !== null && <ErrorNote error={error} />}
      {value === null && error === null && <p className="waiting">Loading …</p>}
      {value !== null && (
        <Suspense fallback={<p className="waiting">Loading …</p>}>
          <p className="quiet" role="status">
            {total === 0
              ? 'No comparison is behind this figure.'
              : `${(offset + 1).toLocaleString('en')} of ${total.toLocaleString('en')}${selected.filter.agree === undefined ? ', those that part first' : ''}. ${said.notice}`}
          </p>
          {shown !== undefined && (
            <>
              <ReaderKeys
                actions={ACTIONS}
                shownClass={shown.class}
                onAction={(action) => void perform(action)}
              />
              <FieldProblem text={said.problem} />
              <RawTextToggle />
              <div className="shown-comparison" aria-busy={isOfBefore}>
                <ComparisonView key={shown.id} comparison={shown} />
              </div>
            </>
          )}
        </Suspense>
      )}
    </Dialog>
  );
}

/** As the two outputs stand on the screen. */
const ORDER_NAMES: Readonly<Record<string, string>> = {
  a_first: 'the first output read first',
  b_first: 'the second output read first',
};

function noticeOf({ class: named, queues }: ReaderAction): string {
  if (queues === true) return 'Queued for adjudicators.';
  return named == null ? 'Its class was taken away.' : `${CLASS_NAMES[named]}.`;
}

function AgreementBadge({ agrees }: { readonly agrees: boolean | null }) {
  if (agrees === null) return null;
  return <span className={agrees ? 'badge-alike' : 'badge-apart'}>{agrees ? 'alike' : 'apart'}</span>;
}

function ComparisonView({ comparison }: { readonly comparison: OpenComparison }) {
  const { first, second, human, decisions, judge } = comparison;
  return (
    <article className="comparison">
      <h3>
        <AgreementBadge agrees={comparison.agrees} /> <code>{comparison.id}</code>{' '}
        <span className="quiet">
          {Object.entries(comparison.slices)
            .map(([name, value]) => `${name}: ${value}`)
            .join(' · ')}
        </span>
      </h3>
      <ReadConversations of={[comparison.task, first.output, second.output]}>
        <ConversationView conversation={comparison.task} plainRole="user" />
        <div className="comparison-sides">
          {[first, second].map(({ system, output }, index) => (
            <section key={index === 0 ? 'first' : 'second'}>
              <h4>
                {index === 0 ? 'First' : 'Second'}: {system}
              </h4>
              <ConversationView conversation={output} plainRole="assistant" />
            </section>
          ))}
        </div>
      </ReadConversations>
      <ul className="plain-list">
        {human.map((vote) => (
          <li key={vote.rater}>
            {vote.rater}: <strong>{labelWords(vote.verdict)}</strong>
            {vote.isExcluded && <span className="quiet"> · left out</span>}
            {vote.note !== null && <span className="quiet"> “{vote.note}”</span>}
          </li>
        ))}
        {decisions.map(({ by, verdict, note }) => (
          <li key={`adjudicator ${by}`}>
            {by}, adjudicator: <strong>{labelWords(verdict)}</strong>
            {note !== null && <span className="quiet"> “{note}”</span>}
          </li>
        ))}
        {judge.map((judgment) => (
          <li key={`${judgment.judge}|${judgment.order}`}>
            {judgment.judge} ({ORDER_NAMES[judgment.order] ?? judgment.order}):{' '}
            <strong>{labelWords(judgment.verdict)}</strong>
            {judgment.raw !== null && <span className="quiet"> {judgment.raw.slice(0, 400)}</span>}
          </li>
        ))}
      </ul>
    </article>
  );
}
