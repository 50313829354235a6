/**
 * `npm run simulate:raters [-- STUDIES]`: how often each warning about raters comes without cause, and how often it tells
 * of a fault. Votes are drawn from stated habits, not given through the services; every study is looked at six times.
 */

import { qualityWarnings } from '../../shared/quality/quality-warnings.ts';
import { raterQuality } from '../../shared/quality/rater-quality.ts';
import { COUNTED_ROLES, type VoteColumns } from '../../shared/quality/rater-votes.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { wilsonInterval } from '../../shared/stats/proportion/binomial-intervals.ts';
import { USUAL_QUALITY_RULES } from '../../shared/study/usual-rules.ts';
import { CODE } from '../../shared/study/verdict-codes.ts';

interface DrawnVote {
  readonly pair: number;
  readonly role: (typeof COUNTED_ROLES)[number];
  readonly code: number;
  readonly leftSide: number;
  readonly activeMs: number;
  readonly isRight: boolean | null;
  readonly order: number;
}

interface Habits {
  readonly skill: number;
  readonly leftBias?: number;
  readonly fatigue?: number;
  readonly viewedMs?: number;
}

const HONEST: Habits = { skill: 0.85 };
const FAULTS: Readonly<Record<string, Habits>> = {
  'clicks at random': { skill: 0 },
  'is right half of the time': { skill: 0.5 },
  'prefers left where unsure, and is unsure half of the time': { skill: 0.5, leftBias: 1 },
  'tires: right 95 % at first, 35 % in the end': { skill: 0.95, fatigue: 0.6 },
  'hurries: 0.3 s a pair': { skill: 0.85, viewedMs: 300 },
};
const [RATERS, PAIRS, CHECKS, LOOKS] = [6, 200, 15, 6];
const ITEMS = Int32Array.from({ length: PAIRS + 3 * CHECKS }, (_pair, index) => index);

/** One study of honest raters, but for the last one where a fault is given, in the order votes come. */
function study(seed: string, fault: Habits | null): Map<string, DrawnVote[]> {
  const { unit, below } = seededRandom(seed);
  const truths = Array.from(
    { length: PAIRS + 3 * CHECKS },
    () => [CODE.first, CODE.second, CODE.tie][below(3)] ?? 0,
  );
  const votes = new Map<string, DrawnVote[]>();
  let order = 0;
  for (let place = 0; place < PAIRS + 3 * CHECKS; place++) {
    for (let rater = 0; rater < RATERS; rater++) {
      const habits = rater === RATERS - 1 && fault !== null ? fault : HONEST;
      const skill = habits.skill - (habits.fatigue ?? 0) * (place / PAIRS);
      const leftSide = unit() < 0.5 ? CODE.first : CODE.second;
      const answer = (): number => {
        if (unit() < skill) return truths[place] ?? 0;
        if (habits.leftBias === undefined && unit() < 1 / 3) return CODE.tie;
        const isLeft = unit() < (habits.leftBias ?? 0.5);
        return isLeft === (leftSide === CODE.first) ? CODE.first : CODE.second;
      };
      const code = answer();
      const check = place < PAIRS ? null : Math.floor((place - PAIRS) / CHECKS);
      const role = check === null ? 'label' : (['gold', 'catch', 'repeat'] as const)[check];
      const name = `rater ${rater + 1}`;
      const isRight =
        role === 'label' ? null : role === 'repeat' ? code === answer() : code === truths[place];
      const own = votes.get(name) ?? [];
      own.push({
        pair: place,
        role: role ?? 'label',
        code,
        leftSide,
        activeMs: habits.viewedMs ?? 4000 + below(8000),
        isRight,
        order: order++,
      });
      votes.set(name, own);
    }
  }
  return votes;
}

function columnsOf(votes: readonly DrawnVote[]): VoteColumns {
  return {
    pair: Int32Array.from(votes, ({ pair }) => pair),
    role: Uint8Array.from(votes, ({ role }) => COUNTED_ROLES.indexOf(role)),
    code: Int8Array.from(votes, ({ code }) => code),
    leftSide: Int8Array.from(votes, ({ leftSide }) => leftSide),
    activeMs: Float64Array.from(votes, ({ activeMs }) => activeMs),
    characters: new Int32Array(votes.length).fill(900),
    isRight: Int8Array.from(votes, ({ isRight }) => (isRight === null ? -1 : Number(isRight))),
    order: Float64Array.from(votes, ({ order }) => order),
  };
}

/** Warnings of each rater at any of the looks. */
function warned(votes: ReadonlyMap<string, readonly DrawnVote[]>): Map<string, Set<string>> {
  const found = new Map([...votes.keys()].map((name) => [name, new Set<string>()]));
  for (let look = 1; look <= LOOKS; look++) {
    const raters = [...votes].map(([name, all]) => ({
      name,
      votes: columnsOf(all.slice(0, Math.ceil((look / LOOKS) * all.length))),
    }));
    for (const quality of raterQuality(raters, ITEMS))
      for (const { about } of qualityWarnings(quality, RATERS, USUAL_QUALITY_RULES))
        found.get(quality.rater)?.add(about);
  }
  return found;
}

const studies = Number(process.argv[2] ?? 300);
const percent = (successes: number, n: number) => {
  const { low, high } = wilsonInterval(successes, n, 0.95);
  return `${((100 * successes) / n).toFixed(1)} % (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;
};
const KINDS = ['outlier', 'side', 'too_fast', 'drift', 'gold', 'catch', 'repeats'];

console.log(
  `${studies} studies of ${RATERS} raters, ${PAIRS} pairs and ${3 * CHECKS} checks, looked at ${LOOKS} times`,
);
const alarms = new Map(KINDS.map((kind) => [kind, 0]));
for (let number = 0; number < studies; number++) {
  const found = [...warned(study(`honest ${number}`, null)).values()];
  for (const kind of KINDS)
    if (found.some((kinds) => kinds.has(kind))) alarms.set(kind, (alarms.get(kind) ?? 0) + 1);
}
console.log('\nAll raters alike (right 85 %): studies in which anybody was named at any look');
for (const kind of KINDS) console.log(`  ${kind.padEnd(9)} ${percent(alarms.get(kind) ?? 0, studies)}`);
for (const [name, habits] of Object.entries(FAULTS)) {
  const named = new Map(KINDS.map((kind) => [kind, 0]));
  let others = 0;
  for (let number = 0; number < studies; number++) {
    const found = warned(study(`${name} ${number}`, habits));
    for (const kind of KINDS)
      if (found.get(`rater ${RATERS}`)?.has(kind)) named.set(kind, (named.get(kind) ?? 0) + 1);
    if ([...found].some(([rater, kinds]) => rater !== `rater ${RATERS}` && kinds.size > 0)) others++;
  }
  console.log(`\nOne ${name}: studies in which that rater was named`);
  for (const kind of KINDS) console.log(`  ${kind.padEnd(9)} ${percent(named.get(kind) ?? 0, studies)}`);
  console.log(`  another rater was named: ${percent(others, studies)}`);
}
