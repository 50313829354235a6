import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { textSha256 } from '../../../shared/json/content-hash.ts';
import { COMMENT_LENGTH, commentOf, signedMessage } from '../../../shared/pack/container.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import { MOST_RATERS } from '../../../shared/pack/pack-manifest.ts';
import type { PackOptions } from '../../../shared/pack/pack-options.ts';
import { diskProblem } from '../files/disk-problem.ts';
import { hashOfFile } from '../files/hash-of-file.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { syncFolder } from '../files/sync-folder.ts';
import { besideOf, clearAbandoned } from '../files/unfinished.ts';
import { writeAll } from '../files/write-all.ts';
import { requirePseudonym } from '../rating/pseudonym.ts';
import { StudySides } from '../store/columns/study-sides.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { type ReadStore, Store, type WriteStore } from '../store/engine/database.ts';
import type { StoredKey } from '../store/engine/signing-key.ts';
import {
  insertPack,
  insertRevision,
  keepManifest,
  type PackRow,
  packByName,
  packRaters,
  packRevisions,
  sendAway,
} from '../store/packs/packs.ts';
import { insertRater, raterById, raterByName } from '../store/rating/raters.ts';
import { systemNamesOf } from '../store/study/comparisons.ts';
import { type StudyRow, studyByPublicId } from '../store/study/studies.ts';
import { collectGarbage } from '../work/collect-garbage.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { inTransaction } from '../work/transaction.ts';
import { encryptFile, type PackAudience, requireAudience } from './age-layer.ts';
import { signerOf } from './ed25519.ts';
import { ownKey } from './own-signer.ts';
import { assignedPairs, choosePairs } from './pack-candidates.ts';
import { writePackFiles } from './pack-files.ts';
import { type PackFinding, PackFindings } from './pack-findings.ts';
import { PackList } from './pack-list.ts';
import { PackSecret, packIdOf } from './pack-secret.ts';
import { zipFiles } from './zip-files.ts';

export interface MakePackRequest {
  readonly storePath: string;
  readonly studyId: string;
  /** For people, and for topping up. */
  readonly name: string;
  readonly options: PackOptions;
  /** Whether a pack of this name is to be extended. */
  readonly isTopUp: boolean;
  readonly audience: PackAudience;
  readonly target: string;
  readonly nowMs: number;
}

export interface MadePack {
  readonly packId: string;
  readonly revision: number;
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of what stands inside the encryption. */
  readonly containerSha256: string;
  readonly words: string;
  readonly pairs: number;
  readonly presentations: number;
  readonly masked: number;
  readonly raters: readonly { readonly name: string; readonly presentations: number }[];
}

/**
 * Makes a pack, or writes one that was made before anew. Everything is written beside its place and in one transaction.
 * A file that could not take its place once the store knew the pack is made by asking for the same again.
 *
 * @throws ServiceError `conflict` with `findings` where something looks as if it should not leave and nobody decided
 */
export async function makePack(
  request: MakePackRequest,
  controls: TaskControls = NO_CONTROLS,
): Promise<MadePack> {
  requireAudience(request.audience);
  const store = new Store(request.storePath, { readonly: false });
  const folder = makePrivateFolder('pack');
  clearAbandoned(dirname(request.target));
  const unfinished = besideOf(request.target, 'unfinished');
  try {
    const study = studyByPublicId(store, request.studyId);
    if (study === undefined) throw new ServiceError('not_found', { key: 'rating.study_unknown' });
    const key = ownKey(store, request.nowMs);
    const made = await inTransaction(store, controls, async (store) => {
      const { pack, revision, isNew } = composePack(store, study, key, request, controls);
      const secret = new PackSecret(key, study, pack.publicId);
      const { options } = request;
      const findings = new PackFindings(
        systemNamesOf(store, study.id),
        { identity: options.identity, personal: options.personal },
        options.spared,
      );
      const source = { store, study, pack, revision, options, secret, findings };
      const { manifest, manifestText, files } = await writePackFiles(source, folder, controls);
      requireDecided(findings);
      requireSameManifest(store, pack, revision, manifestText);
      const container = join(folder, 'container.zip');
      await zipFiles(container, files, new Uint8Array(COMMENT_LENGTH), controls.isCancelled);
      throwIfCancelled(controls);
      const containerSha256 = signContainer(container, key);
      rmSync(unfinished, { force: true });
      await encryptFile(container, unfinished, request.audience);
      throwIfCancelled(controls);
      syncFile(unfinished);
      keepManifest(store, pack.id, revision, manifestText);
      appendAudit(store, {
        at: request.nowMs,
        studyId: study.id,
        actor: 'lead',
        action: isNew ? 'pack.made' : 'pack.written_again',
        details: {
          pack: pack.name,
          packId: pack.publicId,
          revision,
          manifestSha256: textSha256(manifestText),
          containerSha256,
          raters: manifest.raters.map(({ name, presentations }) => ({ name, presentations })),
          masked: manifest.masked,
          accepted: { identity: options.identity === 'accept', personal: options.personal === 'accept' },
        },
      });
      return {
        packId: pack.publicId,
        revision,
        path: request.target,
        bytes: statSync(unfinished).size,
        containerSha256,
        words: keyWords(key.publicKey),
        pairs: manifest.slice.pairs,
        presentations: manifest.raters.reduce((sum, { presentations }) => sum + presentations, 0),
        masked: manifest.masked,
        raters: manifest.raters.map(({ name, presentations }) => ({ name, presentations })),
      };
    });
    renameSync(unfinished, request.target);
    syncFolder(dirname(request.target));
    return made;
  } catch (error) {
    throw diskProblem(error, request.target);
  } finally {
    store.close();
    rmSync(unfinished, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

function composePack(
  store: WriteStore,
  study: StudyRow,
  key: StoredKey,
  { name, options, isTopUp, nowMs }: MakePackRequest,
  controls: TaskControls,
): { readonly pack: PackRow; readonly revision: number; readonly isNew: boolean } {
  const known = packByName(store, study.id, name);
  const revisions = known === undefined ? [] : packRevisions(store, known.id);
  const last = revisions.at(-1);
  if (known !== undefined && last !== undefined) {
    const isSame = canonicalJson(last.options) === canonicalJson(options);
    if (isSame && !isTopUp) return { pack: known, revision: last.revision, isNew: false };
    if (!isTopUp) throw new ServiceError('already_exists', { key: 'pack_making.exists', values: { name } });
    if (known.closedAt !== null)
      throw new ServiceError('conflict', { key: 'pack_making.closed', values: { name } });
  } else if (isTopUp)
    throw new ServiceError('not_found', { key: 'pack_making.none_to_top_up', values: { name } });
  const pack = known ?? newPack(store, study, key, name, nowMs);
  const revision = (last?.revision ?? 0) + 1;
  insertRevision(store, pack.id, revision, options, nowMs);
  const raterIds = options.raters.map((rater) => raterOfPack(store, study, pack, rater, nowMs));
  const all = packRaters(store, pack.id).length;
  if (all > MOST_RATERS)
    throw new ServiceError('too_large', {
      key: 'pack_making.too_many_raters',
      values: { most: MOST_RATERS, all },
    });
  const pairs = choosePairs(store, study, pack.publicId, options);
  const assigned = assignedPairs(store, study, pairs, raterIds);
  if ([...assigned.values()].every((own) => own.length === 0))
    throw new ServiceError('conflict', { key: 'pack_making.no_pair_left' });
  const secret = new PackSecret(key, study, pack.publicId);
  const sides = new StudySides(store, study.id);
  for (const raterId of raterIds) {
    const rater = raterById(store, raterId);
    if (rater === undefined) throw new Error(`rater ${raterId} is not there`);
    const list = new PackList({ store, study, rater, nowMs }, secret, sides);
    list.addTraining();
    list.addWork(assigned.get(raterId) ?? [], revision);
    collectGarbage();
    throwIfCancelled(controls);
  }
  return { pack, revision, isNew: true };
}

function newPack(store: WriteStore, study: StudyRow, key: StoredKey, name: string, madeAt: number): PackRow {
  const row = { publicId: packIdOf(key, study, name), studyId: study.id, name, madeAt };
  return { ...row, id: insertPack(store, row), closedAt: null };
}

function raterOfPack(store: WriteStore, study: StudyRow, pack: PackRow, name: string, at: number): number {
  const known = raterByName(store, study.id, name);
  if (known === undefined) {
    requirePseudonym(name);
    const id = insertRater(store, study.id, name, at);
    sendAway(store, id, pack.id);
    return id;
  }
  if (!packRaters(store, pack.id).some(({ id }) => id === known.id))
    throw new ServiceError('conflict', { key: 'pack_making.rater_rates_here', values: { name } });
  return known.id;
}

function requireDecided(findings: PackFindings): void {
  const { undecided, undecidedPlaces } = findings;
  if (undecided.length === 0) return;
  const groups = [...new Set(undecided.map(({ group }) => group))].join(' and ');
  throw new ServiceError(
    'conflict',
    { key: 'pack_making.undecided', values: { places: undecidedPlaces, groups } },
    { findings: undecided satisfies readonly PackFinding[], places: undecidedPlaces },
  );
}

/** What was written once is written the same way again, or not at all. */
function requireSameManifest(store: ReadStore, pack: PackRow, revision: number, manifest: string): void {
  const before = packRevisions(store, pack.id).find((each) => each.revision === revision)?.manifest ?? null;
  if (before === null || before === manifest) return;
  throw new ServiceError('conflict', {
    key: 'pack_making.changed_since',
    values: { revision, pack: pack.name },
  });
}

/** Signs every byte of an archive but its comment, and puts the signature there. */
function signContainer(path: string, key: StoredKey): string {
  const bytes = statSync(path).size;
  const { sha256 } = hashOfFile(path, bytes - COMMENT_LENGTH);
  const comment = commentOf(key.publicKey, signerOf(key).sign(signedMessage(sha256)));
  const handle = openSync(path, 'r+');
  try {
    writeAll(handle, Buffer.from(comment, 'latin1'), bytes - COMMENT_LENGTH);
  } finally {
    closeSync(handle);
  }
  return sha256;
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
