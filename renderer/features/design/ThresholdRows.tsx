const MOST_THRESHOLDS = 20;

/** What has to be reached, as it is being typed; without a number it is none yet. */
export interface ThresholdText {
  readonly what: string;
  readonly atLeast: string;
}

export function ThresholdRows({
  thresholds,
  nextWhat,
  onThresholds,
}: {
  readonly thresholds: readonly ThresholdText[];
  /** What a further row begins with. */
  readonly nextWhat: string;
  readonly onThresholds: (thresholds: readonly ThresholdText[]) => void;
}) {
  const change = (index: number, part: Partial<ThresholdText>) =>
    onThresholds(thresholds.map((each, at) => (at === index ? { ...each, ...part } : each)));
  return (
    <fieldset className="thresholds">
      <legend>What has to be reached</legend>
      {thresholds.map(({ what, atLeast }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own, and fields are controlled
        <div key={index} className="inline-form">
          <label>
            What
            <input
              value={what}
              maxLength={200}
              required={atLeast !== ''}
              onChange={(event) => change(index, { what: event.target.value })}
            />
          </label>
          <label>
            At least
            <input
              type="number"
              step="any"
              value={atLeast}
              onChange={(event) => change(index, { atLeast: event.target.value })}
            />
          </label>
          <button
            type="button"
            className="quiet-button"
            onClick={() => onThresholds(thresholds.filter((_each, at) => at !== index))}
          >
            Leave out
          </button>
        </div>
      ))}
      {thresholds.length < MOST_THRESHOLDS && (
        <button
          type="button"
          className="quiet-button"
          onClick={() => onThresholds([...thresholds, { what: nextWhat, atLeast: '' }])}
        >
          Add another
        </button>
      )}
    </fieldset>
  );
}
