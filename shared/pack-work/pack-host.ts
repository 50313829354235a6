/** The vendor's side of the contract: raters' work on opened packs, over whatever keeps it. */

import type { ParsedInputOf, ReplyOf } from '../contract/methods.ts';
import type { TakenBackVote, Turn } from '../contract/rating-methods.ts';
import { ServiceError } from '../errors/errors.ts';
import { textSha256 } from '../json/content-hash.ts';
import type { AcceptanceReport } from '../pack/acceptance.ts';
import { keyWords } from '../pack/key-words.ts';
import { packContent } from '../pack/pack-content.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import type { NewReturnRow, ReturnHeader, ReturnRow, VoteRow } from '../pack/return-rows.ts';
import { detailsOfRow, shownDetailsOfRow } from '../pack/row-details.ts';
import { GuessLimit } from '../rating/guess-limit.ts';
import {
  blockNotDone,
  nothingToUndo,
  notTheirPair,
  noVoteOnPair,
  otherConsentText,
  reusedCommandRefusal,
  takenOverRefusal,
  voteRefusal,
} from '../rating/refusals.ts';
import { checkVote, isAsKnown, versionOfVote } from '../rating/rules.ts';
import { isBlockDone, QUEUE_LENGTH, turnOf } from '../rating/sitting.ts';
import { excerptOf } from '../text/excerpt.ts';
import { foldText } from '../text/folded.ts';
import { noteToKeep } from '../text/note-text.ts';
import { blindPackPair, textIdsOf } from './blind-pack-pair.ts';
import { hashPassphrase, isPassphrase } from './own-passphrase.ts';
import type { PackStorage, SessionOwner, StoredPack } from './pack-storage.ts';
import { RaterWork } from './rater-work.ts';

export interface PackHostPorts {
  readonly storage: PackStorage;
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Milliseconds of a clock that nobody can set. */
  monotonicMs(): number;
  /** Random bytes as hexadecimal digits. */
  hex(byteCount: number): string;
  readonly product: string;
}

interface OpenWork {
  readonly owner: SessionOwner;
  readonly pack: StoredPack;
  readonly work: RaterWork;
}

/** A clock that was set by less is taken for two readings of one clock. */
const LEAST_CLOCK_SHIFT_MS = 2000;

/** Answers the methods of a vendor's window. One call after another: what two of them do never mixes. */
export class PackHost {
  readonly #ports: PackHostPorts;
  readonly #open = new Map<string, OpenWork>();
  readonly #guesses = new GuessLimit();
  #last: Promise<unknown> = Promise.resolve();
  /** Both clocks at the last thing recorded in a pack. */
  readonly #clocks = new Map<string, { readonly now: number; readonly monotonic: number }>();

  constructor(ports: PackHostPorts) {
    this.#ports = ports;
  }

  /** Forgets what is kept of open work: a pack was topped up. */
  forget(): void {
    this.#open.clear();
  }

  listOpened(): Promise<ReplyOf<'packs.opened'>> {
    return this.#inTurn(async () => {
      const packs = await this.#ports.storage.packs();
      return Promise.all(packs.map((pack) => this.summary(pack)));
    });
  }

  async summary({
    manifest,
    publicKey,
    openedAt,
    rows,
  }: StoredPack): Promise<ReplyOf<'packs.opened'>[number]> {
    const claims = await this.#ports.storage.claims(manifest.packId);
    return {
      packId: manifest.packId,
      revision: manifest.revision,
      title: manifest.study.title,
      isSynthetic: manifest.study.isSynthetic,
      words: keyWords(publicKey),
      openedAt,
      raters: manifest.raters.map(({ name, presentations, training }) => {
        const claim = claims.find(({ rater }) => rater === name);
        return {
          name,
          isTaken: claim !== undefined,
          hasPassphrase: (claim?.passphrase ?? null) !== null,
          done: claim?.done ?? 0,
          total: Math.max(0, presentations - training),
        };
      }),
      rows,
    };
  }

  begin(input: ParsedInputOf<'rating.begin'>): Promise<ReplyOf<'rating.begin'>> {
    return this.#inTurn(async () => {
      const { storage, hex, product } = this.#ports;
      const pack = await this.#requirePack(input.studyId);
      const { manifest } = pack;
      if (!manifest.raters.some(({ name }) => name === input.rater))
        throw new ServiceError('not_found', { key: 'pack.rater_unknown', values: { rater: input.rater } });
      if (input.role !== 'rater') throw new ServiceError('forbidden', { key: 'pack.raters_only' });
      const owner = { packId: manifest.packId, rater: input.rater };
      const passphrase = await this.#admitted(owner, manifest, input);
      const session = `pack-${hex(16)}`;
      await storage.startSession(owner, session, passphrase);
      for (const [open, { owner: other }] of this.#open)
        if (other.packId === owner.packId && other.rater === owner.rater) this.#open.delete(open);
      const opened = await this.#load(owner, session, pack);
      await this.#append(opened, session, [
        { type: 'begun', rater: owner.rater, at: this.#ports.nowMs(), product },
      ]);
      return {
        session,
        study: {
          name: manifest.study.title,
          guideline: manifest.guideline.text,
          guidelineVersion: manifest.guideline.version,
          rubric: manifest.rubric,
          scale: manifest.scale,
          minimumViewingMs: manifest.rules.minimumViewingMs,
          asksConfidence: manifest.rules.asksConfidence,
          marksSpans: manifest.rules.marksSpans,
          breakAfterMinutes: manifest.rules.breakAfterMinutes,
          examples: manifest.training.examples,
          consent: manifest.rules.consent,
          role: 'rater',
          isSynthetic: manifest.study.isSynthetic,
          isUnblinded: false,
        },
        ...(await this.#turn(opened)),
      };
    });
  }

  submit(input: ParsedInputOf<'rating.submit'>): Promise<ReplyOf<'rating.submit'>> {
    return this.#inTurn(async () => {
      const repeated = await this.#repeated(input);
      if (repeated !== null) return repeated;
      const open = await this.#require(input.session);
      const { owner, work, pack } = open;
      const { manifest } = pack;
      const place = work.placeOf(input.presentationId);
      const standing = place === undefined ? null : work.standingOf(place);
      // Who has consented sees some pairs at a time; those that come later are not given yet.
      const isGiven = standing !== null && (!standing.hasConsented || standing.isOpen || standing.wasRead);
      if (place === undefined || standing === null || !isGiven) throw notTheirPair();
      const guideline = versionOfVote(input.guidelineVersion, manifest.guideline.version);
      const row = this.#voteRow(input, owner.rater, guideline, this.#ports.nowMs());
      const asked = {
        ...manifest.rules,
        scale: manifest.scale,
        rubric:
          guideline === manifest.guideline.version
            ? manifest.rubric
            : await this.#ports.storage.earlierRubric(manifest.packId, guideline),
      };
      const vote = { ...row, guidelineVersion: guideline, revises: input.revises };
      const problem = checkVote(asked, standing, vote);
      if (problem !== null) throw voteRefusal(problem);
      const step = work.voteAt(place) === null && work.presentations[place]?.part === 'work' ? 1 : 0;
      await this.#append(open, input.session, [row], step);
      await this.#ports.storage.putDraft(input.presentationId, null);
      return this.#receipt(open, input, row.at);
    });
  }

  undo(input: ParsedInputOf<'rating.undo'>): Promise<ReplyOf<'rating.undo'>> {
    return this.#inTurn(async () => {
      const open = await this.#require(input.session);
      const { owner, work } = open;
      const known = await this.#recorded(input.commandId);
      if (known !== undefined) {
        const { row, owner: by } = known;
        if (row.type !== 'retraction' || by.packId !== owner.packId || by.rater !== owner.rater)
          throw reusedCommandRefusal();
        return { ...(await this.#turn(open)), takenBack: voteTakenBackBy(work, row.presentation) };
      }
      const place = work.newestPlace;
      const presentation = place === undefined ? undefined : work.presentations[place]?.id;
      if (presentation === undefined) throw nothingToUndo(false);
      const { commandId: command } = input;
      const at = this.#ports.nowMs();
      await this.#append(
        open,
        input.session,
        [{ type: 'retraction', rater: owner.rater, presentation, command, at }],
        -1,
      );
      return { ...(await this.#turn(open)), takenBack: voteTakenBackBy(work, presentation) };
    });
  }

  /** Keeps a draft on a pair of this rater's that has no vote yet. */
  keepDraft({
    session,
    presentationId,
    draft,
  }: ParsedInputOf<'rating.keepDraft'>): Promise<ReplyOf<'rating.keepDraft'>> {
    return this.#inTurn(async () => {
      const { work } = await this.#require(session);
      const place = work.placeOf(presentationId);
      if (place === undefined) throw notTheirPair();
      const isKept = work.voteAt(place) === null;
      if (isKept) await this.#ports.storage.putDraft(presentationId, draft);
      return { isKept };
    });
  }

  consent(input: ParsedInputOf<'rating.consent'>): Promise<Turn> {
    return this.#inTurn(async () => {
      const open = await this.#require(input.session);
      const { consent } = open.pack.manifest.rules;
      const textSha256Of = textSha256(consent);
      if (textSha256Of !== textSha256(input.text)) throw otherConsentText();
      if (!open.work.hasConsented) {
        const at = this.#ports.nowMs();
        const { rater } = open.owner;
        await this.#append(open, input.session, [{ type: 'consent', rater, at, textSha256: textSha256Of }]);
      }
      return this.#turn(open);
    });
  }

  closeBlock(input: ParsedInputOf<'rating.closeBlock'>): Promise<Turn> {
    return this.#inTurn(async () => {
      const open = await this.#require(input.session);
      const { work, owner } = open;
      if (!isBlockDone(work.sitting)) throw blockNotDone();
      const at = this.#ports.nowMs();
      const { block } = work;
      await this.#append(open, input.session, [{ type: 'block_closed', rater: owner.rater, at, block }]);
      return this.#turn(open);
    });
  }

  examples(input: ParsedInputOf<'rating.examples'>): Promise<ReplyOf<'rating.examples'>> {
    return this.#inTurn(async () => {
      const { owner } = await this.#require(input.session);
      const examples = await this.#ports.storage.examples(owner.packId);
      const texts = await this.#ports.storage.texts(owner.packId, textIdsOf(examples));
      return examples.map((example) => ({
        pair: blindPackPair(example, texts),
        answer: example.answer,
        explanation: example.explanation,
      }));
    });
  }

  history(input: ParsedInputOf<'rating.history'>): Promise<ReplyOf<'rating.history'>> {
    return this.#inTurn(async () => {
      const { owner, work } = await this.#require(input.session);
      const words = foldText(input.search.trim());
      const own = work.ownPlaces();
      const votes: ReplyOf<'rating.history'>['votes'][number][] = [];
      let total = 0;
      const isShown = () => total >= input.offset && votes.length < input.limit;
      for (const place of own) {
        const pair = work.presentations[place];
        const vote = work.voteAt(place);
        if (pair === undefined || vote === null) continue;
        if (words === '' && !isShown()) {
          total++;
          continue;
        }
        const texts = await this.#ports.storage.texts(owner.packId, textIdsOf([pair]));
        const { task, left, right } = blindPackPair(pair, texts);
        const said = [...task, ...left, ...right].map(({ content }) => content);
        if (words !== '' && ![...said, vote.note ?? ''].some((text) => foldText(text).includes(words)))
          continue;
        if (isShown()) {
          votes.push({
            presentationId: pair.id,
            task: excerptOf(task.map(({ content }) => content).join(' ')),
            answer: vote.answer,
            strength: vote.strength ?? null,
            note: vote.note ?? null,
            recordedAt: vote.at,
            changes: work.changesAt(place),
            canChange: work.isChangeable(place),
          });
        }
        total++;
      }
      return { total, isAll: own.length === work.work.done, votes };
    });
  }

  revisit(input: ParsedInputOf<'rating.revisit'>): Promise<ReplyOf<'rating.revisit'>> {
    return this.#inTurn(async () => {
      const { owner, work } = await this.#require(input.session);
      const place = work.placeOf(input.presentationId);
      const pair = place === undefined ? undefined : work.presentations[place];
      const vote = place === undefined ? null : work.voteAt(place);
      if (place === undefined || pair === undefined || vote === null || !work.ownPlaces().includes(place))
        throw noVoteOnPair();
      const texts = await this.#ports.storage.texts(owner.packId, textIdsOf([pair]));
      return {
        pair: blindPackPair(pair, texts),
        ...answerOfRow(vote),
        canChange: work.isChangeable(place),
      };
    });
  }

  /** What the acceptance rule says of the work so far, as far as it needs no answer key. */
  check(packId: string): Promise<AcceptanceReport> {
    return this.#inTurn(async () => {
      const { manifest } = await this.#requirePack(packId);
      const { storage } = this.#ports;
      const listOf = new Map<string, Awaited<ReturnType<PackStorage['presentations']>>>();
      for (const { name } of manifest.raters) listOf.set(name, await storage.presentations(packId, name));
      const presentationsOf = (rater: string) => listOf.get(rater) ?? [];
      // Statistics are heavy, and asked for now and then.
      const { Acceptance } = await import('../pack/acceptance.ts');
      const lengths = new Map<string, number>();
      const wanted = [
        ...new Set([...listOf.values()].flatMap((list) => list.flatMap(({ left, right }) => [left, right]))),
      ];
      for (let from = 0; from < wanted.length; from += 500)
        for (const [id, text] of await storage.texts(packId, wanted.slice(from, from + 500)))
          lengths.set(
            id,
            text.reduce((sum, { content }) => sum + content.length, 0),
          );
      const acceptance = new Acceptance(
        packContent(manifest, presentationsOf, (id) => lengths.get(id) ?? 0),
        presentationsOf,
      );
      for await (const line of storage.allLines(packId)) acceptance.take(JSON.parse(line) as ReturnRow);
      return acceptance.report(null);
    });
  }

  /** What a return of a pack begins with, and whether every pair that the pack gave to anybody has an answer. */
  async returnOf(packId: string): Promise<{ readonly header: ReturnHeader; readonly isComplete: boolean }> {
    const { storage } = this.#ports;
    const { manifest, manifestSha256 } = await this.#requirePack(packId);
    const { publicKey } = await storage.signer();
    const claims = await storage.claims(packId);
    const totalOf = new Map(
      manifest.raters.map(({ name, presentations, training }) => [name, presentations - training]),
    );
    return {
      header: {
        touchreturn: 1,
        packId,
        revision: manifest.revision,
        manifestSha256,
        study: manifest.study.id,
        key: publicKey,
      },
      isComplete: [...totalOf].every(
        ([name, total]) => (claims.find(({ rater }) => rater === name)?.done ?? 0) >= total,
      ),
    };
  }

  async #admitted(
    owner: SessionOwner,
    manifest: PackManifest,
    { passphrase = '', earlierSession }: ParsedInputOf<'rating.begin'>,
  ) {
    const { storage, hex } = this.#ports;
    const claim = (await storage.claims(owner.packId)).find(({ rater }) => rater === owner.rater);
    if (claim === undefined) {
      if (passphrase.trim() === '' && manifest.raters.length > 1)
        throw new ServiceError('invalid_input', { key: 'pack.passphrase_missing' });
      return passphrase === '' ? null : hashPassphrase(passphrase, hex(16));
    }
    if (claim.passphrase === null) return null;
    const had = earlierSession === undefined ? undefined : await storage.sessionOwner(earlierSession);
    if (had?.packId === owner.packId && had.rater === owner.rater) return claim.passphrase;
    const about = `${owner.packId}|${owner.rater}`;
    const waitMs = this.#guesses.waitMs(about, this.#ports.monotonicMs());
    if (waitMs > 0)
      throw new ServiceError('forbidden', {
        key: 'seat.wait',
        values: { seconds: Math.ceil(waitMs / 1000) },
      });
    const isRight = isPassphrase(passphrase, claim.passphrase);
    this.#guesses.note(about, isRight, this.#ports.monotonicMs());
    if (isRight) return claim.passphrase;
    throw new ServiceError('forbidden', { key: 'pack.passphrase_wrong', values: { rater: owner.rater } });
  }

  /** The reply to a command that was recorded before, also for a session that is over. */
  async #repeated(input: ParsedInputOf<'rating.submit'>): Promise<ReplyOf<'rating.submit'> | null> {
    const known = await this.#recorded(input.commandId);
    if (known === undefined) return null;
    const { row, owner } = known;
    if (row.type !== 'vote' || row.presentation !== input.presentationId) throw reusedCommandRefusal();
    const pack = await this.#requirePack(owner.packId);
    return this.#receipt({ owner, pack, work: await this.#workOf(owner, pack) }, input, row.at);
  }

  /** What a command recorded, and whose it was. */
  async #recorded(command: string) {
    const known = await this.#ports.storage.findCommand(command);
    if (known === undefined) return undefined;
    const row = JSON.parse(known.line) as Extract<ReturnRow, { command: string }>;
    return { row, owner: { packId: known.packId, rater: row.rater } };
  }

  async #receipt(
    open: OpenWork,
    { commandId, presentationId, answer }: ParsedInputOf<'rating.submit'>,
    recordedAt: number,
  ): Promise<ReplyOf<'rating.submit'>> {
    const known = await this.#ports.storage.practice(open.owner.packId, presentationId);
    return {
      receipt: { commandId, presentationId, recordedAt },
      feedback:
        known === undefined
          ? null
          : {
              isAsKnown: isAsKnown(answer, known.answer, open.pack.manifest.scale),
              known: known.answer,
              explanation: known.explanation,
            },
      revealed: null,
      ...(await this.#turn(open)),
    };
  }

  #voteRow(
    input: ParsedInputOf<'rating.submit'>,
    rater: string,
    guideline: number,
    at: number,
  ): Omit<VoteRow, 'n'> {
    const { answer, strength, skipReason, note, confidence, viewedMs, idleMs } = input;
    const details = detailsOfRow(input.details ?? {});
    const kept = noteToKeep(note);
    return {
      type: 'vote',
      rater,
      presentation: input.presentationId,
      command: input.commandId,
      at,
      answer,
      ...(strength === undefined ? {} : { strength }),
      ...(skipReason === undefined ? {} : { skipReason }),
      ...(kept === null ? {} : { note: kept }),
      ...(confidence === undefined ? {} : { confidence }),
      ...(details === null ? {} : { details }),
      guideline,
      viewedMs,
      idleMs,
    };
  }

  async #append(open: OpenWork, session: string, rows: readonly NewReturnRow[], step = 0): Promise<void> {
    const { packId } = open.owner;
    const seen = { now: this.#ports.nowMs(), monotonic: this.#ports.monotonicMs() };
    const shift = await this.#clockShift(packId, seen);
    const clock: NewReturnRow[] =
      shift === null ? [] : [{ type: 'clock', at: this.#ports.nowMs(), shiftMs: shift }];
    const lines = await this.#ports.storage.append(open.owner, session, [...clock, ...rows], step);
    if (lines === null) {
      this.#open.delete(session);
      throw takenOverRefusal();
    }
    this.#clocks.set(packId, seen);
    for (const line of lines) open.work.apply(JSON.parse(line) as ReturnRow);
  }

  /**
   * By how much the device's clock was set since it was last looked at; null where it was not. A computer that slept looks
   * like one whose clock was set forward.
   */
  async #clockShift(
    packId: string,
    seen: { readonly now: number; readonly monotonic: number },
  ): Promise<number | null> {
    const before = this.#clocks.get(packId);
    if (before === undefined) {
      const newest = await this.#ports.storage.newestAt(packId);
      return newest !== null && newest - seen.now > LEAST_CLOCK_SHIFT_MS
        ? Math.round(seen.now - newest)
        : null;
    }
    const shift = Math.round(seen.now - before.now - (seen.monotonic - before.monotonic));
    return Math.abs(shift) > LEAST_CLOCK_SHIFT_MS ? shift : null;
  }

  async #turn({ owner, work, pack }: OpenWork): Promise<Turn> {
    const queue = work.queue(QUEUE_LENGTH);
    const texts = await this.#ports.storage.texts(owner.packId, textIdsOf(queue));
    return {
      queue: queue.map((pair) => blindPackPair(pair, texts)),
      drafts: await this.#ports.storage.draftsOn(queue.map(({ id }) => id)),
      ...turnOf(work.sitting),
      guidelineVersion: pack.manifest.guideline.version,
      guessesLeft: 0,
    };
  }

  async #require(session: string): Promise<OpenWork> {
    const owner = await this.#ports.storage.sessionOwner(session);
    if (owner === undefined) {
      this.#open.delete(session);
      throw takenOverRefusal();
    }
    const open = this.#open.get(session);
    return open ?? this.#load(owner, session, await this.#requirePack(owner.packId));
  }

  async #load(owner: SessionOwner, session: string, pack: StoredPack): Promise<OpenWork> {
    const open = { owner, pack, work: await this.#workOf(owner, pack) };
    this.#open.set(session, open);
    return open;
  }

  async #workOf(owner: SessionOwner, pack: StoredPack): Promise<RaterWork> {
    const { storage } = this.#ports;
    const work = new RaterWork(pack.manifest, await storage.presentations(owner.packId, owner.rater));
    for (const line of await storage.lines(owner.packId, owner.rater))
      work.apply(JSON.parse(line) as ReturnRow);
    return work;
  }

  async #requirePack(packId: string): Promise<StoredPack> {
    const pack = await this.#ports.storage.pack(packId);
    if (pack === undefined) throw new ServiceError('not_found', { key: 'pack.not_open' });
    return pack;
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

/** The vote that a retraction took back. */
function voteTakenBackBy(work: RaterWork, presentation: string): TakenBackVote | null {
  const place = work.placeOf(presentation);
  const vote = place === undefined ? null : work.lastVoteAt(place);
  return vote === null ? null : { presentationId: presentation, ...answerOfRow(vote) };
}

function answerOfRow({ answer, strength, confidence, note, details, skipReason }: VoteRow) {
  return {
    answer,
    strength: strength ?? null,
    confidence: confidence ?? null,
    note: note ?? null,
    details: shownDetailsOfRow(details ?? {}),
    skipReason: skipReason ?? null,
  };
}
