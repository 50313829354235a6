import { useState } from 'react';
import type { ConsensusReport } from '../../../shared/contract/quality-methods.ts';
import { percentText, wholePercent } from '../../../shared/quality/share-text.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';

const RULE_NAMES: Readonly<Record<ConsensusReport['rules'][number]['rule'], string>> = {
  majority: 'majority',
  unanimous: 'unanimous only',
  plurality_or_tie: 'plurality, else a tie',
  sign_of_mean: 'sign of the mean',
  dawid_skene: 'Dawid–Skene model',
};

const KIND_NAMES: Readonly<Record<keyof NonNullable<ConsensusReport['kinds']>, string>> = {
  unanimous: 'unanimous',
  majority: 'by majority',
  split: 'split without a majority',
  single: 'with a single vote',
  adjudicated: 'decided by an adjudicator',
  none: 'without a vote',
};

/** How labels come about, and how each rater errs under the model. Worked out when it is asked for. */
export function ConsensusPanel({ studyId }: { readonly studyId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="panel" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h2>How labels come about</h2>
      </summary>
      {isOpen && <Consensus studyId={studyId} />}
    </details>
  );
}

function Consensus({ studyId }: { readonly studyId: string }) {
  const { value: report, error, reload } = useQuery('quality.consensus', { studyId }, ['studies']);
  if (report === null) {
    return error === null ? (
      <p className="waiting">Working it out …</p>
    ) : (
      <ErrorNote error={error} onRetry={reload} />
    );
  }
  const { kinds, adjudicated, rules, model, pairs } = report;
  return (
    <>
      {kinds !== null && (
        <p>
          Of {pairs.toLocaleString('en')} pairs:{' '}
          {(Object.keys(KIND_NAMES) as (keyof typeof KIND_NAMES)[])
            .filter((kind) => kinds[kind] > 0)
            .map((kind) => `${kinds[kind].toLocaleString('en')} ${KIND_NAMES[kind]}`)
            .join(', ')}
          .{adjudicated > 0 && ` An adjudicator decided ${adjudicated.toLocaleString('en')}.`}
        </p>
      )}
      <TableScroll label="Labels under each rule">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <NumberHead>Pairs with a label</NumberHead>
            </tr>
          </thead>
          <tbody>
            {rules.map(({ rule, labels }) => (
              <tr key={rule}>
                <th scope="row">{RULE_NAMES[rule]}</th>
                <td className="number">{labels.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {model !== null && <Model model={model} />}
    </>
  );
}

/** A dash where the rater hardly met the label. */
function shareOf(share: number | null | undefined): string {
  return share == null ? '–' : String(wholePercent(share));
}

function Model({ model }: { readonly model: NonNullable<ConsensusReport['model']> }) {
  const { classes, priors, raters, differsFromMajority, iterations, converged } = model;
  const used = classes.map((_name, index) => index).filter((index) => (priors[index] ?? 0) > 1e-9);
  const classNameOf = (index: number) => (classes[index] ?? '').replace('_', ' ');
  return (
    <>
      <h3>Dawid–Skene model</h3>
      <p>
        True labels are{' '}
        {used.map((index) => `${classNameOf(index)} in ${percentText(priors[index] ?? 0)}`).join(', ')}. On{' '}
        {differsFromMajority.toLocaleString('en')} pairs the likeliest label is not the majority’s. Each
        table: what a rater says (rows) where a label is true (columns), in %.{' '}
        {converged ? `Settled after ${iterations} rounds.` : `Not settled after ${iterations} rounds.`}{' '}
        Exports carry each pair’s shares as soft labels.
      </p>
      <div className="model-matrices">
        {raters.map(({ rater, votes, said }) => (
          <TableScroll key={rater} label={`Errors of ${rater}`}>
            <table className="matrix plain-matrix">
              <caption>
                {rater}, {votes.toLocaleString('en')} votes
              </caption>
              <thead>
                <tr>
                  <td />
                  {used.map((truth) => (
                    <th key={truth} scope="col">
                      {classNameOf(truth)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {used.map((row) => (
                  <tr key={row}>
                    <th scope="row">{classNameOf(row)}</th>
                    {used.map((truth) => (
                      <td key={truth} className={row === truth ? 'number diagonal' : 'number'}>
                        {shareOf(said[row]?.[truth])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        ))}
      </div>
    </>
  );
}
