import { Fragment } from 'react';
import type { LabelledLine } from '../../shared/report/labelled-line.ts';

/** What a report says, as terms with their descriptions. */
export function LabelledLines({ lines }: { readonly lines: readonly LabelledLine[] }) {
  return (
    <dl className="pairs">
      {lines.map(({ label, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a label may come twice, and lines are never moved
        <Fragment key={index}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
