import { describe, expect, it } from 'vitest';
import { withoutImages } from '../../shared/text/embedded-images.ts';

const PNG = 'data:image/png;base64,iVBORw0KGgo=';

describe('embedded images', () => {
  it('are taken out and kept by a stand-in', () => {
    const { text, images } = withoutImages(`Look: ![a dot](${PNG} "title") and ![again](<${PNG}>).`);
    expect(text).toBe('Look: ![a dot](embedded-image:0 "title") and ![again](embedded-image:1).');
    expect([...images]).toEqual([
      ['embedded-image:0', PNG],
      ['embedded-image:1', PNG],
    ]);
  });

  it('are raster images only, and whole', () => {
    for (const address of [
      'data:image/svg+xml;base64,PHN2Zz4=',
      'data:text/html;base64,PHA+',
      'https://example.org/pixel.png',
      'data:image/png;base64,not base64!',
      'data:image/png,raw',
    ]) {
      const source = `![x](${address})`;
      const { text, images } = withoutImages(source);
      expect({ text, images }).toEqual({ text: source, images: new Map() });
    }
  });

  it('cost no more than their length', () => {
    const large = `![x](data:image/webp;base64,${'A'.repeat(3_000_000)})`;
    expect(withoutImages(large).text).toBe('![x](embedded-image:0)');
    const open = `${'![x](data:image/png;base64,AAAA '.repeat(20_000)}`;
    expect(withoutImages(open).images.size).toBe(0);
    const many = `![x](${PNG}) `.repeat(3001);
    expect(withoutImages(many)).toMatchObject({ text: many, images: new Map() });
    expect(withoutImages(many.slice(`![x](${PNG}) `.length)).images.size).toBe(3000);
  });
});
