/**
 * `npm run coverage:sentence [-- STUDIES]`: how often the card's first sentence calls a judge better or worse than raters who are
 * exactly as good. Studies are simulated.
 */
import { simulatedStandings } from '../support/simulated-standing.ts';

const studies = Number(process.argv[2] ?? 1000);
let highest = 0;
console.log(`${studies} studies in each design; a judge as good as the raters is called better or worse in:`);
for (const raters of [2, 3, 5, 12])
  for (const skill of [0.4, 0.7, 0.9])
    for (const items of [15, 30, 60, 150]) {
      const standings = simulatedStandings({ raters, items, raterSkill: skill, judgeSkill: skill }, studies);
      const wrong = ((standings.get('better') ?? 0) + (standings.get('worse') ?? 0)) / studies;
      highest = Math.max(highest, wrong);
      console.log(`${raters} raters, skill ${skill}, ${items} items: ${(100 * wrong).toFixed(1)} %`);
    }
console.log(`Highest: ${(100 * highest).toFixed(1)} %`);
