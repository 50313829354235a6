/** `touchstone pack create`: a sealed file out to vendors. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { PackFindingView } from '../../../../shared/contract/pack-methods.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { acceptanceRuleSchema } from '../../../../shared/pack/acceptance-rule.ts';
import type { PackOptions } from '../../../../shared/pack/pack-options.ts';
import { USUAL_ACCEPTANCE } from '../../../../shared/pack/usual-acceptance.ts';
import { fileNameOf } from '../../../core/files/file-name.ts';
import { type MadePack, makePack } from '../../../core/packs/make-pack.ts';
import { systemClock } from '../../../core/ports/system-ports.ts';
import { NO_CONTROLS } from '../../../core/work/task-controls.ts';
import { withStudy } from '../client/in-process.ts';
import { interruptible } from '../client/interruptible.ts';
import { parseJson, readJsonFile } from '../options/json-file.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';
import { secretFrom } from './pack-secret.ts';

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
      terminal.print(options.json === true ? JSON.stringify(made) : packText(made, name));
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
  const value = readJsonFile(path);
  const written = value !== null && typeof value === 'object' ? { ...USUAL_ACCEPTANCE, ...value } : value;
  return parseJson(path, acceptanceRuleSchema, written);
}

function packText(made: MadePack, name: string): string {
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
