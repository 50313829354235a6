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
  readonly #masks = new Map<JudgeColumn, Uint8Array>();
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
      const masks: Uint8Array[] = [new Uint8Array(data.pairIds.length).fill(1)];
      for (const judge of data.judges)
        for (const mask of [this.#judgedBy(judge), this.#labelledAnd(judge)])
          if (!masks.some((known) => Buffer.compare(known, mask) === 0)) masks.push(mask);
      return masks.map((mask) => ({
        slices: data
          .slices()
          .map((slice) => ({ ...slice, pairs: slice.pairs.filter((pair) => mask[pair] === 1) })),
        pairs: countOf(mask),
      }));
    });
    this.#hiddenRows = once(() => {
      const hidden = data.slices().filter((slice) => this.#isTelling(slice));
      return new Set(hidden.map(({ name, value }) => rowOf({ kind: 'slice', name, value })));
    });
  }

  requireSlice(slice: SliceName | null): void {
    if (slice === null) return;
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
    const hidden =
      part.name === 'slices'
        ? this.#hiddenRows()
        : part.name === 'policies'
          ? this.#hiddenRules(options, slice, judge)
          : null;
    const shown = withoutTelling(
      part,
      (measure) => MEASURES[measure].unit === 'count',
      ({ row }) => hidden?.has(row) ?? false,
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
    return this.#judgedBy(judge).map((isJudged, pair) => ((labels[pair] ?? -1) >= 0 ? isJudged : 0));
  }

  /** 1 for each pair that a judge said anything of, in either order. */
  #judgedBy(judge: JudgeColumn): Uint8Array {
    let mask = this.#masks.get(judge);
    if (mask === undefined) {
      const { codes, firstShownFirst, secondShownFirst } = judge;
      mask = new Uint8Array(codes.length);
      for (const column of [codes, firstShownFirst, secondShownFirst])
        for (let pair = 0; pair < column.length; pair++) if ((column[pair] ?? -1) >= 0) mask[pair] = 1;
      this.#masks.set(judge, mask);
    }
    return mask;
  }

  #labelsUnder(rule: LabelRule): Int8Array {
    return this.labels.under(rule).codes;
  }

  #isTellingRule(rule: LabelRule, slice: SliceName | null, judge: JudgeColumn): boolean {
    const wanted = keyOf(rule);
    const judged = this.#judgedBy(judge);
    const counts = slice === null ? judged : new Uint8Array(judged.length);
    if (slice !== null)
      for (const pair of this.#sliceOf(slice)?.pairs ?? []) counts[pair] = judged[pair] ?? 0;
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
    const judged = this.#judgedBy(judge);
    const mask = new Uint8Array(judged.length);
    for (const { name, codes } of this.#data.raters)
      if (warned.has(name))
        for (let pair = 0; pair < codes.length; pair++)
          if ((codes[pair] ?? -1) >= 0) mask[pair] = judged[pair] ?? 0;
    return countOf(mask) < LEAST_BLIND_PAIRS;
  }
}

/** How many pairs are marked. */
function countOf(mask: Uint8Array): number {
  let count = 0;
  for (const mark of mask) count += mark;
  return count;
}

function keyOf({ consensus: rule, adjudicated: decided, bothBad: folded }: LabelRule): string {
  return `${rule} ${decided} ${folded}`;
}
