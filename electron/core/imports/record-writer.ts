/** Writes native rows into a study, telling what is new from what is known and from what contradicts it. */
import type { IdentityMatch } from '../../../shared/blind/identity-scan.ts';
import type { SystemsOfPair } from '../../../shared/formats/harness/read/harness-format.ts';
import type { Comparison, NativeRow } from '../../../shared/formats/own/native.ts';
import type { FieldProblem } from '../../../shared/json/read-by-schema.ts';
import { HeldRows } from '../store/records/held-rows.ts';
import { type StudyPlace, systemNamesOf } from '../store/study/comparisons.ts';
import { drawCount } from '../store/study/selections.ts';
import { addToSlice } from '../store/study/studies.ts';
import { IdentityWatch, type OutputPlace } from './identity-watch.ts';
import { bump, type ImportTally } from './import-tally.ts';
import { PairWatch } from './pair-watch.ts';
import { contentOf, differenceFrom, type OutputContent } from './record-content.ts';
import { RecordIndex } from './record-index.ts';
import { SayingsWriter } from './sayings-writer.ts';
import type { DrawnRow } from './settled-design.ts';
import { StudyNames } from './study-names.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

export class RecordWriter {
  readonly #place: StudyPlace;
  readonly #tally: ImportTally;
  readonly #rows: HeldRows;
  readonly #index: RecordIndex;
  readonly #names: StudyNames;
  readonly #sayings: SayingsWriter;
  readonly #identity: IdentityWatch;
  readonly #watch = new PairWatch();
  /** Pairs per slice value, written once at the end. */
  readonly #slicePairs = new Map<string, Map<string, number>>();
  /** Pairs that a draw chose where the file comes from. */
  readonly drawn: DrawnRow[] = [];
  /** Draws there were before the pairs came; null where each row tells. */
  readonly #drawsBefore: number | null;
  /** Of comparisons in this import that had none of their own. */
  readonly #madeIds = new Set<string>();
  #nextOrdinal: number;

  /** @param place in a transaction that lasts until `finish` */
  constructor(
    place: StudyPlace,
    tally: ImportTally,
    { firstOrdinal, restoresDraws }: { readonly firstOrdinal: number; readonly restoresDraws: boolean },
  ) {
    const { store, studyId } = place;
    this.#place = place;
    this.#tally = tally;
    this.#nextOrdinal = firstOrdinal;
    this.#drawsBefore = restoresDraws ? null : drawCount(store, studyId);
    this.#rows = new HeldRows(store);
    this.#index = new RecordIndex(place, this.#rows);
    this.#names = new StudyNames(place);
    this.#sayings = new SayingsWriter(this.#rows, this.#names, tally);
    this.#identity = new IdentityWatch(systemNamesOf(store, studyId));
  }

  /** Writes one row and returns what is wrong with it, if anything is. */
  write(native: NativeRow, place: Place): FieldProblem[] {
    const problems =
      native.kind === 'verdicts' ? this.#writeVerdicts(native.row) : this.#writeComparison(native, place);
    if (this.#rows.areMany || this.#index.isLarge) this.#writeRows();
    return problems;
  }

  /** Says which raters of the next row have no names of their own. */
  meetUnnamed(names: readonly string[]): void {
    this.#names.meetUnnamed(names);
  }

  /** The systems of a pair that the study has by now. */
  readonly systemsOf: SystemsOfPair = (id) => {
    const pair = this.#index.pair(id);
    return pair === undefined ? undefined : { first: pair.firstSystem, second: pair.secondSystem };
  };

  /** To be called once after the last row. */
  finish(): void {
    this.#writeRows();
    const { store, studyId } = this.#place;
    for (const [name, values] of this.#slicePairs)
      for (const [value, pairs] of values) addToSlice(store, studyId, name, value, pairs);
  }

  /** What looks wrong about what was written, although nothing is. */
  warnings(): string[] {
    const watched = this.#watch.warnings({
      systems: this.#names.all('systems'),
      raters: this.#names.all('raters'),
      judges: this.#names.all('judges'),
    });
    return this.#tally.counts.votesAdded === 0 ? watched : [...this.#names.warnOfUnnamed(), ...watched];
  }

  #writeRows(): void {
    this.#rows.write();
    this.#index.forget();
  }

  #writeVerdicts(row: Extract<NativeRow, { kind: 'verdicts' }>['row']): FieldProblem[] {
    const known = this.#index.pair(row.id);
    if (known === undefined)
      return [{ field: 'id', reason: `no comparison has the id ${JSON.stringify(row.id)}` }];
    return this.#sayings.write(known.pairId, this.#index.sayings(known.pairId), row);
  }

  #writeComparison(
    { row, isIdMade }: Extract<NativeRow, { kind: 'comparison' }>,
    place: Place,
  ): FieldProblem[] {
    if (isIdMade === true) {
      if (this.#madeIds.has(row.id)) this.#tally.sameWithoutId++;
      this.#madeIds.add(row.id);
    }
    const known = this.#index.pair(row.id);
    if (known === undefined) return this.#insert(row, place);
    const difference = differenceFrom(known, row.id, contentOf(row));
    if (difference !== undefined) return [difference];
    this.#tally.counts.pairsKnown++;
    return this.#sayings.write(known.pairId, this.#index.sayings(known.pairId), row);
  }

  #insert(comparison: Comparison, place: Place): FieldProblem[] {
    const { id, a, b, draw } = comparison;
    const tooMany = this.#identity.meet([a.system, b.system], (match, found) => this.#find(match, found));
    if (tooMany !== undefined) return [{ field: 'a.system', reason: tooMany }];
    const content = contentOf(comparison);
    const { first, second, slices, itemHash } = content;
    const systems = [this.#names.system(a.system), this.#names.system(b.system)] as const;
    const parts = this.#index.addParts(content, systems, id);
    this.#meetOutput(first, parts.first, place);
    this.#meetOutput(second, parts.second, place);
    if (parts.twin !== undefined) this.#tally.addDuplicate(id, parts.twin);
    if (parts.isNewItem) this.#tally.counts.itemsAdded++;
    this.#watch.meet(
      { id, systems: [a.system, b.system], outputs: [textOfOutput(first), textOfOutput(second)] },
      (other) => this.#index.pair(other) !== undefined,
    );
    const pairId = this.#rows.addPair({
      studyId: this.#place.studyId,
      ordinal: this.#nextOrdinal++,
      externalId: id,
      itemId: parts.itemId,
      firstResponse: parts.first.id,
      secondResponse: parts.second.id,
      slices,
      drawsBefore: this.#drawsBefore ?? comparison.drawsBefore ?? 0,
    });
    this.#index.keepPair(id, {
      pairId,
      itemHash: itemHash.bytes,
      firstHash: first.hash.bytes,
      secondHash: second.hash.bytes,
      firstSystem: a.system,
      secondSystem: b.system,
      slices,
    });
    this.#tally.addPair(pairId);
    if (draw !== undefined) this.drawn.push({ pairId, ...draw });
    for (const [name, value] of Object.entries(comparison.slices ?? {})) {
      this.#tally.addSlice(name, value);
      let values = this.#slicePairs.get(name);
      if (values === undefined) {
        values = new Map();
        this.#slicePairs.set(name, values);
      }
      bump(values, value);
    }
    return this.#sayings.write(pairId, this.#index.sayings(pairId), comparison);
  }

  /** Counts an output under its system, and looks for names in one that is new. */
  #meetOutput(
    { system, conversation }: OutputContent,
    { id, isNew }: { readonly id: number; readonly isNew: boolean },
    place: Place,
  ): void {
    bump(this.#tally.systems, system);
    if (!isNew) return;
    const found = { ...place, responseId: id };
    for (const { content } of conversation)
      for (const match of this.#identity.scan(content, found)) this.#find(match, found);
  }

  #find(match: IdentityMatch, { responseId, ...place }: OutputPlace): void {
    this.#rows.addFinding(responseId, match.rule, match.excerpt);
    this.#tally.addFinding({ ...place, ...match }, responseId);
  }
}

function textOfOutput({ conversation }: OutputContent): string {
  return conversation.map(({ content }) => content).join('\n');
}
