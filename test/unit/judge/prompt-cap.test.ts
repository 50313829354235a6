/** How often honest servers are taken for ones that cut prompts, and how often cuts are found. */
import { describe, expect, it } from 'vitest';
import { PromptCap } from '../../../shared/judge/prompt-cap.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';

interface Prompt {
  readonly least: number;
  readonly tokens: number;
}

interface Kind {
  readonly pairs: number;
  /** Systems that answered each question: their pairs share its tokens. */
  readonly systems: number;
  /** Tokens at which the systems themselves were cut off, so that many outputs are of one length. */
  readonly outputLimit: number;
  /** Tokens of this tokenizer for each of ours. */
  readonly ratio: number;
  readonly text: 'prose' | 'code' | 'chinese' | 'mixed';
}

/** Requests of a run in both orders, as `leastPromptTokens` and a tokenizer would count them. */
function requestsOf(kind: Kind, unit: () => number): Prompt[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  /** What is least for a token, with how much that varies from text to text. */
  const perToken = { prose: [4.5 / 7, 0.07], code: [3.2 / 7, 0.15], chinese: [0.6, 0.08] } as const;
  const textOf = (tokens: number) => {
    const sort =
      kind.text === 'mixed' ? (['prose', 'code', 'chinese'] as const)[Math.floor(3 * unit())] : kind.text;
    const [each, spread] = perToken[sort ?? 'prose'];
    // One in ten that is cut off repeats itself, and what that makes of a token is anything.
    const isLoop = tokens === kind.outputLimit && unit() < 0.1;
    const share = isLoop ? 0.3 + unit() : each * Math.exp(spread * normal());
    return { tokens: Math.round(tokens * kind.ratio), least: tokens * share };
  };
  const prompts: Prompt[] = [];
  while (prompts.length < 2 * kind.pairs) {
    const question = textOf(Math.ceil(40 * Math.exp(0.8 * normal())));
    const outputs = Array.from({ length: kind.systems }, () =>
      textOf(Math.min(kind.outputLimit, Math.ceil(350 * Math.exp(0.8 * normal())))),
    );
    for (const [index, one] of outputs.entries())
      for (const two of outputs.slice(index + 1))
        for (let order = 0; order < 2; order++)
          prompts.push({
            tokens: 250 + question.tokens + one.tokens + two.tokens,
            least: Math.floor(170 + question.least + one.least + two.least),
          });
  }
  return prompts.slice(0, 2 * kind.pairs);
}

/** After how many requests the alarm is raised; null where it never is. */
function alarmAt(prompts: readonly Prompt[], cap: number): number | null {
  const seen = new PromptCap<null>();
  const at = prompts.findIndex(({ least, tokens }) =>
    seen.add(least < 256 ? 0 : least, Math.min(cap, tokens), null),
  );
  return at < 0 ? null : at + 1;
}

const kinds: Kind[] = [0.6, 0.8, 1, 1.3, 1.6].flatMap((ratio) =>
  (['prose', 'code', 'chinese', 'mixed'] as const).flatMap((text) =>
    [
      { pairs: 40, systems: 2, outputLimit: 4096 },
      { pairs: 500, systems: 2, outputLimit: 512 },
      { pairs: 300, systems: 5, outputLimit: 1024 },
    ].map((rest) => ({ ...rest, ratio, text })),
  ),
);

describe('a cap on prompts', () => {
  it('is seen in none of 600 honest runs, with 0.6 to 1.6 of our tokens, prose, code and Chinese', () => {
    let alarms = 0;
    for (const [index, kind] of kinds.entries())
      for (let run = 0; run < 10; run++)
        if (
          alarmAt(requestsOf(kind, seededRandom(`honest ${index} ${run}`).unit), Number.POSITIVE_INFINITY) !==
          null
        )
          alarms++;
    expect(alarms).toBe(0);
  });

  it.each([
    // The share of the longest prompt that is kept, and of 120 runs of 300 pairs and more those that are found.
    [0.3, 0.99],
    [0.5, 0.97],
    [0.7, 0.85],
    [0.8, 0.45],
  ])('that keeps %s of the longest is found in %s of the runs at least', (kept, share) => {
    let [found, runs] = [0, 0];
    for (const [index, kind] of kinds.entries()) {
      if (kind.pairs < 300) continue;
      for (let run = 0; run < 3; run++) {
        const prompts = requestsOf(kind, seededRandom(`cut ${index} ${run}`).unit);
        const longest = prompts.reduce((most, { tokens }) => Math.max(most, tokens), 0);
        runs++;
        if (alarmAt(prompts, Math.floor(longest * kept)) !== null) found++;
      }
    }
    expect(runs).toBe(120);
    expect(found / runs).toBeGreaterThanOrEqual(share);
  });

  it('names what was cut and nothing that was read whole', () => {
    const cap = new PromptCap<number>();
    const lengths = [300, 5000, 800, 6000, 900, 7000, 8000, 9000, 1000];
    const found = lengths.map((least, index) => cap.add(least, Math.min(2 * least, 4096), index));
    expect(found).toEqual([false, false, false, false, false, false, true, true, false]);
    expect([...cap.cut]).toEqual([1, 3, 5, 6, 7]);
    // One that is read as more shows that it was no cap.
    expect(cap.add(9100, 20_000, 9)).toBe(false);
    expect(cap.cut).toEqual([]);
  });

  it('is no count that is always the same, whatever is sent, and needs a count', () => {
    const constant = new PromptCap<null>();
    expect([300, 400, 500, 600, 700].some((least) => constant.add(least, 8000, null))).toBe(false);
    const missing = new PromptCap<null>();
    expect([3000, 4000, 5000, 6000, 7000].some((least) => missing.add(least, null, null))).toBe(false);
    expect([3000, 4000, 5000, 6000, 7000].some((least) => missing.add(least, 0, null))).toBe(false);
    expect([0, 0, 0, 0, 0].some((least) => missing.add(least, 100, null))).toBe(false);
  });
});
