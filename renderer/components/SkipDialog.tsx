import type { KeyboardEvent } from 'react';
import { SKIP_REASONS, type SkipReason } from '../../shared/domain/verdict.ts';
import { Dialog } from './Dialog.tsx';

const LABELS: Readonly<Record<SkipReason, string>> = {
  cannot_judge: 'I cannot judge this',
  broken_item: 'The task or an answer is broken',
  not_my_language: 'It is not in a language I read',
  harmful_content: 'It is harmful to read',
  other: 'Another reason',
};

/** Asks why a pair is skipped; digits choose, as they do for answers. */
export function SkipDialog({
  onSkip,
  onClose,
}: {
  readonly onSkip: (reason: SkipReason) => void;
  readonly onClose: () => void;
}) {
  const chooseByDigit = (event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const reason = SKIP_REASONS[Number(event.key) - 1];
    if (reason !== undefined) onSkip(reason);
  };
  return (
    <Dialog title="Why skip this pair?" onClose={onClose} onKeyDown={chooseByDigit}>
      <div className="choices">
        {SKIP_REASONS.map((reason, index) => (
          <button key={reason} type="button" onClick={() => onSkip(reason)}>
            <span className="key" aria-hidden="true">
              {index + 1}
            </span>{' '}
            {LABELS[reason]}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
