/** The Files and Batch API of an endpoint. */
import { setTimeout as sleep } from 'node:timers/promises';
import type OpenAI from 'openai';
import { toFile } from 'openai';
import { z } from 'zod';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { readBy } from '../../../shared/json/read-by-schema.ts';
import { WholeFile } from '../files/whole-file.ts';
import { type EndpointAccess, endpointClient, failureOf } from './endpoint-client.ts';
import { EndpointFailure } from './endpoint-failure.ts';
import { retryDelayMs } from './retry-delay.ts';

const id = z.string().min(1).max(200);
const count = z.number().int().nonnegative().nullish().catch(null);
const uploadSchema = z.object({ id });
const batchSchema = z.object({
  id,
  status: z.string().min(1).max(40),
  input_file_id: z.string().nullish().catch(null),
  output_file_id: id.nullish(),
  error_file_id: id.nullish(),
  request_counts: z.object({ completed: count, failed: count }).nullish().catch(null),
  errors: z
    .object({
      data: z.array(z.object({ message: z.string().nullish(), line: z.number().nullish() })).nullish(),
    })
    .nullish()
    .catch(null),
});
/** A batch as the endpoint has it. */
export type EndpointBatch = z.output<typeof batchSchema>;

/** Tries of what may be asked twice. */
const MOST_TRIES = 5;
/** Far more than the results of a full batch with all their log-probabilities. */
const MOST_RESULT_BYTES = 4 * 2 ** 30;
/** How many of an account's batches are looked through for one of ours. */
const MOST_LISTED = 1000;

/** Does what it is told once, and again only where that costs nothing and changes nothing. Every method throws an EndpointFailure or a ServiceError. */
export class BatchApi {
  readonly #client: OpenAI;
  readonly #endpoint: string;
  readonly #timeoutMs: number;
  readonly #isCancelled: () => boolean;
  /** For tests of what is tried again. */
  readonly #pauseShare: number;

  constructor(
    access: Omit<EndpointAccess, 'beforeSend'>,
    isCancelled: () => boolean,
    { pauseShare = 1 }: { readonly pauseShare?: number } = {},
  ) {
    this.#client = endpointClient({ ...access, beforeSend: async () => undefined });
    this.#endpoint = access.judge.endpoint;
    this.#timeoutMs = access.timeoutMs;
    this.#isCancelled = isCancelled;
    this.#pauseShare = pauseShare;
  }

  /** The id under which the endpoint keeps a file. A second copy of it costs nothing. */
  async upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const file = await toFile(bytes, name);
    const said = await this.#again((signal) =>
      this.#client.files.create({ file, purpose: 'batch' }, { signal }),
    );
    return this.#checked(uploadSchema, said).id;
  }

  /** Begins a batch of a file that was uploaded. Asked once: whoever gets no answer looks for it with {@link find}. */
  async begin(inputFileId: string, key: string): Promise<EndpointBatch> {
    const said = await this.#once((signal) =>
      this.#client.batches.create(
        {
          input_file_id: inputFileId,
          endpoint: '/v1/chat/completions',
          completion_window: '24h',
        },
        { signal, headers: { 'Idempotency-Key': key } },
      ),
    );
    return this.#checked(batchSchema, said);
  }

  /** The batch of a file that was uploaded, where there is one. */
  async find(inputFileId: string): Promise<EndpointBatch | null> {
    let after: string | null = null;
    for (let seen = 0; seen < MOST_LISTED; ) {
      const place: { after?: string } = after === null ? {} : { after };
      const page: { readonly data: readonly unknown[] } = await this.#again((signal) =>
        this.#client.batches.list({ limit: 100, ...place }, { signal }),
      );
      const batches = page.data.map((each) => this.#checked(batchSchema, each));
      const found = batches.find((each) => each.input_file_id === inputFileId);
      if (found !== undefined) return found;
      const last = batches.at(-1);
      if (last === undefined || last.id === after) return null;
      after = last.id;
      seen += batches.length;
    }
    return null;
  }

  async look(batchId: string): Promise<EndpointBatch> {
    return this.#checked(
      batchSchema,
      await this.#again((signal) => this.#client.batches.retrieve(batchId, { signal })),
    );
  }

  async cancel(batchId: string): Promise<EndpointBatch> {
    return this.#checked(
      batchSchema,
      await this.#again((signal) => this.#client.batches.cancel(batchId, { signal })),
    );
  }

  /** Writes a file of the endpoint to a path, fully or not at all. */
  async download(fileId: string, path: string): Promise<void> {
    await this.#again(async (signal, giveUp) => {
      const file = new WholeFile(path, 0o600);
      let timer = setTimeout(giveUp, this.#timeoutMs);
      let hasBegun = false;
      try {
        const { body } = await this.#client.files.content(fileId, { signal });
        hasBegun = true;
        for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
          clearTimeout(timer);
          timer = setTimeout(giveUp, this.#timeoutMs);
          if (file.bytes + chunk.length > MOST_RESULT_BYTES)
            throw new EndpointFailure('all', 'The results of the batch are larger than any batch’s.');
          file.write(chunk);
        }
        file.finish();
      } catch (error) {
        file.abandon();
        const isSaid = error instanceof EndpointFailure || error instanceof ServiceError;
        if (isSaid || !hasBegun || signal.aborted) throw error;
        throw new EndpointFailure('retry', 'The file broke off on its way from the endpoint.');
      } finally {
        clearTimeout(timer);
      }
    });
  }

  #checked<Schema extends z.ZodType>(schema: Schema, said: unknown): z.output<Schema> {
    const parsed = readBy(schema, said);
    if (parsed.ok) return parsed.value;
    const [problem] = parsed.problems;
    throw new EndpointFailure(
      'all',
      `The endpoint answered with something that its Batch API does not say (${problem?.field}: ${problem?.reason}). Asked at ${this.#endpoint}: does it have one?`,
    );
  }

  /** Until it goes well, or cannot, or has failed often enough. */
  async #again<Said>(ask: (signal: AbortSignal, giveUp: () => void) => Promise<Said>): Promise<Said> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(ask);
      } catch (error) {
        const isOver = !(error instanceof EndpointFailure) || error.scope === 'all' || error.scope === 'this';
        if (isOver || tries >= MOST_TRIES) throw error;
        const until =
          Date.now() + this.#pauseShare * Math.min(120_000, retryDelayMs(tries, error.waitMs, Math.random()));
        while (Date.now() < until) {
          if (this.#isCancelled()) throw new ServiceError('cancelled', { key: 'work.stopped' });
          await sleep(Math.min(100, Math.max(1, until - Date.now())));
        }
      }
    }
  }

  async #once<Said>(ask: (signal: AbortSignal, giveUp: () => void) => Promise<Said>): Promise<Said> {
    const abort = new AbortController();
    let isTooSlow = false;
    const giveUp = () => {
      isTooSlow = true;
      abort.abort();
    };
    const poll = setInterval(() => {
      if (this.#isCancelled()) abort.abort();
    }, 50);
    try {
      if (this.#isCancelled()) throw new ServiceError('cancelled', { key: 'work.stopped' });
      return await ask(abort.signal, giveUp);
    } catch (error) {
      if (isTooSlow) throw new EndpointFailure('retry', 'The endpoint’s file came to a stop on its way.');
      if (this.#isCancelled()) throw new ServiceError('cancelled', { key: 'work.stopped' });
      throw failureOf(error, this.#endpoint);
    } finally {
      clearInterval(poll);
    }
  }
}
