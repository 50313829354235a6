/** A pack as the lead's store knows it, to hold returns against. */

import { textSha256 } from '../../../shared/json/content-hash.ts';
import { packContent } from '../../../shared/pack/pack-content.ts';
import { type PackManifest, packManifestSchema } from '../../../shared/pack/pack-manifest.ts';
import type { PackPresentation } from '../../../shared/pack/pack-rows.ts';
import type { PackContent } from '../../../shared/pack/row-check.ts';
import type { ReadStore, Store, WriteStore } from '../store/engine/database.ts';
import {
  type PackRevision,
  type PackRow,
  packedPresentations,
  packRaters,
  packRevisions,
  trainingCount,
} from '../store/packs/packs.ts';
import { systemNamesOf } from '../store/study/comparisons.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { ownKey } from './own-signer.ts';
import { PackFindings } from './pack-findings.ts';
import { PackPresentations } from './pack-presentations.ts';
import { PackSecret } from './pack-secret.ts';
import { type PackTextSource, PackTexts, pairOf, partOf, textOf } from './pack-texts.ts';
import { StoredSizes } from './stored-sizes.ts';

export interface LeadContent {
  readonly content: PackContent;
  readonly presentations: PackPresentations;
  /** Manifests of all revisions by their number, as they were written. */
  readonly manifests: ReadonlyMap<number, string>;
  /** Told which presentations come next, so that what is asked of them is looked up together. */
  expect(presentationIds: readonly string[]): void;
}

interface WrittenPack {
  readonly manifest: PackManifest;
  readonly last: PackRevision;
  readonly manifests: ReadonlyMap<number, string>;
}

/** What rows are held against, looked up as they come; null for a pack that was never written. */
export function leadContent(store: WriteStore, study: StudyRow, pack: PackRow): LeadContent | null {
  const written = writtenPack(store, pack);
  if (written === null) return null;
  const { manifest, manifests } = written;
  const idOf = new Map(packRaters(store, pack.id).map(({ id, name }) => [name, id]));
  const nameOf = new Map([...idOf].map(([name, id]) => [id, name]));
  const firstWork = new Map([...idOf].map(([name, id]) => [name, trainingCount(store, id)]));
  const revisions = [...manifests.values()].map((text) => JSON.parse(text) as PackManifest);
  const consents = new Set(revisions.map(({ rules }) => textSha256(rules.consent)));
  const rubrics = new Map(revisions.map(({ guideline, rubric }) => [guideline.version, rubric]));
  const lengthOf = textLength(store, study, written);
  const presentations = new PackPresentations(store, pack.id);
  const sizes = new StoredSizes(store);
  const content: PackContent = {
    manifest,
    rubricOf: (version) => rubrics.get(version) ?? null,
    isConsent: (sha256) => consents.has(sha256),
    firstWorkOf: (rater) => firstWork.get(rater) ?? 0,
    presentation: (id) => {
      const found = presentations.find(id);
      const rater = found === undefined ? undefined : nameOf.get(found.raterId);
      if (found === undefined || rater === undefined) return undefined;
      const { position, itemId, first, second, leftSide } = found;
      const [left, right] = leftSide === 'first' ? [first, second] : [second, first];
      const pair = {
        id,
        task: String(itemId),
        left: String(left),
        right: String(right),
        part: partOf(found),
      };
      return { rater, place: position, pair };
    },
    charactersOf: ({ left, right }) =>
      lengthOf({ kind: 'output', number: Number(left) }) +
      lengthOf({ kind: 'output', number: Number(right) }),
    mostCharactersOf: isMasked(written)
      ? undefined
      : ({ left, right }) => sizes.of(Number(left)) + sizes.of(Number(right)),
  };
  const expect = (ids: readonly string[]) =>
    sizes.expect(
      ids.flatMap((id) => {
        const found = presentations.find(id);
        return found === undefined ? [] : [found.first, found.second];
      }),
    );
  return { content, presentations, manifests, expect };
}

export interface LeadLists {
  readonly content: PackContent;
  readonly secret: PackSecret;
  readonly revision: number;
  presentationsOf(rater: string): readonly PackPresentation[];
}

/** The lists of all raters with the ids that stand in the pack; null for a pack that was never written. */
export function leadLists(store: Store, study: StudyRow, pack: PackRow, nowMs: number): LeadLists | null {
  const written = writtenPack(store, pack);
  if (written === null) return null;
  const { manifest, last } = written;
  const secret = new PackSecret(ownKey(store, nowMs), study, pack.publicId);
  const texts = new PackTexts(secret);
  const lists = new Map(
    packRaters(store, pack.id).map(({ id, name }) => [
      name,
      packedPresentations(store, id).map((shown) => ({ ...pairOf(shown, texts), part: partOf(shown) })),
    ]),
  );
  const lengthOf = textLength(store, study, written);
  const presentationsOf = (rater: string) => lists.get(rater) ?? [];
  const content = packContent(manifest, presentationsOf, (id) => {
    const source = texts.find(id);
    return source === undefined ? 0 : lengthOf(source);
  });
  return { content, secret, revision: last.revision, presentationsOf };
}

function writtenPack(store: ReadStore, pack: PackRow): WrittenPack | null {
  const revisions = packRevisions(store, pack.id).filter(({ manifest }) => manifest !== null);
  const last = revisions.at(-1);
  if (last === undefined || last.manifest === null) return null;
  const manifests = new Map(revisions.map(({ revision, manifest }) => [revision, manifest ?? '']));
  return { manifest: packManifestSchema.parse(JSON.parse(last.manifest)), last, manifests };
}

/** Characters of a text as it left, masks and all. */
function textLength(store: ReadStore, study: StudyRow, { last }: WrittenPack) {
  const { identity, personal, spared } = last.options;
  const findings = new PackFindings(systemNamesOf(store, study.id), { identity, personal }, spared);
  return (source: Pick<PackTextSource, 'kind' | 'number'>): number =>
    findings.pass(textOf(store, source)).reduce((sum, { content }) => sum + content.length, 0);
}

/** Whether texts may have left longer than they stand here. */
function isMasked({ last }: WrittenPack): boolean {
  return last.options.identity !== 'accept' || last.options.personal !== 'accept';
}
