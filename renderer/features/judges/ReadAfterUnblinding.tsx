/** Opens what judges said of single pairs; while the study is blind it says why nobody can read that. */
export function ReadAfterUnblinding({
  what,
  isBlind,
  onRead,
}: {
  readonly what: string;
  readonly isBlind: boolean;
  readonly onRead: () => void;
}) {
  if (isBlind) return <p className="quiet">This study is blind: {what} can be read once it is unblinded.</p>;
  return (
    <button type="button" onClick={onRead}>
      Read {what}
    </button>
  );
}
