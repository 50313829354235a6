/** What holds in a study where nobody chose. Apart from the schemas, which the page does not load: they compile code, and it may not. */
import type { CheckRates } from './check-rates.ts';
import type { QualityRules } from './quality-rules.ts';

export const NO_CHECKS: CheckRates = { repeatShare: 0, catchShare: 0, goldShare: 0, repeatGap: 20 };

export const USUAL_QUALITY_RULES: QualityRules = {
  gold: { wanted: 0.7, consequence: 'warn' },
  catch: { wanted: 0.8, consequence: 'warn' },
  repeats: { wanted: 0.6, consequence: 'warn' },
  tooFast: { wanted: 0.1, consequence: 'warn' },
  side: { consequence: 'warn' },
  outlier: { consequence: 'warn' },
  drift: { consequence: 'warn' },
};
