import type { ReactNode } from 'react';

/**
 * The browser's own choice of files, for hosts without a dialog. What was chosen is told beside it: the browser forgets it at
 * once, and what it says of that is hidden.
 */
export function FileInput({
  children,
  accept,
  isMultiple = false,
  isFolder = false,
  onChoose,
}: {
  readonly children: ReactNode;
  /** Endings of names, with commas between; any file without it. */
  readonly accept?: string;
  readonly isMultiple?: boolean;
  /** Whether a folder is chosen, which gives all files in it. */
  readonly isFolder?: boolean;
  readonly onChoose: (files: readonly File[]) => void;
}) {
  return (
    <label className="file-choice">
      {children}
      <input
        type="file"
        multiple={isMultiple}
        accept={accept}
        {...(isFolder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file, corrected, must be a change again.
          event.target.value = '';
          if (files.length > 0) onChoose(files);
        }}
      />
    </label>
  );
}
