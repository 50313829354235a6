import { isAnythingTested, standOuts } from '../../../shared/report/part-findings.ts';
import { unbroken } from '../../language/unbroken.ts';
import type { CardParts } from '../../state/card.ts';
import { useCardActions } from '../../state/card-actions.ts';
import { openPart } from './CardSection.tsx';

/** What the first look should not miss, each with the part of the card that tells of it. */
export function StandOuts({ parts, isLoading }: { readonly parts: CardParts; readonly isLoading: boolean }) {
  const { level } = useCardActions();
  const found = standOuts(parts, level);
  const isKnown = parts.bias !== undefined && parts.slices !== undefined && parts.orders !== undefined;
  return (
    <div className="stand-outs" aria-busy={isLoading}>
      <h3>What stands out</h3>
      {found.length > 0 ? (
        <ul>
          {found.map(({ part, text }) => (
            <li key={part}>
              {unbroken(text)}{' '}
              <button type="button" className="link-button" onClick={() => openPart(part)}>
                Look
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet">
          {!isKnown
            ? 'Working it out …'
            : isAnythingTested(parts)
              ? 'Nothing: no bias, no weak slice and no contradiction between orders is shown, with all that was tested taken together.'
              : 'Nothing can be told: there is too little to test biases, slices or orders on.'}
        </p>
      )}
    </div>
  );
}
