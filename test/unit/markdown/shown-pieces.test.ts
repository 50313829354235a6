import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasInvisible, partsOf } from '../../../renderer/reading/invisible-characters.ts';
import { piecesOf } from '../../../renderer/reading/text-pieces.ts';
import { pixelsOf, withoutImages } from '../../../shared/text/embedded-images.ts';

describe('characters that cannot be seen', () => {
  it.each([
    ['a\u200bb', 'U+200B'],
    ['a\u202eb', 'U+202E'],
    ['a\u2066b\u2069', 'U+2066'],
    ['\ufeffa', 'U+FEFF'],
    ['a\u00adb', 'U+00AD'],
    ['a\u{e0041}\u{e0042}b', 'U+E0041 +1'],
    ['a\u0000b', 'U+0000'],
    ['a\u200db', 'U+200D'],
    ['\u3164', 'U+3164'],
    ['a\u2800', 'U+2800'],
    ['a\ufe0f\ufe0f\ufe0fb', 'U+FE0F +1'],
  ])('of %j are marked', (text, label) => {
    expect(partsOf(text).flatMap((part) => part.label ?? [])[0]).toBe(label);
  });

  it.each([
    'plain text\tand\nlines',
    '👨‍👩‍👧 ❤️ 1️⃣',
    'می‌خواهم',
    'क्‍ष',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    'é',
    'e\u0301',
  ])('are none in %j', (text) => {
    expect(partsOf(text).every(({ label }) => label === undefined)).toBe(true);
  });

  it('are not so many elements as there are characters, and the text stays as long', () => {
    const text = 'a\u200b\u202e'.repeat(5000);
    const parts = partsOf(text);
    expect(parts.length).toBeLessThan(200);
    expect(parts.reduce((sum, part) => sum + part.text.length, 0)).toBe(text.length);
    expect(hasInvisible(parts.at(-1)?.text ?? '')).toBe(false);
  });
});

describe('pieces of a text', () => {
  const characters = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '漢', '😀', '\u0301', 'word'),
    maxLength: 9000,
  });

  it('are the text, bounded, and cut no character', () => {
    fc.assert(
      fc.property(characters, (text) => {
        const pieces = piecesOf(text, 0, text.length).map(({ from, to }) => text.slice(from, to));
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(2000);
          expect(piece.split('\n').length).toBeLessThanOrEqual(81);
          expect(piece.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the size of an embedded image', () => {
  const address = (type: string, bytes: readonly number[]) =>
    `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
  const text = (signs: string) => [...signs].map((sign) => sign.charCodeAt(0));

  it.each<[string, string, number | null]>([
    [
      'PNG',
      address('png', [
        ...text('\x89PNG\r\n\x1a\n'),
        0,
        0,
        0,
        13,
        ...text('IHDR'),
        0,
        0,
        78,
        32,
        0,
        0,
        78,
        32,
        1,
        0,
      ]),
      20_000 ** 2,
    ],
    ['GIF', address('gif', [...text('GIF89a'), 0x10, 0x27, 0x20, 0x4e, 0, 0]), 10_000 * 20_000],
    [
      'WebP, lossy',
      address('webp', [
        ...text('RIFF'),
        0,
        0,
        0,
        0,
        ...text('WEBPVP8 '),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0x9d,
        0x01,
        0x2a,
        0x64,
        0,
        0x32,
        0,
      ]),
      100 * 50,
    ],
    [
      'WebP, lossless',
      address('webp', [
        ...text('RIFF'),
        0,
        0,
        0,
        0,
        ...text('WEBPVP8L'),
        0,
        0,
        0,
        0,
        0x2f,
        0x63,
        0x40,
        0x0c,
        0x00,
      ]),
      100 * 50,
    ],
    [
      'WebP, extended',
      address('webp', [
        ...text('RIFF'),
        0,
        0,
        0,
        0,
        ...text('WEBPVP8X'),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0x63,
        0,
        0,
        0x31,
        0,
        0,
      ]),
      100 * 50,
    ],
    [
      'JPEG',
      address(
        'jpeg',
        [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc4, 0, 2, 0xff, 0xc2, 0, 17, 8, 0, 50, 0, 100, 3],
      ),
      100 * 50,
    ],
    ['something else', address('png', text('not a picture at all')), null],
    ['a header cut short', address('png', text('\x89PNG\r\n\x1a\n')), null],
  ])('is read from the header of %s', (_name, data, pixels) => {
    expect(pixelsOf(data)).toBe(pixels);
  });

  it('leaves places in the short text that lead back', () => {
    const png = 'data:image/png;base64,iVBORw0KGgo=';
    const whole = `one ![a](${png}) two ![b](${png}) three`;
    const { text: short, sourceAt } = withoutImages(whole);
    for (const word of ['one', 'two', 'three'])
      expect(sourceAt(short.indexOf(word))).toBe(whole.indexOf(word));
  });
});
