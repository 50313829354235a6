import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../actions/use-action-keys.ts';

/** What a rater says of a pair in words of their own. Escape goes back to the keys. */
export function CommentField({
  field,
  note,
  isReadOnly,
  onNote,
}: {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly note: string;
  readonly isReadOnly: boolean;
  readonly onNote: (note: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <label className="comment">
      {t('state.comment')}
      <textarea
        ref={field}
        rows={2}
        maxLength={20_000}
        value={note}
        readOnly={isReadOnly}
        onChange={(event) => onNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !isComposing(event.nativeEvent)) event.currentTarget.blur();
        }}
      />
    </label>
  );
}
