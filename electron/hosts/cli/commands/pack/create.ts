import { basename, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { MadePackView, PackFindingView } from '../../../../../shared/contract/pack-methods.ts';
import { acceptanceRuleSchema } from '../../../../../shared/pack/acceptance-rule.ts';
import type { PackOptions } from '../../../../../shared/pack/pack-options.ts';
import { USUAL_ACCEPTANCE } from '../../../../../shared/pack/usual-acceptance.ts';
import { fileNameOf } from '../../../../core/files/file-name.ts';
import type { CliCommand } from '../../client/command.ts';
import { parseJson, readJsonFile } from '../../options/json-file.ts';
import { option, repeated, required, studyOption } from '../../options/option.ts';
import { secretFrom, secretOption } from '../../options/pack-secret.ts';
import { readTextFile } from '../../options/text-file.ts';
import { tableText } from '../../terminal/table-text.ts';
import { EXIT } from '../../terminal/terminal.ts';

interface Given {
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

/** 1 where something looks as if it should not leave and nobody decided about it: nothing is made then. */
export const command: CliCommand<Given, ReplyOf<'packs.make'>> = {
  spec: {
    about: 'make a sealed pack of a study’s pairs for raters elsewhere',
    options: [
      studyOption(),
      required('--raters <names>', 'pseudonyms with commas between, or how many'),
      required('--out <file>', 'the pack to write'),
      option('--name <name>', 'what the pack is called here (else the name of the file)'),
      option('--title <text>', 'what raters read in place of the study’s name'),
      option('--share <share>', 'share of the pairs, 0 to 1', shareOfOne),
      option('--pairs <file>', 'ids of pairs, one a line'),
      option('--mask <kinds>', 'mask findings: identity, personal', kinds).default([]),
      option('--accept <kinds>', 'let findings leave as they stand', kinds).default([]),
      option('--spare <file>', 'found texts to leave as they stand, one a line'),
      option('--acceptance <file>', 'when the work is accepted, as JSON'),
      option('--top-up', 'extend a pack that is out'),
      secretOption(),
      repeated('--recipient <key>', 'a public key (age1…) instead of a passphrase; may be repeated'),
    ],
  },
  run: async (client, given) => {
    const name = nameOf(given);
    const studyId = await client.studyId(given.study);
    const passphrase = given.recipient.length > 0 ? '' : secretFrom(given.secretFile, client.terminal);
    return client.follow('packs.make', {
      studyId,
      name,
      options: optionsOf(given, name),
      isTopUp: given.topUp === true,
      passphrase: passphrase === '' ? null : passphrase,
      recipients: given.recipient,
      placeId: await client.place(given.out),
    });
  },
  text: ({ made, findings }, given) =>
    findings === null ? madeText(made, nameOf(given)) : findingsText(findings.listed, findings.places),
  json: ({ made, findings }) =>
    findings === null ? made : { findings: findings.listed, places: findings.places },
  code: ({ findings }) => (findings === null ? EXIT.fine : EXIT.failed),
};

function nameOf({ name, out }: Given): string {
  return name ?? basename(resolve(out)).replace(/\.touchpack$/u, '');
}

function shareOfOne(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1)) throw new InvalidArgumentError('a share above 0, up to 1');
  return share;
}

function kinds(text: string): string[] {
  const wanted = text.split(',').map((kind) => kind.trim());
  if (wanted.some((kind) => kind !== 'identity' && kind !== 'personal'))
    throw new InvalidArgumentError('identity, personal, or both with a comma between');
  return wanted;
}

function optionsOf(options: Given, name: string): PackOptions {
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
  return readTextFile(path)
    .split(/\r?\n/u)
    .filter((line) => line !== '');
}

function ruleFrom(path: string | undefined): PackOptions['acceptance'] {
  if (path === undefined) return USUAL_ACCEPTANCE;
  const value = readJsonFile(path);
  const written = value !== null && typeof value === 'object' ? { ...USUAL_ACCEPTANCE, ...value } : value;
  return parseJson(path, acceptanceRuleSchema, written);
}

function madeText(made: MadePackView, name: string): string {
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
