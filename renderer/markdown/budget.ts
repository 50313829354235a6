/**
 * What the texts of one pair may cost together. Counts, not times: every machine lays out the same texts. Reading a text
 * takes time in proportion to its length, and the page's layout in proportion to the nodes and the text in it.
 */
const MOST_CHARACTERS = 60_000;
const MOST_LINES = 4000;
/** Of one line, where letters beyond the Latin ones count as four: they may be as wide as a line or break anywhere. */
const HEAVIEST_LINE = 16_000;
const WEIGHT_OF_OTHERS = 4;
const MOST_NODES = 3000;
const MOST_FORMULAS = 200;
const MOST_FORMULA_CHARACTERS = 20_000;
const MOST_COLOURED_CHARACTERS = 60_000;
/** Of one image, and of all of a pair: a few bytes can stand for gigabytes of pixels. */
const MOST_PIXELS_OF_IMAGE = 16_000_000;
const MOST_PIXELS = 32_000_000;
const MOST_IMAGES = 50;
/** Containers in each other. */
export const DEEPEST = 8;

/** Thrown where the texts cost more; they are then shown as they are. */
export class OverBudget extends Error {}

export class Budget {
  private characters = MOST_CHARACTERS;
  private lines = MOST_LINES;
  private nodes = MOST_NODES;
  private formulas = MOST_FORMULAS;
  private formulaCharacters = MOST_FORMULA_CHARACTERS;
  private pixels = MOST_PIXELS;
  private images = MOST_IMAGES;
  private colouredCharacters = MOST_COLOURED_CHARACTERS;

  /** @throws OverBudget */
  takeText(length: number): void {
    this.characters -= length;
    if (this.characters < 0) throw new OverBudget('characters');
  }

  /** @throws OverBudget */
  takeLine(text: string): void {
    if (--this.lines < 0) throw new OverBudget('lines');
    if (text.length * WEIGHT_OF_OTHERS <= HEAVIEST_LINE) return;
    let weight = 0;
    for (let place = 0; place < text.length; place++)
      weight += text.charCodeAt(place) < 0x250 ? 1 : WEIGHT_OF_OTHERS;
    if (weight > HEAVIEST_LINE) throw new OverBudget('line');
  }

  /** @throws OverBudget */
  takeNodes(count: number): void {
    this.nodes -= count;
    if (this.nodes < 0) throw new OverBudget('nodes');
  }

  get hasFormulas(): boolean {
    return this.formulas > 0;
  }

  /** Whether one more formula may be set; one that may not is shown as written. */
  takesFormula(length: number): boolean {
    if (this.formulas < 1 || this.formulaCharacters < length) return false;
    this.formulas--;
    this.formulaCharacters -= length;
    return true;
  }

  /** Whether an image of so many pixels may be drawn. */
  takesPixels(pixels: number): boolean {
    if (this.images < 1 || pixels > MOST_PIXELS_OF_IMAGE || this.pixels < pixels) return false;
    this.images--;
    this.pixels -= pixels;
    return true;
  }

  /** Whether colours may be looked for in code of this length. */
  takesColours(length: number): boolean {
    if (this.colouredCharacters < length) return false;
    this.colouredCharacters -= length;
    return true;
  }
}
