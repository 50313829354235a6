/** Whatever is done to a pack or a return on its way is seen, named, and changes nothing. */

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/index-native.js';
import { describe, expect, it } from 'vitest';
import { encryptFile } from '../../electron/core/packs/age-layer.ts';
import { newKey, signerOf, verifySignature } from '../../electron/core/packs/ed25519.ts';
import { openPack } from '../../electron/core/packs/open-pack.ts';
import { readReturn } from '../../electron/core/packs/return-file.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { textSha256 } from '../../shared/json/content-hash.ts';
import { COMMENT_LENGTH, commentOf, signedMessage } from '../../shared/pack/container.ts';
import type { PackManifest } from '../../shared/pack/pack-manifest.ts';
import { ReturnReader } from '../../shared/pack/return-reader.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { containerOf, filesOf } from '../support/pack-bytes.ts';
import {
  IDENTITY,
  makeTestPack,
  mergeFiles,
  packOptions,
  RECIPIENT,
  rateInPack,
  returnOf,
  vendorWith,
} from '../support/packs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

/** Random places tried in packs, and in returns; half of the packs' inside, half of the encrypted file. */
const PLACES = tries(80, 2000);

async function leadWithPack(pairs = 14) {
  const lead = await openTestApp();
  const { studyId } = await importText(lead.storePath, jsonLines(nativeRows(pairs)));
  const id = studyId ?? '';
  await lead.value('studies.configure', { studyId: id, design: { minimumViewingMs: 0 } });
  const made = await makeTestPack(lead, id, packOptions(['v1', 'v2']));
  return { lead, studyId: id, made };
}

/** Tries to open a file as a pack in a fresh store; the failure, having seen that nothing was written. */
class Opener {
  readonly folder = temporaryFolder();
  readonly storePath: string;

  private constructor(storePath: string) {
    this.storePath = storePath;
  }

  static async make(): Promise<Opener> {
    const vendor = await openTestApp(join(temporaryFolder(), 'vendor.sqlite'));
    return new Opener(vendor.storePath);
  }

  async failure(bytes: Uint8Array): Promise<string> {
    const path = join(this.folder, 'tried.touchpack');
    writeFileSync(path, bytes);
    const before = readdirSync(this.folder).sort();
    try {
      await openPack({
        storePath: this.storePath,
        file: { path, name: 'tried.touchpack' },
        secret: IDENTITY,
        nowMs: 1,
      });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      expect(['import_failed', 'forbidden', 'conflict', 'invalid_input']).toContain(error.code);
      expect(readdirSync(this.folder).sort()).toEqual(before);
      return error.message;
    }
    throw new Error('it was opened');
  }

  /** Rows of a vendor's in the store. */
  rows(): number {
    const store = new Store(this.storePath, { readonly: true });
    try {
      return ['opened_packs', 'packed_texts', 'packed_pairs', 'pinned_keys']
        .map(
          (table) => store.query<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`).get()?.rows ?? 0,
        )
        .reduce((sum, count) => sum + count, 0);
    } finally {
      store.close();
    }
  }
}

describe('a pack on its way', () => {
  it('is refused with any one byte changed, outside or inside its encryption', async () => {
    const { made } = await leadWithPack();
    const opener = await Opener.make();
    const { below } = seededRandom('one byte of a pack');
    for (const bytes of [readFileSync(made.path), await containerOf(made.path, IDENTITY)]) {
      for (let place = 0; place < PLACES / 2; place++) {
        const changed = Buffer.from(bytes);
        const at = below(changed.length);
        changed[at] = (changed[at] ?? 0) ^ (1 + below(255));
        const message = await opener.failure(changed);
        expect(message, `byte ${at}`).toMatch(/^tried\.touchpack: .+ (Nothing was opened|ask for it again)/u);
      }
    }
    expect(opener.rows()).toBe(0);
  });

  it('is refused cut off anywhere, and names the part that was altered', async () => {
    const { made } = await leadWithPack();
    const opener = await Opener.make();
    const sealed = readFileSync(made.path);
    const container = await containerOf(made.path, IDENTITY);
    const { below } = seededRandom('cut off');
    for (const bytes of [sealed, container])
      for (let cut = 0; cut < tries(10, 60); cut++)
        await opener.failure(bytes.subarray(0, below(bytes.length)));
    await opener.failure(Buffer.concat([container, Buffer.from('more')]));
    await opener.failure(Buffer.alloc(0));
    expect(opener.rows()).toBe(0);
  });

  it('is refused when somebody packs it anew: other files, other names, other sizes', async () => {
    const { made } = await leadWithPack();
    const opener = await Opener.make();
    const files = await filesOf(await containerOf(made.path, IDENTITY));
    const manifest = JSON.parse(files.get('manifest.json') ?? '') as PackManifest;
    const refused = async (change: Packed) => opener.failure(await packed(files, change));
    // The helper itself packs what opens.
    const fine = join(temporaryFolder(), 'fine.touchpack');
    writeFileSync(fine, await packed(files, {}));
    const other = await Opener.make();
    await openPack({ storePath: other.storePath, file: { path: fine, name: 'fine' }, secret: '', nowMs: 1 });
    expect(other.rows()).toBeGreaterThan(0);

    for (const name of [
      '../escape.jsonl',
      '/etc/passwd',
      'C:\\windows\\x',
      'a/../../b',
      'work-001.jsonl\0',
      'x'.repeat(300),
      '.hidden',
      'folder/',
    ])
      expect(await refused({ extra: [[name, 'x']] }), name).toMatch(/no pack has|no whole pack/u);
    expect(await refused({ extra: [['more.jsonl', '{}\n']] })).toContain('more.jsonl is named by nothing');
    expect(await refused({ leaveOut: 'texts.jsonl' })).toContain('texts.jsonl is missing');
    expect(await refused({ leaveOut: 'manifest.json' })).toContain('no manifest.json');
    expect(await refused({ replace: ['manifest.json', '{'] })).toContain('not valid JSON');
    expect(
      await refused({ replace: ['manifest.json', canonicalJson({ ...manifest, touchpack: 2 })] }),
    ).toContain('newer Touchstone');
    expect(await refused({ replace: ['manifest.json', JSON.stringify(manifest, null, 1)] })).toContain(
      'canonical form',
    );
    expect(
      await refused({ replace: ['manifest.json', canonicalJson({ ...manifest, scale: 'of my own' })] }),
    ).toContain('manifest.json: scale');
    expect(
      await refused({ replace: ['texts.jsonl', (files.get('texts.jsonl') ?? '').slice(0, -1)] }),
    ).toContain('texts.jsonl');
    expect(await refused({ replace: ['work-001.jsonl', files.get('work-002.jsonl') ?? ''] })).toContain(
      'work-001.jsonl',
    );

    // A forger with a key of their own can sign what they like; rows are still held against what a pack may say.
    const reworked = async (name: string, change: (rows: Record<string, unknown>[]) => unknown[]) => {
      const rows = (files.get(name) ?? '')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      return refused({ rework: [name, change(rows).map((row) => JSON.stringify(row))], manifest });
    };
    expect(await reworked('work-001.jsonl', (rows) => [rows[0], ...rows.slice(0, -1)])).toMatch(
      /work-001\.jsonl, line 2: id: is there twice/u,
    );
    expect(
      await reworked('work-001.jsonl', (rows) => rows.map((row) => ({ ...row, left: 'f'.repeat(32) }))),
    ).toMatch(/line 1: left: the pack has no such text/u);
    expect(await reworked('work-001.jsonl', (rows) => rows.map((row) => ({ ...row, system: 'x' })))).toMatch(
      /work-001\.jsonl, line 1/u,
    );
    expect(await reworked('texts.jsonl', (rows) => rows.toReversed())).toMatch(/texts\.jsonl, line 2: id/u);
    expect(await reworked('texts.jsonl', (rows) => rows.map((row) => ({ ...row, messages: [] })))).toMatch(
      /texts\.jsonl, line 1: messages/u,
    );
    expect(opener.rows()).toBe(0);
  });

  it('is no bomb: bounds hold for what it would unpack to, how many files it names, and how its records lie', async () => {
    const { made } = await leadWithPack();
    const opener = await Opener.make();
    const files = await filesOf(await containerOf(made.path, IDENTITY));
    const bomb = await packed(files, { replace: ['texts.jsonl', '0'.repeat(200 * 1024 ** 2)] });
    expect(bomb.length).toBeLessThan(1024 ** 2);
    expect(await opener.failure(bomb)).toContain('than a pack can hold');
    expect(
      await opener.failure(await packed(files, { replace: ['manifest.json', ' '.repeat(9 * 1024 ** 2)] })),
    ).toContain('manifest.json');
    expect(
      await opener.failure(
        await packed(files, {
          extra: Array.from({ length: 400 }, (_none, index) => [`file-${index}.jsonl`, '']),
        }),
      ),
    ).toContain('more files than a pack can have');
    expect(await opener.failure(millionEntries())).toMatch(
      /two files named|more files than a pack can have|no whole pack/u,
    );

    const container = await containerOf(made.path, IDENTITY);
    const directory = container.indexOf(Buffer.from('504b0102', 'hex'));
    const local = container.indexOf(Buffer.from('504b0304', 'hex'));
    const mismatches: [string, (bytes: Buffer) => void][] = [
      ['another name in the local header', (bytes) => bytes.write('Manifest', local + 30, 'latin1')],
      ['another size in the directory', (bytes) => bytes.writeUInt32LE(7, directory + 24)],
      ['another place in the directory', (bytes) => bytes.writeUInt32LE(40, directory + 42)],
      ['another method in the directory', (bytes) => bytes.writeUInt16LE(0, directory + 10)],
      ['a link', (bytes) => bytes.writeUInt32LE(0xa1ff0000, directory + 38)],
      ['an encrypted entry', (bytes) => bytes.writeUInt16LE(1, directory + 8)],
    ];
    for (const [what, change] of mismatches) {
      const changed = Buffer.from(container);
      change(changed);
      // Signed anew, so that only the archive itself is wrong.
      expect(await opener.failure(signedAnew(changed)), what).toMatch(/^tried\.touchpack/u);
    }
    expect(opener.rows()).toBe(0);
  });

  it('stops loudly when another key signs a pack of the same study', async () => {
    const { made, lead, studyId } = await leadWithPack();
    const { vendor } = await vendorWith(made.path);
    const key = newKey();
    lead.app.context.store.write((store) =>
      store.run('UPDATE signing_key SET public_key = ?, private_key = ?', key.publicKey, key.privateKey),
    );
    const forged = await makeTestPack(lead, studyId, packOptions(['v9']), { name: 'another' });
    await expect(vendorWith(forged.path, vendor)).rejects.toThrow(/^STOP\. .* signed with another key/u);
    expect(await vendor.value('packs.opened', {})).toHaveLength(1);
  });

  it('is opened by nobody without what opens it, and by any age identity it was made for', async () => {
    const { made } = await leadWithPack();
    const opener = await Opener.make();
    const wrong = {
      storePath: opener.storePath,
      file: { path: made.path, name: 'work.touchpack' },
      nowMs: 1,
    };
    await expect(openPack({ ...wrong, secret: 'a passphrase' })).rejects.toThrow(
      /^work\.touchpack: this passphrase does not open it, or its first lines were altered\. Nothing was opened\.$/u,
    );
    await expect(openPack({ ...wrong, secret: 'AGE-SECRET-KEY-1' })).rejects.toThrow(/not an age identity/u);
    await expect(openPack({ ...wrong, secret: IDENTITY })).resolves.toMatchObject({ isKeyKnown: false });
  });

  it('is read through a link and writes nowhere but into the store', async () => {
    const { made } = await leadWithPack();
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const link = join(folder, 'link.touchpack');
    symlinkSync(made.path, link);
    const { vendor } = await vendorWith(link);
    expect(await vendor.value('packs.opened', {})).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['link.touchpack']);
  });
});

interface Packed {
  readonly extra?: readonly (readonly [string, string])[];
  readonly leaveOut?: string;
  readonly replace?: readonly [string, string];
  /** Other lines in a file, with the manifest made to fit. */
  readonly rework?: readonly [string, readonly string[]];
  readonly manifest?: PackManifest;
}

/** Packs files into a container signed with a key of its own. */
async function packed(files: ReadonlyMap<string, string>, change: Packed): Promise<Buffer> {
  const wanted = new Map(files);
  if (change.replace !== undefined) wanted.set(...(change.replace as [string, string]));
  if (change.leaveOut !== undefined) wanted.delete(change.leaveOut);
  if (change.rework !== undefined && change.manifest !== undefined) {
    const [name, lines] = change.rework;
    const text = lines.map((line) => `${line}\n`).join('');
    wanted.set(name, text);
    const entry = { name, bytes: Buffer.byteLength(text), sha256: textSha256(text), rows: lines.length };
    const manifest = {
      ...change.manifest,
      files: change.manifest.files.map((file) => (file.name === name ? entry : file)),
    };
    wanted.set('manifest.json', canonicalJson(manifest));
  }
  const zip = new ZipWriter(new Uint8ArrayWriter(), {
    lastModDate: new Date(1980, 0, 1),
    extendedTimestamp: false,
    keepOrder: true,
  });
  for (const [name, text] of [...wanted, ...(change.extra ?? [])])
    await zip.add(name, new TextReader(text), { strictness: 'tolerant' } as object).catch(() => undefined);
  return signedAnew(Buffer.from(await zip.close(new Uint8Array(COMMENT_LENGTH))));
}

function signedAnew(container: Buffer): Buffer {
  const key = newKey();
  const signed = container.subarray(0, container.length - COMMENT_LENGTH);
  const signature = signerOf(key).sign(signedMessage(createHash('sha256').update(signed).digest('hex')));
  return Buffer.concat([signed, Buffer.from(commentOf(key.publicKey, signature), 'latin1')]);
}

/** An archive that names a million empty files, by the counts its format allows and by its directory. */
function millionEntries(): Buffer {
  const record = Buffer.alloc(46 + 1);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(1, 28);
  record.write('x', 46, 'latin1');
  const directory = Buffer.concat(Array.from({ length: 1_000_000 }, () => record));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(16, 8);
  end.writeUInt16LE(16, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(0, 16);
  end.writeUInt16LE(COMMENT_LENGTH, 20);
  return signedAnew(Buffer.concat([directory, end, Buffer.alloc(COMMENT_LENGTH)]));
}

async function returnedPack() {
  const { lead, studyId, made } = await leadWithPack(90);
  const { vendor, packId } = await vendorWith(made.path);
  await rateInPack(vendor, packId, 'v1', 40);
  const early = await returnOf(vendor, packId);
  await rateInPack(vendor, packId, 'v1');
  await rateInPack(vendor, packId, 'v2');
  const path = await returnOf(vendor, packId);
  const { words } = await vendor.value('packs.makeReturn', { packId });
  return { lead, studyId, made, path, early, words, text: readFileSync(path, 'utf8') };
}

describe('a return on its way', () => {
  it('names the row of any one byte that was changed, and takes nothing of it', async () => {
    const { lead, studyId, path, words } = await returnedPack();
    const bytes = readFileSync(path);
    const { below } = seededRandom('one byte of a return');
    const tried = join(temporaryFolder(), 'tried.touchreturn');
    const rowCount = bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"a')).length;
    let namedRows = 0;
    for (let place = 0; place < PLACES; place++) {
      const changed = Buffer.from(bytes);
      const at = below(changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 + below(255));
      writeFileSync(tried, changed);
      const reader = new ReturnReader(verifySignature);
      for await (const _rows of readReturn(tried, reader));
      expect(reader.isWhole, `byte ${at}`).toBe(false);
      expect(reader.problems.length, `byte ${at}`).toBeGreaterThan(0);
      if (reader.problems.some(({ n, reason }) => n !== null && reason === 'was altered after signing'))
        namedRows++;
      if (place % 40 > 0) continue;
      const { files } = await mergeFiles(lead, studyId, [tried], { trusts: [words], dryRun: true });
      expect(files[0]?.state, `byte ${at}`).not.toBe('whole');
      expect(files[0]?.rows.length, `byte ${at}`).toBeGreaterThan(0);
      // What stands under no intact seal is not counted as good.
      expect((files[0]?.counts.new ?? 0) + (files[0]?.counts.superseded ?? 0)).toBeLessThanOrEqual(rowCount);
    }
    // Most bytes are in rows, and a row that was changed is named.
    expect(namedRows).toBeGreaterThan(PLACES / 2);
    expect((await lead.value('packs.list', { studyId }))[0]).toMatchObject({ taken: 0, aside: 0 });
  });

  it('is told from one with lines left out, moved, doubled, added or sealed by another', async () => {
    const { lead, studyId, text, words } = await returnedPack();
    const lines = text.trim().split('\n');
    const row = lines.findIndex((line) => line.includes('"type":"vote"')) + 3;
    const seal = lines.findIndex((line) => line.includes('"type":"seal"'));
    const look = async (changed: readonly string[], more = {}) => {
      const path = join(temporaryFolder(), 'changed.touchreturn');
      writeFileSync(path, `${changed.join('\n')}\n`);
      const result = await mergeFiles(lead, studyId, [path], { trusts: [words], dryRun: true, ...more });
      return result.files[0];
    };
    const without = (index: number) => lines.filter((_line, place) => place !== index);
    expect((await look(without(row)))?.rows).toContainEqual(
      expect.objectContaining({ n: row, reason: 'is missing' }),
    );
    expect(
      (await look([...lines.slice(0, row), lines[row] ?? '', ...lines.slice(row)]))?.rows,
    ).toContainEqual(expect.objectContaining({ n: row, reason: 'stands there twice' }));
    const moved = [...lines];
    [moved[row], moved[row + 1]] = [lines[row + 1] ?? '', lines[row] ?? ''];
    expect((await look(moved))?.rows).toContainEqual(
      expect.objectContaining({ reason: 'is not in its place' }),
    );
    expect(
      (
        await look([
          ...lines.slice(0, row),
          (lines[row] ?? '').replace('"left"', '"right"'),
          ...lines.slice(row + 1),
        ])
      )?.rows,
    ).toContainEqual(expect.objectContaining({ n: row, reason: 'was altered after signing' }));
    const added = (lines[row] ?? '').replace(
      /"command":"[^"]+"/u,
      '"command":"00000000-0000-4000-8000-000000000000"',
    );
    expect((await look([...lines.slice(0, row), added, ...lines.slice(row)]))?.rows).toContainEqual(
      expect.objectContaining({ reason: 'was added after signing' }),
    );
    const unsealed = await look(without(seal));
    expect(unsealed?.state).toBe('damaged');
    expect(unsealed?.rows.some(({ reason }) => reason === 'is under no intact seal')).toBe(true);
    // The seals of two returns, exchanged.
    const swapped = [...lines];
    const last = lines.findLastIndex((line) => line.includes('"type":"seal"'));
    [swapped[seal], swapped[last]] = [lines[last] ?? '', lines[seal] ?? ''];
    expect((await look(swapped))?.state).toBe('damaged');
    // Another key in the header makes every seal somebody else's.
    const { publicKey } = newKey();
    const foreign = await look([
      (lines[0] ?? '').replace(/"key":"[^"]+"/u, `"key":"${publicKey}"`),
      ...lines.slice(1),
    ]);
    expect(foreign?.counts.new).toBe(0);
    expect(foreign?.rows.some(({ reason }) => reason.includes('not the vendor’s'))).toBe(true);
    expect(
      (await look([(lines[0] ?? '').replace(/"study":"[^"]+"/u, '"study":"another"'), ...lines.slice(1)]))
        ?.state,
    ).toBe('refused');
    expect(
      (
        await look([
          (lines[0] ?? '').replace(/"packId":"[^"]+"/u, `"packId":"${'0'.repeat(32)}"`),
          ...lines.slice(1),
        ])
      )?.rows[0]?.reason,
    ).toMatch(/did not make/u);
    expect((await look(['not a return']))?.state).toBe('refused');
    expect((await look([]))?.state).toBe('refused');
  });

  it('gives its intact beginning when it was cut off, on request and marked so', async () => {
    const { lead, studyId, text, words } = await returnedPack();
    const cut = join(temporaryFolder(), 'cut.touchreturn');
    writeFileSync(cut, text.slice(0, Math.floor(text.length * 0.9)));
    const refused = await mergeFiles(lead, studyId, [cut], { trusts: [words] });
    expect(refused.files[0]).toMatchObject({ state: 'refused' });
    expect(refused.files[0]?.rows[0]?.reason).toMatch(/cut off after row 128/u);
    expect(refused.taken).toBe(0);
    const recovered = await mergeFiles(lead, studyId, [cut], { trusts: [words], recovers: true });
    expect(recovered.files[0]).toMatchObject({ state: 'cut_off' });
    expect(recovered.taken).toBeGreaterThan(100);
    const marked = lead.app.context.store
      .query<{ recovered: number }>('SELECT is_recovered AS recovered FROM merges')
      .all();
    expect(marked).toEqual([{ recovered: 1 }]);
    expect((await lead.value('audit.verify', {})).broken).toBeNull();
  });

  it('changes nothing when an older one is sent again', async () => {
    const { lead, studyId, early, path, words } = await returnedPack();
    await mergeFiles(lead, studyId, [path], { trusts: [words] });
    const before = lead.app.context.store
      .query<{ count: number }>('SELECT count(*) AS count FROM ratings')
      .get();
    const replayed = await mergeFiles(lead, studyId, [early], { trusts: [words] });
    expect(replayed).toMatchObject({ changedNothing: true, taken: 0 });
    expect(
      lead.app.context.store.query<{ count: number }>('SELECT count(*) AS count FROM ratings').get(),
    ).toEqual(before);
    const copy = join(temporaryFolder(), 'copy.touchreturn');
    copyFileSync(path, copy);
    expect(await mergeFiles(lead, studyId, [copy, path, early])).toMatchObject({ changedNothing: true });
  });

  it('is not a pack, and a pack is not a return', async () => {
    const { lead, studyId, path, made } = await returnedPack();
    const opener = await Opener.make();
    expect(await opener.failure(readFileSync(path))).toMatch(/no pack/u);
    expect((await mergeFiles(lead, studyId, [made.path])).files[0]?.state).toBe('refused');
    const sealedReturn = join(temporaryFolder(), 'sealed.age');
    await encryptFile(path, sealedReturn, { passphrase: null, recipients: [RECIPIENT] });
    expect(await opener.failure(readFileSync(sealedReturn))).toMatch(/no pack/u);
    expect(existsSync(sealedReturn)).toBe(true);
  });
});
