/** `touchstone pack`: sealed files out to vendors, signed files back. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { ServiceError } from '../../../../shared/contract/errors.ts';
import type { MergedFile, MergeResult, PackFindingView } from '../../../../shared/contract/pack-methods.ts';
import { canonicalJson } from '../../../../shared/formats/canonical-json.ts';
import { problemsOf } from '../../../../shared/formats/native.ts';
import { acceptanceRuleSchema } from '../../../../shared/pack/acceptance-rule.ts';
import { keyWords } from '../../../../shared/pack/key-words.ts';
import type { PackOptions } from '../../../../shared/pack/pack-options.ts';
import { USUAL_ACCEPTANCE } from '../../../../shared/pack/usual-acceptance.ts';
import { fileNameOf } from '../../../core/file-name.ts';
import { NO_CONTROLS } from '../../../core/jobs/task-controls.ts';
import { acceptFiles } from '../../../core/packs/accept-files.ts';
import { acceptPack } from '../../../core/packs/accept-pack.ts';
import { type MadePack, makePack } from '../../../core/packs/make-pack.ts';
import { mergeReturns } from '../../../core/packs/merge-returns.ts';
import { openPack } from '../../../core/packs/open-pack.ts';
import { withContainer } from '../../../core/packs/with-container.ts';
import { writeReturn } from '../../../core/packs/write-return.ts';
import { systemClock } from '../../../core/system-ports.ts';
import { unwrapped, withApp, withStudy } from '../in-process.ts';
import { interruptible } from '../interruptible.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal.ts';
import { acceptanceText } from './acceptance-text.ts';
import { secretFrom } from './pack-secret.ts';
import { type StartOptions, startCommand } from './start.ts';

interface Json {
  readonly json?: boolean;
}

export interface CreateOptions extends Json {
  readonly study: string;
  readonly raters: string;
  readonly out: string;
  readonly name?: string;
  readonly title?: string;
  readonly share?: number;
  readonly pairs?: string;
  readonly mask: readonly string[];
  readonly accept: readonly string[];
  readonly spare?: string;
  readonly acceptance?: string;
  readonly topUp?: boolean;
  readonly secretFile?: string;
  readonly recipient: readonly string[];
}

export async function packCreateCommand(
  options: CreateOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const target = resolve(options.out);
  const name = options.name ?? basename(target).replace(/\.touchpack$/u, '');
  return withStudy(storePath, options.study, async ({ studyId }) => {
    try {
      const passphrase = options.recipient.length > 0 ? null : secretFrom(options.secretFile);
      const made = await interruptible((isCancelled) =>
        makePack(
          {
            storePath,
            studyId,
            name,
            options: optionsOf(options, name),
            isTopUp: options.topUp === true,
            audience: { passphrase: passphrase === '' ? null : passphrase, recipients: options.recipient },
            target,
            nowMs: systemClock.nowMs(),
          },
          {
            ...NO_CONTROLS,
            isCancelled,
            onProgress: ({ records }) => terminal.progress(`${records.toLocaleString('en')} rows`),
          },
        ),
      );
      terminal.progress('');
      terminal.print(options.json === true ? JSON.stringify(made) : madeText(made, name));
      return EXIT.fine;
    } catch (error) {
      terminal.progress('');
      if (!(error instanceof ServiceError) || error.details?.findings === undefined) throw error;
      const { findings, places } = error.details as { findings: readonly PackFindingView[]; places: number };
      terminal.print(
        options.json === true ? JSON.stringify({ findings, places }) : findingsText(findings, places),
      );
      return EXIT.failed;
    }
  });
}

function optionsOf(options: CreateOptions, name: string): PackOptions {
  const policy = (group: string) =>
    options.mask.includes(group) ? 'mask' : options.accept.includes(group) ? 'accept' : 'undecided';
  return {
    title: options.title ?? options.study,
    raters: ratersOf(options.raters, name),
    share: options.pairs === undefined ? (options.share ?? null) : null,
    pairs: options.pairs === undefined ? null : linesOf(options.pairs),
    identity: policy('identity'),
    personal: policy('personal'),
    spared: options.spare === undefined ? [] : linesOf(options.spare),
    acceptance: ruleFrom(options.acceptance),
  };
}

/** Pseudonyms with commas between, or how many of them there should be. */
function ratersOf(text: string, name: string): string[] {
  const count = /^[1-9]\d{0,2}$/u.test(text) ? Number(text) : 0;
  if (count > 0)
    return Array.from({ length: count }, (_none, index) => `${fileNameOf(name, 'rater')}-${index + 1}`);
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split(/\r?\n/u)
      .filter((line) => line !== '');
  } catch (error) {
    throw new ServiceError(
      'invalid_input',
      `${basename(path)}: cannot be read (${(error as Error).message}).`,
    );
  }
}

function ruleFrom(path: string | undefined): PackOptions['acceptance'] {
  if (path === undefined) return USUAL_ACCEPTANCE;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ServiceError(
      'invalid_input',
      `${basename(path)}: cannot be read as JSON (${(error as Error).message}).`,
    );
  }
  const written = value !== null && typeof value === 'object' ? { ...USUAL_ACCEPTANCE, ...value } : value;
  const parsed = acceptanceRuleSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  const [problem] = problemsOf(parsed.error, written);
  throw new ServiceError('invalid_input', `${basename(path)}: ${problem?.field}: ${problem?.reason}.`);
}

function madeText(made: MadePack, name: string): string {
  return [
    `Pack “${name}”, revision ${made.revision}: ${made.pairs} pairs, ${made.presentations} to answer, ${made.bytes.toLocaleString('en')} bytes.`,
    ...made.raters.map(({ name: rater, presentations }) => `  ${rater}: ${presentations}`),
    ...(made.masked === 0 ? [] : [`  ${made.masked} places masked`]),
    `Written to ${made.path}`,
    `Signed with the key: ${made.words}`,
    'Send these words by another way than the file, and what opens it by a third.',
  ].join('\n');
}

function findingsText(findings: readonly PackFindingView[], places: number): string {
  return [
    `No pack was made: ${places} places look as if they should not leave.`,
    tableText(
      ['kind', 'rule', 'places', 'found', 'first place'],
      findings
        .slice(0, 50)
        .map(({ group, rule, places: count, found, excerpt }) => [
          group,
          rule,
          String(count),
          found,
          excerpt,
        ]),
    ),
    'Decide with --mask identity,personal or --accept identity,personal; --spare FILE leaves the texts it lists as they stand.',
  ].join('\n');
}

export async function packInspectCommand(
  path: string,
  { secretFile, json }: Json & { readonly secretFile?: string },
  terminal: Terminal,
): Promise<ExitCode> {
  return withContainer(
    { path: resolve(path), name: basename(path) },
    secretFrom(secretFile),
    async (container) => {
      const { manifest, publicKey } = container;
      // The signature is over all bytes; this also holds every file against its own hash.
      for (const { name } of manifest.files) await container.readLines(name, () => undefined);
      const words = keyWords(publicKey);
      if (json === true) terminal.print(JSON.stringify({ words, publicKey, manifest }));
      else {
        terminal.print(`${basename(path)}: every byte is what was signed, with the key: ${words}`);
        terminal.print(`“${manifest.study.title}”, pack ${manifest.packId}, revision ${manifest.revision}`);
        terminal.print(
          tableText(
            ['rater', 'pairs', 'of them training'],
            manifest.raters.map(({ name, presentations, training }) => [
              name,
              String(presentations),
              String(training),
            ]),
          ),
        );
        terminal.print(
          tableText(
            ['file', 'rows', 'bytes', 'sha256'],
            manifest.files.map(({ name, rows, bytes, sha256 }) => [
              name,
              String(rows),
              String(bytes),
              sha256,
            ]),
          ),
        );
        terminal.print(`Accepted when: ${canonicalJson(manifest.acceptance)}`);
      }
      return EXIT.fine;
    },
  );
}

export async function packOpenCommand(
  path: string,
  {
    secretFile,
    json,
    start,
    ...more
  }: Json & StartOptions & { readonly secretFile?: string; readonly start?: boolean },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const file = { path: resolve(path), name: basename(path) };
  if (!existsSync(file.path)) throw new ServiceError('not_found', `There is no file ${file.path}.`);
  await withApp(
    storePath,
    async (_client, app) => {
      const secret = secretFrom(secretFile);
      const opened = await openPack({ storePath, file, secret, nowMs: systemClock.nowMs() });
      const pack = (await app.context.packs.opened()).find(({ packId }) => packId === opened.packId);
      if (json === true) terminal.print(JSON.stringify({ ...pack, isKeyKnown: opened.isKeyKnown }));
      else {
        terminal.print(`“${pack?.title}”: for ${pack?.raters.map(({ name }) => name).join(', ')}.`);
        terminal.print(
          opened.isKeyKnown
            ? `Signed by the key that is known for this study: ${pack?.words}`
            : `First pack of this study here. Compare the words of its key with what the sender told you: ${pack?.words}`,
        );
      }
    },
    { mayCreate: true, mayBeVendor: true },
  );
  return start === false ? EXIT.fine : startCommand(more, storePath, terminal);
}

/** The pack a command is about: the named one, or the only one there is. */
async function packIn(storePath: string, named: string | undefined): Promise<string> {
  return withApp(
    storePath,
    async (client) => {
      const packs = unwrapped(await client.call('packs.opened', {}));
      const [only, second] =
        named === undefined ? packs : packs.filter(({ packId }) => packId.startsWith(named));
      if (only === undefined)
        throw new ServiceError('not_found', 'There is no such pack open in this store.');
      if (second !== undefined)
        throw new ServiceError(
          'invalid_input',
          `Several packs are open here; name one with --pack: ${packs.map(({ packId, title }) => `${packId.slice(0, 8)} “${title}”`).join(', ')}.`,
        );
      return only.packId;
    },
    { mayBeVendor: true },
  );
}

export async function packReturnCommand(
  { out, pack, json }: Json & { readonly out: string; readonly pack?: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const packId = await packIn(storePath, pack);
  return withApp(
    storePath,
    async (_client, app) => {
      const { header, isComplete } = await app.context.packs.returnOf(packId);
      const target = resolve(out);
      const { rows } = writeReturn({ storePath, header, isComplete, target, nowMs: systemClock.nowMs() });
      const words = keyWords(header.key);
      if (json === true) terminal.print(JSON.stringify({ path: target, rows, isComplete, words }));
      else {
        terminal.print(
          `${rows} rows, ${isComplete ? 'all of the work' : 'the work so far'}, written to ${target}`,
        );
        terminal.print(
          `Signed with the key: ${words}. Tell the lead these words once, by another way than the file.`,
        );
      }
      return EXIT.fine;
    },
    { mayBeVendor: true },
  );
}

export async function packCheckCommand(
  { pack, json }: Json & { readonly pack?: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const packId = await packIn(storePath, pack);
  return withApp(
    storePath,
    async (client) => {
      const report = unwrapped(await client.call('packs.check', { packId }));
      terminal.print(json === true ? JSON.stringify(report) : acceptanceText(report));
      return report.verdict === 'rejected' ? EXIT.failed : EXIT.fine;
    },
    { mayBeVendor: true },
  );
}

export interface MergeOptions extends Json {
  readonly study: string;
  readonly dryRun?: boolean;
  readonly trust: readonly string[];
  readonly acceptRow: readonly string[];
  readonly recover?: boolean;
}

export async function packMergeCommand(
  paths: readonly string[],
  options: MergeOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ studyId }) => {
    const result = await interruptible((isCancelled) =>
      mergeReturns(
        {
          storePath,
          studyId,
          files: paths.map((path) => ({ path: resolve(path), name: basename(path) })),
          trusts: options.trust,
          accepts: options.acceptRow,
          recovers: options.recover === true,
          dryRun: options.dryRun === true,
          nowMs: systemClock.nowMs(),
        },
        {
          ...NO_CONTROLS,
          isCancelled,
          onProgress: ({ records }) => terminal.progress(`${records.toLocaleString('en')} rows`),
        },
      ),
    );
    terminal.progress('');
    terminal.print(options.json === true ? JSON.stringify(result) : mergeText(result));
    return result.files.every(isFine) ? EXIT.fine : EXIT.failed;
  });
}

function isFine({ state, rows }: MergedFile): boolean {
  return state === 'whole' && rows.length === 0;
}

function mergeText({ isDryRun, files, taken, keptAside, changedNothing }: MergeResult): string {
  const lines = files.flatMap((file) => {
    const counts = Object.entries(file.counts).filter(([, count]) => count > 0);
    return [
      `${file.file}: ${file.state.replace('_', ' ')}${file.pack === null ? '' : `, pack “${file.pack.name}”`}${file.raters.length === 0 ? '' : `, ${file.raters.join(', ')}`}`,
      ...(file.words === null
        ? []
        : [
            `  key: ${file.words}${file.isKeyKnown ? ' (known)' : ' (compare it with the vendor’s words, then --trust it)'}`,
          ]),
      `  ${counts.length === 0 ? 'no rows' : counts.map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`).join(', ')}`,
      ...(file.clockShifts === 0 ? [] : [`  the device’s clock was set ${file.clockShifts} times`]),
      ...file.rows.slice(0, 20).map(({ line, n, class: kind, reason, sha256 }) => {
        const where = [line === null ? '' : `line ${line}`, n === null ? '' : `row ${n}`].filter(
          (each) => each !== '',
        );
        return `    ${kind.replaceAll('_', ' ')}${where.length === 0 ? '' : `, ${where.join(', ')}`}: ${reason}${sha256 === null ? '' : ` [${sha256}]`}`;
      }),
      ...(file.rows.length > 20 ? [`    and ${file.rows.length - 20} more; --json lists them`] : []),
    ];
  });
  const outcome = changedNothing
    ? 'Nothing is new; nothing was changed.'
    : isDryRun
      ? `${taken} votes and retractions would be taken, ${keptAside} rows kept aside. Nothing was written.`
      : `${taken} votes and retractions taken, ${keptAside} rows kept aside.`;
  return [...lines, outcome].join('\n');
}

export async function packAcceptanceCommand(
  returns: readonly string[],
  {
    study,
    pack,
    answersOut,
    answers,
    secretFile,
    json,
  }: Json & {
    readonly study?: string;
    readonly pack: string;
    readonly answersOut?: string;
    readonly answers?: string;
    readonly secretFile?: string;
  },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const named = (path: string) => ({ path: resolve(path), name: basename(path) });
  const report =
    study === undefined
      ? await withContainer(named(pack), secretFrom(secretFile), (container) =>
          acceptFiles(container, returns.map(named), answers === undefined ? null : named(answers)),
        )
      : await withStudy(storePath, study, async ({ client, studyId }) => {
          const known = unwrapped(await client.call('packs.list', { studyId })).find(
            ({ name }) => name === pack,
          );
          if (known === undefined) throw new ServiceError('not_found', `This study has no pack “${pack}”.`);
          const { packId } = known;
          const accepted = acceptPack({ storePath, studyId, packId, nowMs: systemClock.nowMs() });
          if (answersOut !== undefined)
            writeFileSync(answersOut, canonicalJson(accepted.answerKey), { mode: 0o600 });
          return accepted.report;
        });
  terminal.print(json === true ? JSON.stringify(report) : acceptanceText(report));
  return report.verdict === 'accepted' ? EXIT.fine : EXIT.failed;
}

export function packListCommand(
  { study, json }: Json & { readonly study: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const packs = unwrapped(await client.call('packs.list', { studyId }));
    if (json === true) terminal.print(JSON.stringify(packs));
    else
      terminal.print(
        packs.length === 0
          ? 'This study has no packs.'
          : tableText(
              ['pack', 'revision', 'rater', 'answered', 'of', 'state'],
              packs.flatMap(({ name, revision, raters, closedAt }) =>
                raters.map((rater) => [
                  name,
                  String(revision),
                  rater.name,
                  String(rater.answered),
                  String(rater.presentations),
                  closedAt === null ? 'out' : 'closed',
                ]),
              ),
            ),
      );
    return EXIT.fine;
  });
}

export function packCloseCommand(
  { study, pack, json }: Json & { readonly study: string; readonly pack: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const known = unwrapped(await client.call('packs.list', { studyId })).find(({ name }) => name === pack);
    if (known === undefined) throw new ServiceError('not_found', `This study has no pack “${pack}”.`);
    const packs = unwrapped(await client.call('packs.close', { studyId, packId: known.packId }));
    terminal.print(
      json === true ? JSON.stringify(packs) : `“${pack}” is closed: what is recorded from now on is late.`,
    );
    return EXIT.fine;
  });
}
