/** Writes the files of a pack's inside, from what the store holds of it. */
import { join } from 'node:path';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { type AnswerKey, answerKeySha256 } from '../../../shared/pack/answer-key.ts';
import { MANIFEST_NAME } from '../../../shared/pack/container.ts';
import {
  EXAMPLES_FILE,
  PACK_VERSION,
  type PackManifest,
  PRACTICE_FILE,
  TEXTS_FILE,
} from '../../../shared/pack/pack-manifest.ts';
import type { PackOptions } from '../../../shared/pack/pack-options.ts';
import type { PackExample, PackPractice, PackPresentation } from '../../../shared/pack/pack-rows.ts';
import { historyPairs } from '../../../shared/rating/sitting.ts';
import { seededUnit } from '../../../shared/study/presentation-kind.ts';
import type { Side } from '../../../shared/study/verdict.ts';
import { productVersion } from '../ports/product.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { type PackRow, packedPresentations, packRaters } from '../store/packs/packs.ts';
import { knownAnswerOf, knownAnswers } from '../store/study/known-answers.ts';
import { sidesOfPair } from '../store/study/pair-runs.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { collectGarbage } from '../work/collect-garbage.ts';
import { type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { answerKeyOf, answerOnScreen } from './answer-key-of.ts';
import { type DeflatedFile, writeDeflated } from './deflated-file.ts';
import type { PackFindings } from './pack-findings.ts';
import type { PackSecret } from './pack-secret.ts';
import { PackTexts, pairOf, partOf, textOf } from './pack-texts.ts';

export interface PackSource {
  readonly store: ReadStore;
  readonly study: StudyRow;
  readonly pack: PackRow;
  readonly revision: number;
  readonly options: PackOptions;
  readonly secret: PackSecret;
  readonly findings: PackFindings;
}

const ROWS_BETWEEN_LOOKS = 1000;

/** A file of a pack, as its manifest names it. */
interface PackFile extends DeflatedFile {
  readonly rows: number;
}

/** Writes every file of a pack into a folder, packed, the manifest first. */
export async function writePackFiles(
  source: PackSource,
  folder: string,
  controls: TaskControls,
): Promise<{
  readonly manifest: PackManifest;
  readonly manifestText: string;
  readonly files: readonly DeflatedFile[];
}> {
  const { store, study, pack, revision, options, secret, findings } = source;
  const { design } = study;
  const texts = new PackTexts(secret);
  const files: PackFile[] = [];
  const practice: PackPractice[] = [];
  const raters: PackManifest['raters'] = [];
  const pairs = new Set<number>();
  let rows = 0;
  for (const [index, { id, name }] of packRaters(store, pack.id).entries()) {
    const file = `work-${String(index + 1).padStart(3, '0')}.jsonl`;
    const presentations = packedPresentations(store, id);
    files.push(
      await writeRows(folder, file, presentations, (shown) => {
        if (++rows % ROWS_BETWEEN_LOOKS === 0) reportRows(controls, rows);
        if (shown.kind === 'ordinary') pairs.add(shown.pairId);
        const pair = pairOf(shown, texts);
        if (shown.kind === 'practice')
          practice.push({ id: pair.id, ...knownAnswerOnScreen(source, shown.pairId, shown.leftSide) });
        return { ...pair, part: partOf(shown) } satisfies PackPresentation;
      }),
    );
    const training = presentations.filter((shown) => partOf(shown) !== 'work').length;
    raters.push({
      name: findings.requireClean('a pseudonym', name),
      file,
      presentations: presentations.length,
      training,
    });
  }
  const examples = exampleRows(source, texts);
  files.push(await writeRows(folder, EXAMPLES_FILE, examples, (row) => row));
  files.push(await writeRows(folder, PRACTICE_FILE, practice.sort(byId), (row) => row));
  files.push(
    await writeRows(folder, TEXTS_FILE, texts.inOrderOfIds(), (source) => {
      if (++rows % ROWS_BETWEEN_LOOKS === 0) reportRows(controls, rows);
      return { id: source.id, messages: findings.pass(textOf(store, source)) };
    }),
  );
  const { checks, training } = design;
  const answerKey = answerKeyOf(store, study, pack, revision, secret);
  const title = findings.passText(options.title);
  const manifest: PackManifest = {
    touchpack: PACK_VERSION,
    packId: pack.publicId,
    revision,
    study: { id: study.publicId, title, isSynthetic: study.isSynthetic },
    guideline: { version: study.guidelineVersion, text: findings.passText(design.guideline) },
    rubric: cleanRubric(source),
    scale: design.scale,
    rules: {
      minimumViewingMs: design.minimumViewingMs,
      asksConfidence: design.asksConfidence,
      marksSpans: design.marksSpans,
      breakAfterMinutes: design.breakAfterMinutes,
      blockSize: design.blockSize,
      historyPairs: historyPairs(checks),
      consent: findings.passText(design.consent),
    },
    training: { examples: examples.length, practice: practice.length, passMark: training?.passMark ?? 0 },
    slice: { pairs: pairs.size, ratersPerPair: design.ratersPerPair },
    raters,
    acceptance: acceptanceRuleOf(options, answerKey, raters.length),
    answerKeySha256: answerKeySha256(answerKey),
    masked: findings.masks,
    files: files.map(({ name, bytes, sha256, rows: count }) => ({ name, bytes, sha256, rows: count })),
    product: productVersion,
  };
  const manifestText = canonicalJson(manifest);
  const first = await writeDeflated(MANIFEST_NAME, join(folder, MANIFEST_NAME), [manifestText]);
  return { manifest, manifestText, files: [first, ...files] };
}

/** The rule without what nothing in the pack can tell. */
function acceptanceRuleOf(
  { acceptance }: PackOptions,
  { gold, catches, repeats }: AnswerKey,
  raters: number,
): PackManifest['acceptance'] {
  const whereAny = <Rule>(checks: object, rule: Rule): Rule | null =>
    Object.keys(checks).length === 0 ? null : rule;
  return {
    ...acceptance,
    gold: whereAny(gold, acceptance.gold),
    catches: whereAny(catches, acceptance.catches),
    selfConsistency: whereAny(repeats, acceptance.selfConsistency),
    agreement: raters < 2 ? null : acceptance.agreement,
  };
}

function knownAnswerOnScreen({ store, study, findings }: PackSource, pairId: number, leftSide: Side) {
  const known = knownAnswerOf(store, pairId);
  if (known === undefined) throw new Error(`pair ${pairId} trains and has no known answer`);
  return {
    answer: answerOnScreen(known, leftSide, study),
    explanation: findings.passText(known.explanation),
  };
}

/** Names of criteria and reasons stand in votes, so they are not masked; what is said about a criterion is. */
function cleanRubric({ study, findings }: PackSource): PackManifest['rubric'] {
  const { criteria, reasonTags } = study.design.rubric;
  return {
    criteria: criteria.map(({ name, about, ...needed }) => ({
      ...needed,
      name: findings.requireClean('a criterion', name),
      about: findings.passText(about),
    })),
    reasonTags: reasonTags.map((tag) => findings.requireClean('a reason', tag)),
  };
}

/** Worked examples on sides that only the study's seed tells. */
function exampleRows(source: PackSource, texts: PackTexts): PackExample[] {
  const { store, study, secret } = source;
  return knownAnswers(store, study.id, 'example').flatMap(({ pairId }) => {
    const sides = sidesOfPair(store, pairId);
    if (sides === undefined) return [];
    const leftSide: Side =
      seededUnit(study.design.seed, 'pack example side', pairId) < 0.5 ? 'first' : 'second';
    const shown = {
      publicId: secret.id('example', pairId),
      itemId: sides.itemId,
      first: sides.first.responseId,
      second: sides.second.responseId,
      leftSide,
    };
    return [{ ...pairOf(shown, texts), ...knownAnswerOnScreen(source, pairId, leftSide) }];
  });
}

async function writeRows<Row>(
  folder: string,
  name: string,
  rows: Iterable<Row>,
  toRow: (row: Row) => unknown,
): Promise<PackFile> {
  let count = 0;
  function* lines() {
    for (const row of rows) {
      count++;
      yield `${JSON.stringify(toRow(row))}\n`;
    }
  }
  return { ...(await writeDeflated(name, join(folder, name), lines())), rows: count };
}

function reportRows(controls: TaskControls, rows: number): void {
  collectGarbage();
  controls.onProgress({ bytesDone: 0, bytesTotal: 0, records: rows });
  throwIfCancelled(controls);
}

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  return left.id < right.id ? -1 : 1;
}
