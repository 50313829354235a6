import { type ReactNode, useId } from 'react';
import type { CardPart, PartName } from '../../../shared/card/figures/figure.ts';
import { PART_TITLES } from '../../../shared/card/figures/part-titles.ts';
import { unbroken } from '../../language/unbroken.ts';
import { CopyCsvButton } from './CopyCsvButton.tsx';

/** One part of the card under its title: a placeholder until it is worked out, and a word beside the title while it is worked out anew. */
export function CardSection({
  name,
  part,
  isLoading,
  children,
}: {
  readonly name: PartName;
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
  readonly children: (part: CardPart) => ReactNode;
}) {
  const titleId = useId();
  return (
    <section
      id={partElementId(name)}
      tabIndex={-1}
      className="panel card-part"
      aria-labelledby={titleId}
      aria-busy={isLoading}
      data-part={name}
    >
      <div className="panel-head">
        <h2 id={titleId}>{PART_TITLES[name]}</h2>
        {part !== undefined && isLoading && <span className="quiet">Working it out anew …</span>}
        {part !== undefined && part.figures.length > 0 && <CopyCsvButton parts={[part]} />}
      </div>
      {part === undefined ? (
        <p className="waiting">{isLoading ? 'Working it out …' : 'Not available.'}</p>
      ) : (
        children(part)
      )}
    </section>
  );
}

/** The id of a part's element, to go to it. */
export function partElementId(name: PartName): string {
  return `part-${name}`;
}

/** The sentences of a part, or those about one of its rows. */
export function PartWords({ part, row }: { readonly part: CardPart; readonly row?: string }) {
  const words = part.words.filter((each) => row === undefined || each.row === row);
  return words.map(({ row: about, text }) => (
    <p key={`${about}|${text}`} className="part-words">
      {unbroken(text)}
    </p>
  ));
}
