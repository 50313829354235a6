import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Transport } from '../../../../shared/contract/client.ts';
import { type Envelope, type Failure, messageOf } from '../../../../shared/contract/envelope.ts';
import type { FileProgress, JobStatus } from '../../../../shared/contract/job-methods.ts';
import type { InputOf, JobName, MethodName, ReplyOf, TaskName } from '../../../../shared/contract/methods.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { makePrivateFolder } from '../../../core/files/private-folder.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { interruptible } from './interruptible.ts';

interface OpenApp extends Transport {
  close(): Promise<void>;
}

/** Which store a command works on. A command that only reads does not make one: a mistyped path must not look like lost data. */
export interface StoreUse {
  readonly mayBeMade?: true;
  /**
   * The lead's where it is not said. `any`: also one that works on packs; `vendor`: that one, unless another is named; `none`: the
   * command is about files alone, and works in a store that is gone afterwards.
   */
  readonly side?: 'any' | 'vendor' | 'none';
}

/** What a command calls: the contract over an app in this process, which is opened with the first call. */
export class CommandClient {
  readonly storePath: string;
  readonly terminal: Terminal;
  readonly #use: StoreUse;
  #app: Promise<OpenApp> | null = null;

  constructor(storePath: string, terminal: Terminal, use: StoreUse = {}) {
    this.storePath = storePath;
    this.terminal = terminal;
    this.#use = use;
  }

  /**
   * Calls a method and waits for its reply.
   *
   * @throws ServiceError what the reply says went wrong
   */
  async call<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<ReplyOf<Name>> {
    return replyOf((await this.envelope(name, input)) as Envelope<ReplyOf<Name>>);
  }

  /** The reply to a call as it comes, whatever its name is. */
  async envelope(name: string, input: unknown): Promise<Envelope<unknown>> {
    return (await this.#opened()).call(name, input);
  }

  /** Calls a method that may take long: the terminal tells how far it is, and the first Ctrl+C stops it. */
  async follow<Name extends TaskName>(
    name: Name,
    input: InputOf<Name>,
    line: (progress: FileProgress) => string = rowsLine,
  ): Promise<ReplyOf<Name>> {
    const jobId = randomUUID();
    return this.#followed(jobId, line as (progress: never) => string, () =>
      this.call(name, { ...input, jobId } as InputOf<Name>),
    );
  }

  /** Starts a job and waits for its end, followed and stopped as {@link follow}. */
  async runJob<Status extends JobStatus>(
    name: JobName,
    input: InputOf<JobName>,
    line: (progress: Status['progress']) => string,
  ): Promise<NonNullable<Status['result']>> {
    const { jobId } = await this.call(name, input);
    const ended = await this.#followed(jobId, line as (progress: never) => string, () => this.#endOf(jobId));
    if (ended.result !== undefined && ended.result !== null)
      return ended.result as NonNullable<Status['result']>;
    throw ended.error === undefined
      ? new ServiceError('internal', { key: 'terminal.no_result' })
      : thrownAgain(ended.error);
  }

  /** The study of a name. */
  async studyId(name: string): Promise<string> {
    const studies = await this.call('studies.list', {});
    const study = studies.find((candidate) => candidate.name === name);
    if (study !== undefined) return study.studyId;
    const known = studies.map((candidate) => `“${candidate.name}”`).join(', ');
    throw new ServiceError(
      'not_found',
      known === ''
        ? { key: 'terminal.no_studies', values: { name } }
        : { key: 'terminal.no_study', values: { name, known } },
    );
  }

  /** Hands a file or folder to the app, under the name it has on disk or another. @returns its id */
  async file(path: string, name = basename(path)): Promise<string> {
    return (await this.call('host.nameFile', { path: resolve(path), name })).uploadId;
  }

  async files(paths: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const path of paths) ids.push(await this.file(path));
    return ids;
  }

  /** Names a file or folder that is to be written. @returns its id */
  async place(path: string): Promise<string> {
    return (await this.call('host.namePlace', { path: resolve(path) })).placeId;
  }

  /** Closes the store, where it was opened. */
  async close(): Promise<void> {
    await (await this.#app?.catch(() => null))?.close();
    this.#app = null;
  }

  async #followed<Result>(
    jobId: string,
    line: (progress: never) => string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const app = await this.#opened();
    const tell = async () => {
      const { state, progress } = await this.call('jobs.get', { jobId });
      if (state === 'running') this.terminal.progress(line(progress as never));
    };
    const unsubscribe = app.subscribe((event) => {
      if (event.type === 'job' && event.jobId === jobId) void tell().catch(() => undefined);
    });
    try {
      return await interruptible(() => void this.call('jobs.cancel', { jobId }).catch(() => undefined), work);
    } finally {
      unsubscribe();
      this.terminal.progress('');
    }
  }

  async #endOf(jobId: string): Promise<JobStatus> {
    const app = await this.#opened();
    const ended = Promise.withResolvers<void>();
    const unsubscribe = app.subscribe((event) => {
      if (event.type === 'job' && event.jobId === jobId && event.state !== 'running') ended.resolve();
    });
    try {
      const now = await this.call('jobs.get', { jobId });
      if (now.state !== 'running') return now;
      await ended.promise;
      return await this.call('jobs.get', { jobId });
    } finally {
      unsubscribe();
    }
  }

  #opened(): Promise<OpenApp> {
    this.#app ??= this.#open();
    return this.#app;
  }

  async #open(): Promise<OpenApp> {
    if (this.#use.side === 'none') return openWithoutStore();
    if (this.#use.mayBeMade !== true && !existsSync(this.storePath))
      throw new ServiceError('not_found', { key: 'terminal.no_store', values: { path: this.storePath } });
    const { openApp } = await import('./open-app.ts');
    const app = await openApp(this.storePath, 'in_process');
    if (this.#use.side !== undefined) return app;
    const seat = replyOf((await app.call('seat.get', {})) as Envelope<ReplyOf<'seat.get'>>);
    if (seat.role !== 'vendor') return app;
    await app.close();
    throw new ServiceError('forbidden', { key: 'terminal.vendor_store' });
  }
}

/** An app over a store that is gone with it. */
async function openWithoutStore(): Promise<OpenApp> {
  const folder = makePrivateFolder('files');
  const { openApp } = await import('./open-app.ts');
  const app = await openApp(join(folder, 'none.sqlite'), 'in_process');
  return {
    call: app.call,
    subscribe: app.subscribe,
    close: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function rowsLine({ records }: FileProgress): string {
  return `${records.toLocaleString('en')} rows`;
}

function replyOf<Value>(envelope: Envelope<Value>): Value {
  if (envelope.ok) return envelope.value;
  throw thrownAgain(envelope.error);
}

/** What failed on the other side, as if it had failed here. */
function thrownAgain(failure: Failure): ServiceError {
  return new ServiceError(failure.code, messageOf(failure), failure.details);
}
