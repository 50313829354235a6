/** What is said of raters whose habits are known, from votes given through the real services. */
import { describe, expect, it } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { FAULTS, HONEST, ratedStudy } from '../support/simulated-raters.ts';
import { tries } from '../support/tries.ts';

const colleagues = { ada: HONEST, ben: HONEST, cyd: HONEST, dan: HONEST };

describe('raters who work as they should', () => {
  it('are described and not warned of', async () => {
    const { test, reports } = await ratedStudy(colleagues, { pairs: 140, seed: 'honest' });
    expect(reports.map(({ rater, warnings }) => [rater, warnings])).toEqual(
      Object.keys(colleagues).map((rater) => [rater, []]),
    );
    for (const { labels, checks, medianSeconds, gold, caught, repeats, withOthers, outlier } of reports) {
      expect(labels).toBe(120);
      expect(checks).toBeGreaterThan(15);
      expect(medianSeconds).toBe(6);
      for (const share of [gold, caught, repeats])
        expect((share?.successes ?? 0) / (share?.n ?? 1)).toBeGreaterThan(0.5);
      expect(withOthers.kappa.defined && withOthers.kappa.value).toBeGreaterThan(0.6);
      expect(outlier?.n).toBeGreaterThan(100);
    }
    const { run } = commandLine();
    const said = await run('raters', '--study', 'Study honest', '--store', test.storePath);
    expect(said.code).toBe(0);
    expect(said.out).toContain('Nothing that chance would not explain.');
  });
});

describe('a fault', () => {
  it('is named in words a rater can be told, and nobody else is', async () => {
    for (const [name, { habits, about }] of Object.entries(FAULTS).slice(0, tries(1, 4))) {
      const { test, reports } = await ratedStudy({ ...colleagues, eve: habits }, { pairs: 180, seed: name });
      const eve = reports.find(({ rater }) => rater === 'eve');
      expect(
        eve?.warnings.map((warning) => warning.about),
        name,
      ).toContain(about);
      expect(eve?.warnings.find((warning) => warning.about === about)?.text).toMatch(/\d+ (?:of|times|%)/u);
      expect(
        reports
          .filter(({ rater, warnings }) => rater !== 'eve' && warnings.length > 0)
          .map(({ rater }) => rater),
        name,
      ).toEqual([]);
      if (name !== 'clicks') continue;
      const { run } = commandLine();
      const said = await run('raters', '--study', 'Study clicks', '--store', test.storePath);
      expect(said.code).toBe(1);
      expect(said.out).toMatch(/^eve: .* contradict another rater/mu);
      const json = await run('raters', '--json', '--study', 'Study clicks', '--store', test.storePath);
      expect(JSON.parse(json.out)).toHaveLength(5);
    }
  });
});
