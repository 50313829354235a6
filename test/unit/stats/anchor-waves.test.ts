import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { anchorWaves } from '../../../shared/stats/drift/anchor-waves.ts';

const ANCHORS = 80;
const items = Int32Array.from({ length: ANCHORS }, (_anchor, index) => index >> 1);

/** A round of a judge that gives each anchor its usual verdict, but strays with some probability; from some share on, another. */
function round(unit: () => number, stray: number, moved = 0): Int8Array {
  return Int8Array.from(items, (_item, anchor) => {
    const usual = anchor < moved * ANCHORS ? 2 - (anchor % 3) : anchor % 3;
    return unit() < stray ? Math.floor(unit() * 3) : usual;
  });
}

const wavesOf = (rounds: Int8Array[], references = 3) => {
  const found = anchorWaves(rounds, items, references);
  if (!found.defined) throw new Error(found.reason);
  return found.waves.map((wave) => {
    if (!wave.defined) throw new Error(wave.reason);
    return wave;
  });
};

describe('rounds on anchors', () => {
  it('of an unchanged judge ring in at most 1 of 100, however much it strays', () => {
    for (const stray of [0.02, 0.1, 0.3]) {
      let rings = 0;
      for (let study = 0; study < 400; study++) {
        const { unit } = seededRandom(`steady ${stray} ${study}`);
        if (wavesOf(Array.from({ length: 4 }, () => round(unit, stray))).at(-1)?.isBeyond === true) rings++;
      }
      expect(rings / 400, `stray ${stray}`).toBeLessThanOrEqual(0.01);
    }
  });

  it('of a judge that changed a quarter of its verdicts ring in most cases', () => {
    let rings = 0;
    for (let study = 0; study < 100; study++) {
      const { unit } = seededRandom(`moved ${study}`);
      const rounds = [round(unit, 0.1), round(unit, 0.1), round(unit, 0.1), round(unit, 0.1, 0.4)];
      if (wavesOf(rounds).at(-1)?.isBeyond === true) rings++;
    }
    expect(rings).toBeGreaterThan(90);
  });

  it('of a judge that never strays ring for a handful of changes, not for one', () => {
    const { unit } = seededRandom('steady');
    const steady = () => round(unit, 0);
    const changed = (count: number) =>
      steady().map((code, anchor) => (anchor % 2 === 0 && anchor / 2 < count ? (code + 1) % 3 : code));
    const [, , , one, many] = wavesOf([steady(), steady(), steady(), changed(1), changed(14)]);
    expect(one).toMatchObject({ n: 80, noise: 0, isBeyond: false });
    expect(many).toMatchObject({ change: 14 / 80, isBeyond: true });
    const [, , , , all] = wavesOf([
      steady(),
      steady(),
      steady(),
      steady(),
      steady().map((code) => (code + 1) % 3),
    ]);
    expect(all).toMatchObject({ change: 1, isBeyond: true });
  });

  it('need two reference rounds, and leave out what has no verdict', () => {
    const { unit } = seededRandom('few');
    expect(anchorWaves([round(unit, 0)], items, 2)).toMatchObject({
      defined: false,
      reason: expect.stringContaining('two reference rounds'),
    });
    const gaps = round(unit, 0).map((code, anchor) => (anchor < 10 ? -1 : code));
    expect(wavesOf([round(unit, 0), round(unit, 0), gaps], 2).map(({ n }) => n)).toEqual([80, 80, 70]);
    const none = anchorWaves([round(unit, 0), round(unit, 0), new Int8Array(ANCHORS).fill(-1)], items, 2);
    expect(none.defined && none.waves[2]).toMatchObject({ defined: false });
  });
});
