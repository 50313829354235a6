import { type ReactNode, useId } from 'react';
import type { CardPart, PartName } from '../../../shared/card/figures/figure.ts';
import { PART_TITLES } from '../../../shared/card/figures/part-titles.ts';
import { partFinding } from '../../../shared/report/part-findings.ts';
import { unbroken } from '../../language/unbroken.ts';
import { useCardActions } from '../../state/card-actions.ts';
import { setPartsOpen, useOpenParts } from '../../state/open-parts.ts';
import { CopyCsvButton } from './CopyCsvButton.tsx';

/** One part of the card: its title and what it found, and all of its figures once it is opened. */
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
  const { level } = useCardActions();
  const isOpen = useOpenParts(({ open, isPrinting }) => isPrinting || open.has(name));
  return (
    <section
      id={partElementId(name)}
      tabIndex={-1}
      className="card-part"
      aria-labelledby={titleId}
      aria-busy={isLoading}
      data-part={name}
    >
      <details
        open={isOpen}
        onToggle={({ currentTarget }) => {
          if (!useOpenParts.getState().isPrinting) setPartsOpen([name], currentTarget.open);
        }}
      >
        <summary>
          <h2 id={titleId}>{PART_TITLES[name]}</h2>
          <span className="finding">
            {part === undefined ? (
              <span className="waiting">{isLoading ? 'Working it out …' : 'Not available.'}</span>
            ) : (
              unbroken(partFinding(part, level))
            )}
          </span>
        </summary>
        {isOpen && part !== undefined && (
          <div className="part-body">
            {part.figures.length > 0 && <CopyCsvButton parts={[part]} />}
            {children(part)}
          </div>
        )}
      </details>
    </section>
  );
}

/** The id of a part's element, to go to it. */
export function partElementId(name: PartName): string {
  return `part-${name}`;
}

/** Opens a part and goes to it. */
export function openPart(name: PartName): void {
  setPartsOpen([name], true);
  const part = document.getElementById(partElementId(name));
  part?.scrollIntoView();
  part?.querySelector('summary')?.focus({ preventScroll: true });
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
