import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type MadePack, makePack } from '../../electron/core/packs/make-pack.ts';
import { mergeReturns } from '../../electron/core/packs/merge-returns.ts';
import { openPack } from '../../electron/core/packs/open-pack.ts';
import { writeReturn } from '../../electron/core/packs/write-return.ts';
import type { PackOptions } from '../../shared/pack/pack-options.ts';
import { USUAL_ACCEPTANCE } from '../../shared/pack/usual-acceptance.ts';
import type { Answer } from '../../shared/study/verdict.ts';
import { steppingClock } from './fixed-ports.ts';
import { openTestApp, type TestApp } from './open-app.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A key pair of the age format: a passphrase takes a second to open, on purpose. */
export const IDENTITY = await generateX25519Identity();
export const RECIPIENT = await identityToRecipient(IDENTITY);

export function packOptions(raters: readonly string[], change: Partial<PackOptions> = {}): PackOptions {
  return {
    title: 'Which answer is better?',
    raters: [...raters],
    share: null,
    pairs: null,
    identity: 'accept',
    personal: 'accept',
    spared: [],
    acceptance: USUAL_ACCEPTANCE,
    ...change,
  };
}

export async function makeTestPack(
  { storePath }: Pick<TestApp, 'storePath'>,
  studyId: string,
  options: PackOptions,
  more: { readonly name?: string; readonly isTopUp?: boolean; readonly nowMs?: number } = {},
): Promise<MadePack> {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  return makePack({
    storePath,
    studyId,
    name: more.name ?? 'first',
    options,
    isTopUp: more.isTopUp ?? false,
    audience: { passphrase: null, recipients: [RECIPIENT] },
    target: join(folder, 'work.touchpack'),
    nowMs: more.nowMs ?? Date.now(),
  });
}

/** A vendor with a store of their own that has a pack open. */
export async function vendorWith(
  packPath: string,
  app?: TestApp,
): Promise<{ vendor: TestApp; packId: string }> {
  const vendor = app ?? (await openTestApp(join(temporaryFolder(), 'vendor.sqlite'), steppingClock()));
  const { packId } = await openPack({
    storePath: vendor.storePath,
    file: { path: packPath, name: 'work.touchpack' },
    secret: IDENTITY,
    nowMs: Date.now(),
  });
  vendor.app.context.packs.forget();
  return { vendor, packId };
}

/** Rates pairs of a pack until there is none, or as many as asked for. Returns how many were answered. */
export async function rateInPack(
  { value }: TestApp,
  packId: string,
  rater: string,
  most = Number.POSITIVE_INFINITY,
  answerTo: (pair: { left: string; right: string; task: string }, index: number) => Answer = () => 'left',
): Promise<number> {
  const begun = await value('rating.begin', { studyId: packId, rater, passphrase: `the word of ${rater}` });
  let turn: Pick<typeof begun, 'queue' | 'stage'> = begun;
  const { session, study } = begun;
  if (begun.stage === 'consent') turn = await value('rating.consent', { session, text: study.consent });
  let count = 0;
  for (; count < most; count++) {
    const [pair] = turn.queue;
    if (pair === undefined) break;
    const text = (conversation: (typeof pair)['left']) =>
      conversation.map(({ content }) => content).join('\n');
    const shown = { left: text(pair.left), right: text(pair.right), task: text(pair.task) };
    const answer = answerTo(shown, count);
    turn = await value('rating.submit', {
      session,
      commandId: crypto.randomUUID(),
      presentationId: pair.presentationId,
      answer,
      ...(answer === 'skipped' ? { skipReason: 'cannot_judge' as const } : {}),
      viewedMs: 500,
    });
  }
  return count;
}

/** Writes a return of a pack and says where it is. */
export async function returnOf(
  { app, storePath }: TestApp,
  packId: string,
  nowMs = Date.now(),
): Promise<string> {
  const { header, isComplete } = await app.context.packs.returnOf(packId);
  const target = join(temporaryFolder(), 'work.touchreturn');
  writeReturn({ storePath, header, isComplete, target, nowMs });
  return target;
}

export function mergeFiles(
  { storePath }: Pick<TestApp, 'storePath'>,
  studyId: string,
  paths: readonly string[],
  more: Partial<Parameters<typeof mergeReturns>[0]> = {},
) {
  return mergeReturns({
    storePath,
    studyId,
    files: paths.map((path, index) => ({ path, name: `return-${index + 1}.touchreturn` })),
    trusts: [],
    accepts: [],
    recovers: false,
    dryRun: false,
    nowMs: Date.now(),
    ...more,
  });
}
