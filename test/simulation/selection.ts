/**
 * `npm run simulate:selection [-- --studies N]`: whether figures weighted by what each pair was drawn with are unbiased
 * under active selection, and how far off the same figures are without weights.
 */
import { parseArgs } from 'node:util';
import { SIMULATED_METHODS, selectionBias } from '../support/simulated-selection.ts';

const { values } = parseArgs({ options: { studies: { type: 'string', default: '2000' } } });
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
console.log(
  `${values.studies} simulated studies each: 240 of 1,200 pairs drawn; mean error ± its standard error\n`,
);
for (const [name, methods] of Object.entries(SIMULATED_METHODS)) {
  const bias = selectionBias(methods, Number(values.studies), name);
  console.log(
    `${name.padEnd(26)} agreement ${signed(bias.agreement)} ± ${bias.agreementError.toFixed(4)} (unweighted ${signed(bias.plainAgreement)})   kappa ${signed(bias.kappa)} ± ${bias.kappaError.toFixed(4)} (unweighted ${signed(bias.plainKappa)})   interval holds ${(100 * bias.held).toFixed(1)} %`,
  );
}
