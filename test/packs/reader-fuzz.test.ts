/** The readers of packs and returns are fed what nobody wrote: they answer, bound what they read, and let nothing through. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newKey, signerOf, verifySignature } from '../../electron/core/packs/ed25519.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { answerKeySchema } from '../../shared/pack/answer-key.ts';
import { endProblem, readComment } from '../../shared/pack/container.ts';
import { packManifestSchema } from '../../shared/pack/pack-manifest.ts';
import { packRow } from '../../shared/pack/pack-row.ts';
import { packPresentationSchema, packTextSchema } from '../../shared/pack/pack-rows.ts';
import { ReturnReader } from '../../shared/pack/return-reader.ts';
import type { ReturnRow } from '../../shared/pack/return-rows.ts';
import { returnLines } from '../../shared/pack/return-writer.ts';
import { tries } from '../support/tries.ts';

const CORPUS = readFileSync(join(import.meta.dirname, 'corpus', 'return-lines.txt'), 'utf8').split('\n');

const KEY = newKey();
const SIGNER = signerOf(KEY);

function honestRows(count: number): string[] {
  return Array.from({ length: count }, (_none, index) =>
    canonicalJson({
      n: index + 1,
      type: 'vote',
      rater: 'v1',
      presentation: index.toString(16).padStart(32, '0'),
      command: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
      at: 1000 * index,
      answer: 'left',
      guideline: 1,
      viewedMs: 500,
      idleMs: 0,
    } satisfies ReturnRow),
  );
}

function honestReturn(count: number): string[] {
  const header = {
    touchreturn: 1 as const,
    packId: 'a'.repeat(32),
    revision: 1,
    manifestSha256: 'b'.repeat(64),
    study: 'study',
    key: KEY.publicKey,
  };
  return [...returnLines(header, honestRows(count), { isComplete: false, madeAt: 1 }, SIGNER)];
}

type Change =
  | { readonly kind: 'insert'; readonly at: number; readonly line: string }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'double'; readonly at: number }
  | { readonly kind: 'swap'; readonly at: number; readonly with: number }
  | { readonly kind: 'flip'; readonly at: number; readonly place: number; readonly by: number };

const place = fc.nat({ max: 10_000 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    line: fc.oneof(fc.constantFrom(...CORPUS), fc.string({ maxLength: 200 }), fc.json()),
  }),
  fc.record({ kind: fc.constant('remove' as const), at: place }),
  fc.record({ kind: fc.constant('double' as const), at: place }),
  fc.record({ kind: fc.constant('swap' as const), at: place, with: place }),
  fc.record({ kind: fc.constant('flip' as const), at: place, place, by: fc.integer({ min: 1, max: 127 }) }),
);

function changed(lines: readonly string[], changes: readonly Change[]): string[] {
  const result = [...lines];
  for (const each of changes) {
    const at = each.at % Math.max(1, result.length);
    const line = result[at] ?? '';
    if (each.kind === 'insert') result.splice(at, 0, each.line);
    else if (each.kind === 'remove') result.splice(at, 1);
    else if (each.kind === 'double') result.splice(at, 0, line);
    else if (each.kind === 'swap') {
      const other = each.with % Math.max(1, result.length);
      [result[at], result[other]] = [result[other] ?? '', line];
    } else {
      const where = each.place % Math.max(1, line.length);
      const code = (line.charCodeAt(where) || 65) ^ each.by;
      result[at] = line.slice(0, where) + String.fromCharCode(code) + line.slice(where + 1);
    }
  }
  return result;
}

describe('the reader of returns', () => {
  it('takes what was written, whole, at any length', () => {
    for (const count of [0, 1, 127, 128, 129, 300]) {
      const reader = new ReturnReader(verifySignature);
      const rows = honestReturn(count).flatMap((line) => reader.take(line));
      reader.finish();
      expect(reader.isWhole).toBe(true);
      expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: count }, (_none, index) => index + 1));
    }
  });

  it('never throws, never calls altered what is whole, and lets through only rows that were signed', () => {
    const original = honestReturn(200);
    const signed = new Set(honestRows(200));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const lines = changed(original, changes);
        const reader = new ReturnReader(verifySignature);
        const rows = lines.flatMap((line) => reader.take(line));
        reader.finish();
        const seen = new Set<number>();
        for (const { line, n } of rows) {
          expect(signed.has(line)).toBe(true);
          expect(seen.has(n)).toBe(false);
          seen.add(n);
        }
        const isSame =
          lines.length === original.length && lines.every((line, index) => line === original[index]);
        expect(reader.isWhole).toBe(isSame);
      }),
      { numRuns: tries(150, 1500) },
    );
  });

  it('has no header where the first line is none', () => {
    for (const line of CORPUS) {
      const reader = new ReturnReader(verifySignature);
      expect(reader.take(line)).toEqual([]);
      for (const more of CORPUS) expect(reader.take(more)).toEqual([]);
      reader.finish();
      expect(reader.header).toBeNull();
      expect(reader.isWhole).toBe(false);
    }
  });
});

describe('the parsers of packs', () => {
  it('answer to any JSON, and to any bytes, without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.constantFrom(...CORPUS)), (text) => {
        expect(packRow(packTextSchema, text)).not.toHaveProperty('value');
        expect(packRow(packPresentationSchema, text)).not.toHaveProperty('value');
        expect(readComment(text)).toBeNull();
        let value: unknown = null;
        try {
          value = JSON.parse(text);
        } catch {
          value = text;
        }
        expect(packManifestSchema.safeParse(value).success).toBe(false);
        expect(answerKeySchema.safeParse(value).success).toBe(false);
      }),
      { numRuns: tries(600, 3000) },
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 164, maxLength: 164 }), (bytes) => {
        expect(endProblem(bytes, { entries: 204 })).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});
