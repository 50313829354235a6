import { Fragment } from 'react';
import type { LabelledLine } from '../../shared/report/labelled-line.ts';

/** What a report says, as terms with their descriptions. */
export function LabelledLines({ lines }: { readonly lines: readonly LabelledLine[] }) {
  return (
    <dl className="pairs">
      {lines.map(({ label, text }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
