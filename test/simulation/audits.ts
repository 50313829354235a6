/** `npm run simulate:audits [-- STUDIES]`: coverage of the audit's interval, setting by setting. Votes are simulated. */
import { wilsonInterval } from '../../shared/stats/proportion/binomial-intervals.ts';
import { simulatedAudits } from './audit-coverage.ts';

const studies = Number(process.argv[2] ?? 1000);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
let [covered, all] = [0, 0];
console.log(`${studies} studies in each setting; level 95 %`);
console.log('pairs  labels wrong  judge wrong  drawn where it differs/agrees  covered  mean error');
for (const result of simulatedAudits(studies)) {
  covered += result.covered;
  all += result.studies;
  console.log(
    `${String(result.pairs).padEnd(6)} ${percent(result.peopleWrong).padEnd(13)} ${percent(result.judgeWrong).padEnd(12)} ${`${result.disagreements}/${result.agreements}`.padEnd(29)} ${percent(result.covered / result.studies).padEnd(8)} ${(100 * result.bias).toFixed(2)} points`,
  );
}
const { low, high } = wilsonInterval(covered, all);
console.log(`All settings: ${percent(covered / all)} (${percent(low)} to ${percent(high)})`);
