import { type CardPart, PART_NAMES, type PartName } from '../../../shared/card/figures/figure.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import { NO_CONTROLS, type TaskControls } from '../work/task-controls.ts';
import { unlessCancelled } from '../work/unless-cancelled.ts';
import type { CardPiece, CardRequest, StudyCardHead } from './compute-card.ts';
import { CARD } from './tasks.ts';

/**
 * Cards being worked out. Calls for parts of one card share one run from one view of the store, and get each part when
 * it is ready; a run nobody waits for any more is stopped. Nothing is kept beyond the run, so no figure can be stale.
 */
export class CardComputations {
  readonly #running = new Map<string, CardRun>();

  /**
   * The head and the parts asked for that the card has.
   *
   * @param note called once for a run, with its head, before the first call gets anything of it; where it throws, that call does
   */
  async card(
    request: CardRequest,
    names: readonly PartName[],
    controls: Pick<TaskControls, 'isCancelled'> = NO_CONTROLS,
    note: (head: StudyCardHead) => void = () => undefined,
  ): Promise<{ head: StudyCardHead; parts: CardPart[] }> {
    const key = JSON.stringify(request);
    let run = this.#running.get(key);
    if (run === undefined) {
      run = new CardRun(request, () => this.#running.delete(key));
      this.#running.set(key, run);
    }
    const found = await run.wait(names, controls, () => this.#running.delete(key));
    run.noteOnce(note, found.head);
    return found;
  }

  cancelAll(): void {
    for (const run of this.#running.values()) run.cancel();
  }
}

class CardRun {
  readonly #head = Promise.withResolvers<StudyCardHead>();
  readonly #parts = new Map<PartName, PromiseWithResolvers<CardPart | null>>(
    PART_NAMES.map((name) => [name, Promise.withResolvers<CardPart | null>()]),
  );
  #waiting = 0;
  #isCancelled = false;
  #isNoted = false;

  constructor(request: CardRequest, onEnd: () => void) {
    const fail = (error: unknown) => {
      this.#head.reject(error);
      for (const part of this.#parts.values()) part.reject(error);
    };
    // A part nobody asked for must not count as an unhandled failure.
    for (const { promise } of [this.#head, ...this.#parts.values()]) promise.catch(() => undefined);
    runInWorker(CARD, request, {
      ...NO_CONTROLS,
      isCancelled: () => this.#isCancelled,
      onPartial: (partial) => this.#take(partial as CardPiece),
    })
      .then((last) => {
        this.#take({ type: 'part', part: last });
        for (const part of this.#parts.values()) part.resolve(null);
        this.#head.reject(new ServiceError('internal', { key: 'figures.not_worked_out' }));
      })
      .catch(fail)
      .finally(onEnd);
  }

  async wait(
    names: readonly PartName[],
    controls: Pick<TaskControls, 'isCancelled'>,
    onAbandoned: () => void,
  ): Promise<{ head: StudyCardHead; parts: CardPart[] }> {
    this.#waiting++;
    try {
      const parts = await unlessCancelled(
        Promise.all(PART_NAMES.filter((name) => names.includes(name)).map((name) => this.#part(name))),
        controls,
      );
      return { head: await this.#head.promise, parts: parts.filter((part) => part !== null) };
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) {
        onAbandoned();
        this.cancel();
      }
    }
  }

  noteOnce(note: (head: StudyCardHead) => void, head: StudyCardHead): void {
    if (this.#isNoted) return;
    note(head);
    this.#isNoted = true;
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  #part(name: PartName): Promise<CardPart | null> {
    return this.#parts.get(name)?.promise ?? Promise.resolve(null);
  }

  #take(piece: CardPiece): void {
    if (piece.type === 'head') this.#head.resolve(piece.head);
    else this.#parts.get(piece.part.name)?.resolve(piece.part);
  }
}
