/**
 * Makes the sample study from items.jsonl: every pair of systems per item, three simulated raters and two
 * simulated judges in both orders, one of them drawn to whatever stands first. Run it after editing the
 * items: `node resources/sample-study/make.ts`. Everything is seeded, so the same items give the same bytes.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALIBRATION_FORMAT, COMPARISONS_FILE } from '../../shared/formats/own/calibration-manifest.ts';
import { type RandomSource, seededRandom } from '../../shared/random/seeded-random.ts';
import { DEFAULT_GUIDELINE, defaultDesign } from '../../shared/study/study.ts';

interface SourceItem {
  readonly key: string;
  readonly slices: Record<string, string>;
  readonly prompt?: string;
  readonly messages?: unknown;
  readonly reference?: string;
  readonly responses: Record<string, string>;
  readonly quality: Record<string, number>;
}

const SEED = '746f756368737431';
const RATERS = [
  { name: 'sim-ada', noise: 1.1, tieBand: 0.7 },
  { name: 'sim-ben', noise: 1.6, tieBand: 1.0 },
  { name: 'sim-cleo', noise: 1.3, tieBand: 0.8 },
];
const JUDGES = [
  { name: 'sim-judge-even', noise: 1.4, tieBand: 0.6, firstBonus: 0.1, unparsedShare: 0.02 },
  { name: 'sim-judge-first', noise: 1.5, tieBand: 0.3, firstBonus: 1.9, unparsedShare: 0.04 },
];
const FIRST_VOTE_MS = Date.UTC(2026, 8, 1, 8, 0, 0);

const folder = import.meta.dirname;
const items = readFileSync(join(folder, 'items.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as SourceItem);

function gaussian(random: RandomSource): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
}

function verdictFor(difference: number, best: number, tieBand: number): string {
  if (best <= 3 && Math.abs(difference) < 2.2) return 'both_bad';
  if (Math.abs(difference) < tieBand) return 'tie';
  return difference > 0 ? 'first' : 'second';
}

const lines: string[] = [];
let voteIndex = 0;
for (const item of items) {
  const systems = Object.keys(item.responses);
  for (const [index, left] of systems.entries()) {
    for (const right of systems.slice(index + 1)) {
      const id = `${item.key}-${lines.length + 1}`;
      const [a, b] = seededRandom(`order|${id}`).unit() < 0.5 ? [left, right] : [right, left];
      const qualityA = item.quality[a] ?? 0;
      const qualityB = item.quality[b] ?? 0;
      const human = RATERS.map(({ name, noise, tieBand }) => {
        const random = seededRandom(`${name}|${id}`);
        const perceivedA = qualityA + noise * gaussian(random);
        const perceivedB = qualityB + noise * gaussian(random);
        return {
          rater: name,
          verdict: verdictFor(perceivedA - perceivedB, Math.max(qualityA, qualityB), tieBand),
          shown: random.unit() < 0.5 ? 'a_left' : 'b_left',
          at: new Date(FIRST_VOTE_MS + voteIndex++ * 41_000).toISOString(),
        };
      });
      const judge = JUDGES.flatMap(({ name, noise, tieBand, firstBonus, unparsedShare }) => {
        const random = seededRandom(`${name}|${id}`);
        const base = qualityA - qualityB + noise * gaussian(random);
        return (['a_first', 'b_first'] as const).map((order) => {
          const difference = base + (order === 'a_first' ? firstBonus : -firstBonus) + 0.4 * gaussian(random);
          const isUnparsed = random.unit() < unparsedShare;
          const verdict = isUnparsed ? 'unparsed' : verdictFor(difference, 10, tieBand);
          const raw = isUnparsed
            ? 'Simulated reply: both answers have their merits, depending on the reader.'
            : `Simulated reply: the verdict is ${verdict}.`;
          return { judge: name, order, verdict, raw };
        });
      });
      lines.push(
        JSON.stringify({
          id,
          ...(item.messages === undefined ? { prompt: item.prompt } : { messages: item.messages }),
          ...(item.reference === undefined ? {} : { reference: item.reference }),
          a: { system: a, text: item.responses[a] },
          b: { system: b, text: item.responses[b] },
          slices: item.slices,
          human,
          judge,
        }),
      );
    }
  }
}

const text = `${lines.join('\n')}\n`;
writeFileSync(join(folder, COMPARISONS_FILE), text);
const manifest = {
  format: CALIBRATION_FORMAT,
  about: 'Synthetic: items, answers, raters and judges were all made up for this project.',
  study: {
    name: 'Sample study (synthetic)',
    isSynthetic: true,
    design: {
      ...defaultDesign(SEED),
      guideline: `*This is a synthetic sample: items, answers, raters and judges are made up.*\n\n${DEFAULT_GUIDELINE}`,
    },
  },
  files: [{ name: COMPARISONS_FILE, sha256: createHash('sha256').update(text).digest('hex') }],
};
writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${lines.length} comparisons of ${items.length} items written`);
