/** Reads the texts of a pair together: either all of them are laid out, or all are shown as they are. */
import { pixelsOf, withoutImages } from '../../shared/text/embedded-images.ts';
import { Budget, OverBudget } from './budget.ts';
import type { MarkdownNode } from './markdown-node.ts';
import { readBlocks } from './read-blocks.ts';
import { linesOf } from './stretch.ts';

export interface ReadText {
  readonly nodes: readonly MarkdownNode[];
  /** The images that the text itself holds, by the addresses that stand for them in the nodes. */
  readonly images: ReadonlyMap<string, string>;
  /** Whether an image has no more pixels than the pair may still show. */
  readonly isDrawable: (standIn: string) => boolean;
}

/**
 * @returns what each text is laid out as, or null where together they cost more than a pair may: then every one of them
 *   is shown as it was written, so that no side of a pair looks different for its size
 */
export function readTogether(texts: readonly string[]): ReadonlyMap<string, ReadText> | null {
  const budget = new Budget();
  const read = new Map<string, ReadText>();
  try {
    for (const whole of texts) {
      if (read.has(whole)) continue;
      const { text, images, sourceAt } = withoutImages(whole);
      budget.takeText(text.length);
      const lines = linesOf(text);
      for (const line of lines) budget.takeLine(line.text);
      const placed = images.size === 0 ? lines : lines.map((line) => ({ ...line, at: sourceAt(line.at) }));
      const drawable = new Set(
        [...images].flatMap(([name, address]) => (isDrawn(address, budget) ? [name] : [])),
      );
      read.set(whole, {
        nodes: readBlocks(placed, budget),
        images,
        isDrawable: (name) => drawable.has(name),
      });
    }
  } catch (error) {
    if (error instanceof OverBudget) return null;
    throw error;
  }
  return read;
}

function isDrawn(address: string, budget: Budget): boolean {
  const pixels = pixelsOf(address);
  return pixels !== null && budget.takesPixels(pixels);
}
