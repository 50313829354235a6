import type { AcceptanceRule } from '../../../shared/pack/acceptance-rule.ts';

type Criterion = 'gold' | 'catches' | 'selfConsistency' | 'agreement';

const LEAST: Readonly<Record<Criterion, string>> = {
  gold: 'Known answers, at least %',
  catches: 'Pairs with one right answer, at least %',
  selfConsistency: 'Same answer again, at least %',
  agreement: 'Raters agree (upper end of the interval), at least %',
};

const SHARES = {
  coverage: 'Answered, at least %',
  mostSkipped: 'Skipped, at most %',
  mostAnomalies: 'Times that cannot be, at most %',
} as const;

/** When the work is accepted. It is fixed in the pack, so that both sides can work it out. */
export function AcceptanceFields({
  rule,
  onRule,
}: {
  readonly rule: AcceptanceRule;
  readonly onRule: (rule: AcceptanceRule) => void;
}) {
  const percentOf = (share: number) => Math.round(1000 * share) / 10;
  const shareOf = (text: string) => Math.min(1, Math.max(0, Number(text) / 100));
  return (
    <details>
      <summary>When the work is accepted</summary>
      <div className="mapping-grid">
        {(Object.keys(SHARES) as (keyof typeof SHARES)[]).map((name) => (
          <label key={name}>
            {SHARES[name]}
            <input
              type="number"
              min="0"
              max="100"
              step="any"
              value={percentOf(rule[name])}
              onChange={(event) => onRule({ ...rule, [name]: shareOf(event.target.value) })}
            />
          </label>
        ))}
        {(Object.keys(LEAST) as Criterion[]).map((name) => (
          <label key={name}>
            {LEAST[name]}
            <input
              type="number"
              min="0"
              max="100"
              step="any"
              placeholder="not asked"
              value={rule[name] === null ? '' : percentOf(rule[name].least)}
              onChange={(event) =>
                onRule({
                  ...rule,
                  [name]:
                    event.target.value === ''
                      ? null
                      : {
                          least: shareOf(event.target.value),
                          bound: rule[name]?.bound ?? (name === 'agreement' ? 'upper' : 'estimate'),
                        },
                })
              }
            />
          </label>
        ))}
        <label>
          Fastest reading, in characters a second
          <input
            type="number"
            min="50"
            max="100000"
            value={rule.charactersPerSecond}
            onChange={(event) =>
              onRule({ ...rule, charactersPerSecond: Math.round(Number(event.target.value)) })
            }
          />
        </label>
      </div>
      <p className="quiet">
        What nothing in the pack can tell is not asked for: without pairs whose answer is known there is no
        share of them.
      </p>
    </details>
  );
}
