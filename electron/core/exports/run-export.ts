import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CardData } from '../../../shared/card/columns/card-data.ts';
import { peopleView } from '../../../shared/card/columns/judge-view.ts';
import type { ExportFormat } from '../../../shared/contract/export-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { ControlTokens } from '../../../shared/formats/harness/write/control-tokens.ts';
import { HARNESS_EXPORTERS } from '../../../shared/formats/harness/write/harness-exporters.ts';
import { CALIBRATION_FORMAT, COMPARISONS_FILE } from '../../../shared/formats/own/calibration-manifest.ts';
import { comparisonSchema } from '../../../shared/formats/own/native.ts';
import { preferenceRow } from '../../../shared/formats/own/preference.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { type Consensus, consensusOfCounts } from '../../../shared/labels/consensus.ts';
import { PeopleLabels } from '../../../shared/labels/consensus-column.ts';
import { LABELS } from '../../../shared/labels/vote-counts.ts';
import { countsOfKind } from '../../../shared/labels/vote-kinds.ts';
import type { HumanVerdict, JudgeVerdict } from '../../../shared/study/verdict.ts';
import { CATEGORY_NAMES, CODE } from '../../../shared/study/verdict-codes.ts';
import { swapFolder } from '../files/swap-folder.ts';
import { LineFile, type WrittenFile } from '../files/write-lines.ts';
import { productVersion } from '../ports/product.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import { ReadOnlyStore, type ReadStore } from '../store/engine/database.ts';
import { judgedSystems } from '../store/judging/judged-systems.ts';
import { conversationsOf, type NativeRow, nativeRows } from '../store/records/native-row.ts';
import { type FullPair, pairsFromOrdinal } from '../store/study/comparisons.ts';
import type { Split } from '../store/study/content-split.ts';
import { leftOutPairs } from '../store/study/pair-decisions.ts';
import { type Draw, drawsOfPairs } from '../store/study/selections.ts';
import { type StudyRow, studyByPublicId } from '../store/study/studies.ts';
import { collectGarbage } from '../work/collect-garbage.ts';
import { type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { EarlierFiles } from './earlier-files.ts';
import { describeDesign } from './settled-design.ts';
import { writeCards } from './write-cards.ts';
import { writeCorrection } from './write-correction.ts';
import { writeHarness } from './write-harness.ts';
import { writeParquet } from './write-parquet.ts';
import { writeRecomputing } from './write-recomputing.ts';

export interface ExportRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly format: ExportFormat;
  readonly folder: string;
}

export interface ExportOutcome {
  readonly files: readonly WrittenFile[];
  readonly rows: number;
  readonly leftOut: readonly { readonly what: string; readonly rows: number }[];
  /** What is written and yet to be minded, and how many rows that touches. */
  readonly warnings: readonly { readonly what: string; readonly rows: number }[];
}

/** So few that they are gone before they count as what lasts: of more the heap grows. */
const PAGE = 50;

/**
 * Writes an export from one consistent view of the store. The same state gives the same bytes. The files of an earlier
 * export to the folder give way to the new ones as one; where anything fails, they stay.
 */
export async function runExport(request: ExportRequest, controls: TaskControls): Promise<ExportOutcome> {
  const store = new ReadOnlyStore(request.storePath);
  try {
    return store.read(() => {
      const study = studyByPublicId(store, request.studyId);
      if (study === undefined) throw new ServiceError('not_found', { key: 'rating.study_unknown' });
      const { format, folder } = request;
      const earlier = new EarlierFiles(store, study.id);
      return swapFolder({
        folder,
        isOurs: (path) => earlier.has(join(folder, path), path),
        write: (staged) => {
          const outcome = withLeftOutPairs(store, study, writeFormat(store, study, format, staged, controls));
          // An earlier export is not given up for one that holds nothing.
          if (outcome.rows === 0) throw nothingToExport(outcome);
          return outcome;
        },
        filesOf: ({ files }) => files.map(({ name }) => name),
      });
    });
  } finally {
    store.close();
  }
}

/** No format has a place for pairs that the lead leaves out. */
function withLeftOutPairs(store: ReadStore, study: StudyRow, outcome: ExportOutcome): ExportOutcome {
  const rows = leftOutPairs(store, study.id).size;
  if (rows === 0) return outcome;
  return { ...outcome, leftOut: [...outcome.leftOut, { what: 'pairs that the lead leaves out', rows }] };
}

function writeFormat(
  store: ReadStore,
  study: StudyRow,
  format: ExportFormat,
  folder: string,
  controls: TaskControls,
): ExportOutcome {
  if (format === 'native') return writeNative(store, study, folder, controls);
  if (format === 'preference') return writePreference(store, study, folder, controls);
  if (format === 'parquet') return writeTables(store, study, folder, controls);
  return writeForTool(store, study, format, folder, controls);
}

function nothingToExport({ leftOut }: ExportOutcome): ServiceError {
  const why = leftOut.map(({ what, rows }) => `${rows} × ${what}`).join('; ');
  return new ServiceError(
    'invalid_input',
    why === '' ? { key: 'export.nothing' } : { key: 'export.nothing_but_left_out', values: { leftOut: why } },
    { leftOut },
  );
}

/** Each pair's gold label: what more than half of the votes say, and an adjudicator's decision where they say nothing. */
function goldLabels({ adjudicated }: CardData, { votes }: PeopleLabels): (pair: number) => Consensus {
  const countsOf = Array.from({ length: votes.kinds }, (_kind, kind) =>
    countsOfKind(votes, kind, 'separate'),
  );
  const consensusOf = countsOf.map(consensusOfCounts);
  return (pair) => {
    const kind = votes.kindOfPair[pair] ?? 0;
    const consensus = consensusOf[kind] ?? consensusOfCounts([]);
    const decided = adjudicated?.[pair] ?? CODE.missing;
    if (consensus.code >= 0 || decided < 0 || decided > CODE.both_bad) return consensus;
    return { ...consensus, kind: 'adjudicated', code: decided, agreeing: countsOf[kind]?.[decided] ?? 0 };
  };
}

/** Which side of the stable split each pair is on. */
function splitsOf(columns: CardData): (pair: number) => Split {
  const isOnDev = columns.isOnDev();
  return (pair) => (isOnDev[pair] === 1 ? 'dev' : 'test');
}

/** A pair as an export writes it. */
interface WrittenPair {
  readonly pair: FullPair;
  readonly row: NativeRow;
  readonly gold: Consensus;
  readonly split: Split;
  /** In study order. */
  readonly place: number;
  readonly draw: Draw | undefined;
}

/** Calls back for every pair of a study that counts, in order. */
function eachPair(
  store: ReadStore,
  study: StudyRow,
  columns: CardData,
  labels: PeopleLabels,
  controls: TaskControls,
  visit: (pair: WrittenPair) => void,
): void {
  const goldOf = goldLabels(columns, labels);
  const splitOf = splitsOf(columns);
  let place = 0;
  for (let from = 0; ; ) {
    const page = pairsFromOrdinal(store, study.id, from, PAGE);
    const rows = nativeRows(store, page);
    const drawOf = drawsOfPairs(
      store,
      page.map(({ pairId }) => pairId),
    );
    for (const [index, pair] of page.entries()) {
      const row = rows[index] ?? {};
      visit({
        pair,
        row,
        gold: goldOf(place),
        split: splitOf(place),
        place,
        draw: drawOf(pair.pairId),
      });
      place++;
    }
    controls.onProgress({ bytesDone: place, bytesTotal: columns.pairIds.length, records: place });
    throwIfCancelled(controls);
    collectGarbage();
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = last.ordinal + 1;
  }
}

function labelNamed(code: number): HumanVerdict | null {
  return code < 0 ? null : ((CATEGORY_NAMES[code] ?? null) as HumanVerdict | null);
}

/** How likely each label is under Dawid and Skene's model, by place; null where nobody voted. */
function softLabels(labels: PeopleLabels, pairs: number): (place: number) => Record<string, number> | null {
  const model = labels.model('separate');
  const rowOf = new Int32Array(pairs).fill(-1);
  model?.pairs.forEach((pair, row) => {
    rowOf[pair] = row;
  });
  return (place) => {
    const row = rowOf[place] ?? -1;
    if (row < 0 || model === null) return null;
    const share = (code: number) => model.posterior[row * LABELS + code] ?? 0;
    return Object.fromEntries(
      CATEGORY_NAMES.slice(0, LABELS).map((name, code) => [name, Number(share(code).toFixed(6))]),
    );
  };
}

function writeNative(
  store: ReadStore,
  study: StudyRow,
  folder: string,
  controls: TaskControls,
): ExportOutcome {
  const columns = loadCardData(store, study, { areSystemsNamed: true });
  collectGarbage();
  const labels = new PeopleLabels(columns, columns.pairIds.length);
  const file = new LineFile(folder, COMPARISONS_FILE);
  const splits = { dev: 0, test: 0 };
  const tunedOn = columns.judges.flatMap(({ name, tunedOn: marks }) =>
    marks === null ? [] : [{ name, marks, ids: [] as string[] }],
  );
  try {
    const soft = softLabels(labels, columns.pairIds.length);
    collectGarbage();
    eachPair(store, study, columns, labels, controls, ({ pair, row, gold, split, place, draw }) => {
      const { kind, code, votes, agreeing } = gold;
      splits[split]++;
      for (const { marks, ids } of tunedOn) if (marks[place] === 1) ids.push(pair.externalId);
      file.writeLine(
        JSON.stringify({
          ...row,
          gold: {
            verdict: labelNamed(code),
            provenance: kind,
            votes,
            agreeing,
            ...(votes === 0 ? {} : { soft: soft(place) }),
          },
          split,
          ...(draw === undefined ? {} : { draw: { wave: draw.wave, probability: draw.probability } }),
          ...(pair.drawsBefore === 0 ? {} : { drawsBefore: pair.drawsBefore }),
        }),
      );
    });
  } catch (error) {
    file.abandon();
    throw error;
  }
  const comparisons = file.finish();
  const options = agreementOptionsSchema.parse({});
  const told = new Map(tunedOn.flatMap(({ name, ids }) => (ids.length === 0 ? [] : [[name, ids] as const])));
  const view = peopleView(columns, options, labels);
  const cards = writeCards(study, view, folder, controls, told);
  collectGarbage();
  const correction = writeCorrection(study, view, folder);
  const recomputing = writeRecomputing(folder);
  const { isSynthetic, name, design } = study;
  const manifest = {
    format: CALIBRATION_FORMAT,
    schemaVersion: 1,
    software: { name: 'touchstone', version: productVersion },
    study: { name, isSynthetic, design },
    guidelineSha256: createHash('sha256').update(design.guideline).digest('hex'),
    files: [comparisons],
    counts: {
      pairs: columns.pairIds.length,
      items: columns.itemCount,
      raters: columns.raters.length,
      judges: columns.judges.length,
      consensus: view.kinds,
    },
    split: {
      rule: 'first byte of sha256("split|" + the prompt as JSON) below 128 is dev, else test',
      ...splits,
    },
    gold: 'more than half of the votes on a pair of raters who are not excluded; where they give no label, an adjudicator’s decision; a single vote is marked single; a split has no label. What adjudicators decided of any pair stands beside it, under adjudicated. soft: shares of Dawid and Skene’s model',
    agreementCard: cards,
    correction,
    recomputing,
    ...describeDesign(store, study.id),
  };
  const manifestFile = new LineFile(folder, 'manifest.json');
  manifestFile.writeLine(JSON.stringify(JSON.parse(canonicalJson(manifest)), null, 2));
  return {
    files: [comparisons, cards, correction, recomputing, manifestFile.finish()],
    rows: comparisons.rows,
    leftOut: [],
    warnings: [],
  };
}

/** Everything of a study as tables: excluded votes and verdicts on pairs a judge was written against are there, and marked. */
function writeTables(
  store: ReadStore,
  study: StudyRow,
  folder: string,
  controls: TaskControls,
): ExportOutcome {
  const columns = loadCardData(store, study, { areSystemsNamed: true });
  const counted = new Set(columns.raters.map(({ name }) => name));
  const tunedOn = new Map(columns.judges.map(({ name, tunedOn: marks }) => [name, marks]));
  const files = writeParquet(folder, study.publicId, (visit) => {
    const labels = new PeopleLabels(columns, columns.pairIds.length);
    eachPair(store, study, columns, labels, controls, ({ row, gold, split, place }) => {
      visit({
        row: comparisonSchema.parse(row),
        split,
        gold: { ...gold, verdict: labelNamed(gold.code) },
        countsRater: (name) => counted.has(name),
        countsJudge: (name) => tunedOn.get(name)?.[place] !== 1,
      });
    });
  });
  return { files, rows: columns.pairIds.length, leftOut: [], warnings: [] };
}

/** What each judge says of the pair at a place, over its orders. */
function verdictsAt({ judges }: CardData, place: number): Map<string, JudgeVerdict> {
  return new Map(
    judges.flatMap(({ name, codes }) => {
      const code = codes[place] ?? CODE.missing;
      const verdict: JudgeVerdict | undefined = code === CODE.error ? 'error' : CATEGORY_NAMES[code];
      return verdict === undefined ? [] : [[name, verdict] as const];
    }),
  );
}

/** Files as another tool reads them. */
function writeForTool(
  store: ReadStore,
  study: StudyRow,
  format: ExportFormat,
  folder: string,
  controls: TaskControls,
): ExportOutcome {
  const exporter = HARNESS_EXPORTERS.find(({ name }) => name === format);
  if (exporter === undefined) throw new Error(`nothing writes ${format}`);
  const columns = loadCardData(store, study, { areSystemsNamed: true });
  const names = {
    raters: columns.raters.map(({ name }) => name),
    judges: columns.judges.map(({ name }) => name),
    slices: [...new Set(columns.slices().map(({ name }) => name))].sort(),
    pairs: columns.pairIds.length,
    ...judgedSystems(store, study.id),
  };
  const isCounted = new Set(names.raters);
  let pairsWithExcluded = 0;
  const { files, leftOut, warnings } = writeHarness(exporter, folder, names, (visit) => {
    const labels = new PeopleLabels(columns, columns.pairIds.length);
    eachPair(store, study, columns, labels, controls, ({ row: native, gold, split, place }) => {
      const { code, votes, agreeing } = gold;
      const { human, ...row } = comparisonSchema.parse(native);
      const counted = human?.filter(({ rater }) => isCounted.has(rater)) ?? [];
      if (counted.length < (human?.length ?? 0)) pairsWithExcluded++;
      visit({
        row: counted.length === 0 ? row : { ...row, human: counted },
        gold: { verdict: labelNamed(code), votes, agreeing },
        split,
        judged: verdictsAt(columns, place),
      });
    });
  });
  const excluded =
    pairsWithExcluded === 0 ? [] : [{ what: 'votes of raters who are left out', rows: pairsWithExcluded }];
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return { files, rows, leftOut: [...leftOut, ...excluded], warnings };
}

function writePreference(
  store: ReadStore,
  study: StudyRow,
  folder: string,
  controls: TaskControls,
): ExportOutcome {
  const columns = loadCardData(store, study, { areSystemsNamed: true });
  const splits = {
    dev: new LineFile(folder, 'preference-dev.jsonl'),
    test: new LineFile(folder, 'preference-test.jsonl'),
  };
  const leftOut = new Map<string, number>();
  const tokens = new ControlTokens();
  const labels = new PeopleLabels(columns, columns.pairIds.length);
  try {
    eachPair(store, study, columns, labels, controls, ({ pair, row: native, gold: consensus, split }) => {
      const gold = labelNamed(consensus.code);
      const row =
        gold === null
          ? undefined
          : preferenceRow({
              id: pair.externalId,
              ...conversationsOf(pair),
              gold,
              voteCount: consensus.votes,
              agreeingCount: consensus.agreeing,
            });
      if (row === undefined) {
        const what = gold ?? (consensus.kind === 'none' ? 'no vote' : 'votes split without a majority');
        leftOut.set(what, (leftOut.get(what) ?? 0) + 1);
        return;
      }
      splits[split].writeLine(JSON.stringify(row));
      tokens.add(comparisonSchema.parse(native));
    });
  } catch (error) {
    splits.dev.abandon();
    splits.test.abandon();
    throw error;
  }
  // A file without a row is none: a loader takes it for a broken one.
  const rows = [splits.dev, splits.test].flatMap((file) => file.finishUnlessEmpty());
  const view = peopleView(columns, agreementOptionsSchema.parse({}), labels);
  const cards = writeCards(study, view, folder, controls);
  return {
    files: [...rows, cards],
    rows: rows.reduce((sum, file) => sum + file.rows, 0),
    leftOut: [...leftOut].sort().map(([what, rows]) => ({ what, rows })),
    warnings: tokens.warnings(),
  };
}
