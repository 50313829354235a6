import type { DisagreementClass } from '../../../shared/review/disagreement-class.ts';
import { keyLabel } from '../../actions/key-name.ts';
import type { ReaderAction } from './reader-actions.ts';

/** The actions on the disagreement on screen, each with its key. */
export function ReaderKeys({
  actions,
  shownClass,
  onAction,
}: {
  readonly actions: readonly ReaderAction[];
  readonly shownClass: DisagreementClass | null;
  readonly onAction: (action: ReaderAction) => void;
}) {
  return (
    <div className="button-row class-keys" role="toolbar" aria-label="Why people part">
      {actions.map((action) => (
        <button
          key={action.label}
          type="button"
          aria-pressed={action.class == null ? undefined : shownClass === action.class}
          onClick={() => onAction(action)}
        >
          {action.label}
          <span className="key" aria-hidden="true">
            {action.keys.map(keyLabel).join(' ')}
          </span>
        </button>
      ))}
    </div>
  );
}
