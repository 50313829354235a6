import type { CheckRates } from '../../../shared/study/check-rates.ts';
import { NumberField } from './NumberField.tsx';
import { PercentField } from './PercentField.tsx';
import type { PartFields } from './part-fields.ts';
import { QualityRulesFields } from './QualityRulesFields.tsx';

/** What is checked, and when a lead hears of it. */
export function CheckFields({ draft: { design }, onDesign }: PartFields) {
  const { checks, quality } = design;
  const share = (name: keyof CheckRates & `${string}Share`, label: string) => (
    <PercentField
      label={label}
      share={checks[name]}
      max={30}
      onChange={(chosen) => onDesign({ checks: { ...checks, [name]: chosen } })}
    />
  );
  return (
    <>
      <fieldset>
        <legend>Checks among the pairs, in % of all that is shown</legend>
        {share('repeatShare', 'Earlier pairs again, sides swapped')}
        {share('catchShare', 'Catch pairs: one output twice, or one for another task')}
        {share('goldShare', 'Gold pairs, whose answer is known')}
        <NumberField
          label="Pairs between, at least"
          value={checks.repeatGap}
          min={1}
          max={1000}
          onChange={(gap) => onDesign({ checks: { ...checks, repeatGap: gap ?? 1 } })}
        />
      </fieldset>
      <QualityRulesFields quality={quality} onQuality={(chosen) => onDesign({ quality: chosen })} />
    </>
  );
}
