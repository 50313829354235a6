/** A pack as the lead's store knows it, to hold returns against. */
import { rubricSchema } from '../../../shared/domain/rubric.ts';
import { packContent } from '../../../shared/pack/pack-content.ts';
import { type PackManifest, packManifestSchema } from '../../../shared/pack/pack-manifest.ts';
import type { PackPresentation } from '../../../shared/pack/pack-rows.ts';
import type { PackContent } from '../../../shared/pack/row-check.ts';
import { systemNamesOf } from '../store/comparisons.ts';
import type { Store } from '../store/database.ts';
import { rubricOf } from '../store/guidelines.ts';
import { type PackRow, packedPresentations, packRaters, packRevisions } from '../store/packs.ts';
import type { StudyRow } from '../store/studies.ts';
import { ownKey } from './own-signer.ts';
import { PackFindings } from './pack-findings.ts';
import { PackSecret } from './pack-secret.ts';
import { PackTexts, pairOf, partOf } from './pack-texts.ts';

export interface LeadContent {
  readonly content: PackContent;
  readonly manifest: PackManifest;
  /** Manifests of all revisions by their number, as they were written. */
  readonly manifests: ReadonlyMap<number, string>;
  readonly secret: PackSecret;
  presentationsOf(rater: string): readonly PackPresentation[];
}

export function leadContent(store: Store, study: StudyRow, pack: PackRow, nowMs: number): LeadContent | null {
  const revisions = packRevisions(store, pack.id).filter(({ manifest }) => manifest !== null);
  const last = revisions.at(-1);
  if (last === undefined || last.manifest === null) return null;
  const manifest = packManifestSchema.parse(JSON.parse(last.manifest));
  const secret = new PackSecret(ownKey(store, nowMs), study, pack.publicId);
  const texts = new PackTexts(secret);
  const lists = new Map<string, PackPresentation[]>();
  for (const { id, name } of packRaters(store, pack.id))
    lists.set(
      name,
      packedPresentations(store, id).map((shown) => ({ ...pairOf(shown, texts), part: partOf(shown) })),
    );
  const { identity, personal, spared } = last.options;
  const findings = new PackFindings(systemNamesOf(store, study.id), { identity, personal }, spared);
  const lengths = new Map<string, number>();
  const lengthOf = (id: string) => {
    const known = lengths.get(id);
    if (known !== undefined) return known;
    const messages = findings.pass(texts.find(id)?.read(store) ?? []);
    const length = messages.reduce((sum, { content }) => sum + content.length, 0);
    lengths.set(id, length);
    return length;
  };
  const presentationsOf = (rater: string) => lists.get(rater) ?? [];
  const content = packContent(manifest, presentationsOf, lengthOf, (version) => {
    if (version === manifest.guideline.version) return manifest.rubric;
    const earlier = rubricOf(store, study.id, version);
    return earlier === undefined ? null : rubricSchema.parse(earlier);
  });
  const manifests = new Map(revisions.map(({ revision, manifest: text }) => [revision, text ?? '']));
  return { content, manifest, manifests, secret, presentationsOf };
}
