import {
  isTelling,
  isTellingBetween,
  LEAST_BLIND_PAIRS,
  withoutTelling,
} from '../../../shared/blind/few-pairs.ts';
import {
  type CardData,
  type JudgeColumn,
  once,
  type SlicePairs,
} from '../../../shared/card/columns/card-data.ts';
import type { SliceName } from '../../../shared/card/columns/comparison-filter.ts';
import type { CardPart, Figure } from '../../../shared/card/figures/figure.ts';
import { MEASURES } from '../../../shared/card/figures/measures.ts';
import { rowOf } from '../../../shared/card/figures/subject.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { type LabelRule, PeopleLabels } from '../../../shared/labels/consensus-column.ts';

const { consensus, adjudicated, bothBad } = agreementOptionsSchema.shape;

/** Every way to come by people's labels, in one order for all: of two that differ in few pairs, the first is shown. */
const LABEL_RULES: readonly LabelRule[] = bothBad
  .unwrap()
  .options.flatMap((folded) =>
    adjudicated
      .unwrap()
      .options.flatMap((decided) =>
        consensus
          .unwrap()
          .options.map((rule) => ({ consensus: rule, adjudicated: decided, bothBad: folded })),
      ),
  );

/** Parts whose rows share out the pairs that another figure is of. */
const SHARED_OUT: ReadonlySet<string> = new Set(['slices', 'splits', 'systems', 'length']);

/**
 * What of a card may be shown while its study is blind: nothing over few pairs, and no two figures whose difference is what
 * was said of few.
 */
export class BlindedCard {
  readonly #data: CardData;
  readonly #planned: LabelRule;
  readonly #hiddenRows: () => ReadonlySet<string>;
  /**
   * The slices among all pairs, among those that a judge judged, and among those of them that people labelled: slices that
   * differ in many pairs may differ in few that a figure can rest on.
   */
  readonly #views: () => readonly { readonly slices: readonly SlicePairs[]; readonly pairs: number }[];
  readonly labels: PeopleLabels;

  /**
   * @param data of the whole study
   * @param planned policies that may always be looked at
   */
  constructor(data: CardData, planned: LabelRule) {
    this.#data = data;
    this.labels = new PeopleLabels(data, data.pairIds.length);
    this.#planned = planned;
    this.#views = once(() => {
      const masks = new Map<string, Uint8Array>([['', new Uint8Array(data.pairIds.length).fill(1)]]);
      for (const judge of data.judges)
        for (const mask of [pairsJudgedBy(judge), this.#labelledAnd(judge)])
          if (mask.includes(0)) masks.set(mask.join(''), mask);
      return [...masks.values()].map((mask) => ({
        slices: data
          .slices()
          .map((slice) => ({ ...slice, pairs: slice.pairs.filter((pair) => mask[pair] === 1) })),
        pairs: mask.reduce((sum, each) => sum + each, 0),
      }));
    });
    this.#hiddenRows = once(() => {
      const hidden = data.slices().filter((slice) => this.#isTelling(slice));
      return new Set(hidden.map(({ name, value }) => rowOf({ kind: 'slice', name, value })));
    });
  }

  requireSlice(slice: SliceName | null): void {
    const found = this.#sliceOf(slice);
    if (found === undefined || !this.#isTelling(found)) return;
    throw new ServiceError('study_blinded', {
      key: 'figures.blind_few_in_slice',
      values: { name: found.name, value: found.value, least: LEAST_BLIND_PAIRS },
    });
  }

  /** @param judges whose figures are asked for */
  requireLabels(rule: LabelRule, slice: SliceName | null, judges: readonly JudgeColumn[]): void {
    if (!judges.some((judge) => this.#isTellingRule(rule, slice, judge))) return;
    throw new ServiceError('study_blinded', {
      key: 'figures.blind_few_under_policies',
      values: { least: LEAST_BLIND_PAIRS },
    });
  }

  /** A part of a judge's card, or of what is about people alone. */
  hidePart(part: CardPart, options: LabelRule, slice: SliceName | null, judge: JudgeColumn | null): CardPart {
    const isHiddenRow = (row: string) =>
      part.name === 'slices'
        ? this.#hiddenRows().has(row)
        : part.name === 'policies' && this.#hiddenRules(options, slice, judge).has(row);
    const shown = withoutTelling(
      part,
      (measure) => MEASURES[measure].unit === 'count',
      ({ row }) => isHiddenRow(row),
      ({ subject }: Figure) =>
        SHARED_OUT.has(part.name) ? (subject.kind === 'slice' ? subject.name : part.name) : null,
    );
    const words = shown.words as CardPart['words'];
    return {
      ...part,
      figures: shown.figures as CardPart['figures'],
      // What the raters under warning carry is what was said of their pairs.
      words: this.#isWarningTelling(judge) ? words.filter(({ row }) => row !== 'warned') : words,
    };
  }

  #sliceOf(slice: SliceName | null): SlicePairs | undefined {
    return this.#data.slices().find(({ name, value }) => name === slice?.name && value === slice.value);
  }

  #isTelling(slice: SlicePairs): boolean {
    const place = this.#data.slices().indexOf(slice);
    return this.#views().some(({ slices, pairs }) => {
      const own = slices[place];
      return own !== undefined && own.pairs.length > 0 && isTelling(slices, own, pairs);
    });
  }

  #labelledAnd(judge: JudgeColumn): Uint8Array {
    const labels = this.#labelsUnder(this.#planned);
    return pairsJudgedBy(judge).map((isJudged, pair) =>
      isJudged === 1 && (labels[pair] ?? -1) >= 0 ? 1 : 0,
    );
  }

  #labelsUnder(rule: LabelRule): Int8Array {
    return this.labels.under(rule).codes;
  }

  #isTellingRule(rule: LabelRule, slice: SliceName | null, judge: JudgeColumn): boolean {
    const wanted = keyOf(rule);
    const judged = pairsJudgedBy(judge);
    const isIn = new Set(this.#sliceOf(slice)?.pairs);
    const counts = slice === null ? judged : judged.map((isJudged, pair) => (isIn.has(pair) ? isJudged : 0));
    const labels = this.#labelsUnder(rule);
    for (const before of [this.#planned, ...LABEL_RULES]) {
      if (keyOf(before) === wanted) return false;
      if (isTellingBetween(this.#labelsUnder(before), labels, counts)) return true;
    }
    return false;
  }

  /** Rows of the part on policies that stand for labels which may not be looked at. */
  #hiddenRules(options: LabelRule, slice: SliceName | null, judge: JudgeColumn | null): ReadonlySet<string> {
    const values = consensus.unwrap().options;
    return new Set(
      values
        .filter(
          (value) => judge !== null && this.#isTellingRule({ ...options, consensus: value }, slice, judge),
        )
        .map((value) => rowOf({ kind: 'policy', policy: 'consensus', value })),
    );
  }

  #isWarningTelling(judge: JudgeColumn | null): boolean {
    if (judge === null) return false;
    const warned = new Set(this.#data.warned());
    const columns = this.#data.raters.filter(({ name }) => warned.has(name));
    const pairs = pairsJudgedBy(judge).reduce(
      (sum, isJudged, pair) =>
        sum + (isJudged === 1 && columns.some(({ codes }) => (codes[pair] ?? -1) >= 0) ? 1 : 0),
      0,
    );
    return pairs < LEAST_BLIND_PAIRS;
  }
}

/** 1 for each pair that a judge said anything of, in either order. */
function pairsJudgedBy({ codes, firstShownFirst, secondShownFirst }: JudgeColumn): Uint8Array {
  return Uint8Array.from(codes, (code, pair) =>
    [code, firstShownFirst[pair], secondShownFirst[pair]].some((each) => (each ?? -1) >= 0) ? 1 : 0,
  );
}

function keyOf({ consensus: rule, adjudicated: decided, bothBad: folded }: LabelRule): string {
  return `${rule} ${decided} ${folded}`;
}
