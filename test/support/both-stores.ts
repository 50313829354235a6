/** One rater's work given to a lead's store and to a vendor's, so that what comes of it can be compared. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplyOf } from '../../shared/contract/methods.ts';
import type { KnownStage } from '../../shared/study/known-answer.ts';
import { importText, jsonLines } from './comparisons.ts';
import { steppingClock } from './fixed-ports.ts';
import { openTestApp, type TestApp } from './open-app.ts';
import { makeTestPack, packOptions, vendorWith } from './packs.ts';
import { qualityRows } from './simulated-rater.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Turn = Pick<ReplyOf<'rating.begin'>, 'queue' | 'stage' | 'progress' | 'training' | 'drafts'>;
type Rater = 'one' | 'two';

/** One rater's window over either store. */
interface Window {
  readonly app: TestApp['app'];
  readonly begin: (rater: Rater) => Promise<ReplyOf<'rating.begin'>>;
  /** The versions of the guideline that votes were recorded under, in their order. */
  readonly versions: () => number[];
}

export interface Asked {
  readonly pairs?: number;
  readonly design?: Record<string, unknown>;
  readonly known?: readonly { readonly stage: KnownStage; readonly verdict: 'first' | 'tie' }[];
  /** What is changed before work begins, after the pack was sent: it is topped up. */
  readonly later?: Record<string, unknown>;
}

/** A study as a lead has it, and its pack as a vendor has opened it, before anybody worked. */
interface Stores {
  readonly leadPath: string;
  readonly studyId: string;
  readonly vendorPath: string;
  readonly packId: string;
  /** Of the guideline, when the pack was made first: it was never given those before. */
  readonly firstVersion: number;
}

export async function makeStores({ pairs = 14, design = {}, known = [], later }: Asked): Promise<Stores> {
  const lead = await openTestApp(join(temporaryFolder(), 'lead.sqlite'), steppingClock());
  const { studyId } = await importText(lead.storePath, jsonLines(qualityRows(pairs, 2)));
  const id = studyId ?? '';
  await lead.value('studies.configure', { studyId: id, design: { minimumViewingMs: 500, ...design } });
  if (known.length > 0)
    await lead.value('design.addKnownAnswers', {
      studyId: id,
      answers: known.map((answer, index) => ({ pair: `pair-${index}`, explanation: '', ...answer })),
    });
  const { guidelineVersion: firstVersion } = await lead.value('studies.show', { studyId: id });
  const made = await makeTestPack(lead, id, packOptions(['one', 'two']));
  const { vendor, packId } = await vendorWith(made.path);
  if (later !== undefined) {
    await lead.value('studies.configure', { studyId: id, design: later });
    const toppedUp = await makeTestPack(lead, id, packOptions(['one', 'two', 'late']), { isTopUp: true });
    await vendorWith(toppedUp.path, vendor);
  }
  await lead.app.close();
  await vendor.app.close();
  return { leadPath: lead.storePath, studyId: id, vendorPath: vendor.storePath, packId, firstVersion };
}

/** Opens copies of both stores, so that the same can be begun again. */
export async function openBoth({ leadPath, studyId, vendorPath, packId }: Stores): Promise<{
  readonly lead: Window;
  readonly vendor: Window;
}> {
  const open = (path: string) => {
    const copy = join(temporaryFolder(), 'copy.sqlite');
    copyFileSync(path, copy);
    return openTestApp(copy, steppingClock(Date.UTC(2026, 2, 1)));
  };
  // The names are taken by the pack; here others work, in a study of the same design.
  return {
    lead: windowOf(
      await open(leadPath),
      studyId,
      (rater) => `live ${rater}`,
      "SELECT guideline_version AS version FROM ratings WHERE kind = 'vote' ORDER BY id",
    ),
    vendor: windowOf(
      await open(vendorPath),
      packId,
      (rater) => rater,
      "SELECT json_extract(line, '$.guideline') AS version FROM pack_log WHERE line LIKE '%\"vote\"%' ORDER BY n",
    ),
  };
}

function windowOf(
  { app, value }: TestApp,
  study: string,
  name: (rater: string) => string,
  sql: string,
): Window {
  return {
    app,
    begin: (rater) =>
      value('rating.begin', { studyId: study, rater: name(rater), passphrase: `word of ${rater}` }),
    versions: () =>
      app.context.store
        .query<{ version: number }>(sql)
        .all()
        .map(({ version }) => version),
  };
}

/** What a rater does. Pairs are named by the order in which the rater saw them first, commands by any name. */
export interface Step {
  /** A pair by its number, or the one on screen. */
  readonly vote?: number | 'next';
  readonly undo?: string;
  readonly close?: true;
  readonly agree?: string;
  readonly draft?: number | 'next';
  readonly revisit?: number;
  readonly history?: true;
  /** The window is opened anew. */
  readonly begin?: true;
  /** `old one`: from the window that the rater had before. */
  readonly by?: Rater | 'old one';
  readonly command?: string;
  /** What a vote says beside the left side and 900 ms. */
  readonly said?: Readonly<Record<string, unknown>>;
}

const DRAFT = { note: 'so far', confidence: null, details: {}, earlier: null, keptAt: 1 };

/** Two raters at their windows, and what they saw so far. */
class Sittings {
  readonly #window: Window;
  readonly #seen: Record<Rater, string[]> = { one: [], two: [] };
  readonly #shown: Record<Rater, readonly string[]> = { one: [], two: [] };
  readonly #commands = new Map<string, string>();
  readonly #sessions = { 'old one': '', one: '', two: '' };

  constructor(window: Window) {
    this.#window = window;
  }

  async begin(rater: Rater): Promise<unknown> {
    const begun = await this.#window.begin(rater);
    if (rater === 'one') this.#sessions['old one'] = this.#sessions.one;
    this.#sessions[rater] = begun.session;
    return this.#outcomeOf(begun, rater);
  }

  async play(step: Step, number: number): Promise<unknown> {
    const { by = 'one', begin } = step;
    const rater = by === 'two' ? 'two' : 'one';
    if (begin) return this.begin(rater);
    const [method, input] = this.#callOf(step, by, rater, number);
    const reply = await this.#window.app.call(method, input);
    if (!reply.ok) return [reply.error.code, reply.error.message];
    return this.#outcomeOf(reply.value as Partial<Turn>, rater);
  }

  #callOf(
    { vote, undo, close, agree, draft, revisit, history, command, said }: Step,
    by: Rater | 'old one',
    rater: Rater,
    number: number,
  ): [string, Record<string, unknown>] {
    const session = this.#sessions[by];
    const pair = vote ?? draft ?? revisit ?? 0;
    const named = pair === 'next' ? this.#shown[rater][0] : this.#seen[rater][pair];
    const presentationId = named ?? '0'.repeat(32);
    const commandId = this.#commandOf(undo ?? command ?? `step ${number}`);
    if (vote !== undefined)
      return [
        'rating.submit',
        { session, commandId, presentationId, answer: 'left', viewedMs: 900, ...said },
      ];
    if (undo !== undefined) return ['rating.undo', { session, commandId }];
    if (close) return ['rating.closeBlock', { session }];
    if (agree !== undefined) return ['rating.consent', { session, text: agree }];
    if (history) return ['rating.history', { session, limit: 5 }];
    if (revisit !== undefined) return ['rating.revisit', { session, presentationId }];
    return ['rating.keepDraft', { session, presentationId, draft: DRAFT }];
  }

  #commandOf(name: string): string {
    const id = this.#commands.get(name) ?? crypto.randomUUID();
    this.#commands.set(name, id);
    return id;
  }

  #see(rater: Rater, ids: readonly string[]): number[] {
    const seen = this.#seen[rater];
    return ids.map((id) => {
      if (!seen.includes(id)) seen.push(id);
      return seen.indexOf(id);
    });
  }

  /** What a reply says, but for what the two may not have in common: ids, texts, times, and how many pairs are to come. */
  #outcomeOf(reply: object, rater: Rater): unknown {
    if ('votes' in reply) {
      const { votes, ...more } = reply as ReplyOf<'rating.history'>;
      return {
        ...more,
        votes: votes.map(({ presentationId, task: _task, recordedAt: _recordedAt, ...vote }) => ({
          ...vote,
          pair: this.#see(rater, [presentationId]),
        })),
      };
    }
    if ('pair' in reply) return { ...reply, pair: '' };
    if (!('queue' in reply)) return reply;
    const { queue, stage, training, drafts, progress, ...more } = reply as Turn & {
      readonly feedback?: { readonly isAsKnown: boolean } | null;
      readonly takenBack?: { readonly presentationId: string } | null;
    };
    const { feedback = null, takenBack = null } = more;
    const { total: _total, suggestsBreak: _suggestsBreak, ...told } = progress;
    this.#shown[rater] = queue.map(({ presentationId }) => presentationId);
    return {
      shown: this.#see(rater, this.#shown[rater]),
      stage,
      progress: told,
      training,
      drafts: drafts.map(({ presentationId, draft }) => [this.#see(rater, [presentationId]), draft.note]),
      isAsKnown: feedback?.isAsKnown ?? null,
      takenBack: takenBack && {
        ...takenBack,
        presentationId: this.#see(rater, [takenBack.presentationId]),
      },
    };
  }
}

/** Plays steps in one window, after rater one came twice and rater two once; says what came of each step. */
export async function played(window: Window, steps: readonly Step[]): Promise<unknown[]> {
  const sittings = new Sittings(window);
  await sittings.begin('one');
  await sittings.begin('one');
  await sittings.begin('two');
  const outcomes: unknown[] = [];
  for (const [number, step] of steps.entries()) outcomes.push(await sittings.play(step, number));
  return outcomes;
}
