/** The single way in: name → schema → handler → envelope. Nothing is thrown across it. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Envelope, failure, failureOf, success } from '../../shared/contract/envelope.ts';
import type { Method } from '../../shared/contract/method.ts';
import { isMethodName, METHODS, type MethodName } from '../../shared/contract/methods.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { readBy } from '../../shared/json/read-by-schema.ts';
import { checkReply } from './check-reply.ts';
import type { AppContext } from './context/app-context.ts';
import { HANDLERS } from './handlers.ts';
import { isVendorStore } from './packs/vendor-store.ts';
import { requireAllowed } from './seat/seat.ts';
import { translateStoreError } from './store/engine/sqlite-errors.ts';
import { requireNotArchived, studyByPublicId } from './store/study/studies.ts';
import { VENDOR_HANDLERS } from './vendor-handlers.ts';
import type { TaskControls } from './work/task-controls.ts';

/** How long a call keeps asking for its turn while another process writes. */
const BUSY_PATIENCE_MS = 5000;
const BUSY_PAUSE_MS = 25;

/** Answers one call. Waiting for another writer does not block the thread. */
export async function dispatch(
  context: AppContext,
  name: string,
  input: unknown,
): Promise<Envelope<unknown>> {
  if (!isMethodName(name))
    return failure('unknown_method', { key: 'call.method_unknown', values: { method: name.slice(0, 100) } });
  const method: Method = METHODS[name];
  if (method.callers === 'commands' && context.ports.host !== 'in_process')
    return failure('forbidden', { key: 'call.not_for_pages', values: { method: name } });
  const parsed = readBy(method.input, input);
  if (!parsed.ok) {
    const { problems } = parsed;
    const [first] = problems;
    return failure(
      'invalid_input',
      {
        key: 'call.input_invalid',
        values: { method: name, field: first?.field ?? 'input', reason: first?.reason ?? 'is not valid' },
      },
      {
        problems,
      },
    );
  }
  // The table is typed per name; here the name is only known at run time.
  const handlers: Partial<Record<MethodName, unknown>> = isVendorStore(context.store)
    ? VENDOR_HANDLERS
    : HANDLERS;
  const handler = handlers[name] as
    | ((context: AppContext, input: unknown, controls: TaskControls | undefined) => unknown)
    | undefined;
  if (handler === undefined) return failure('forbidden', { key: 'pack.lead_method' });
  const answer = (controls: TaskControls | undefined) =>
    whenFree(context.store.path, () => {
      requireAllowed(context, name, method, parsed.value);
      if (method.beginsWork === true) requireOpenStudy(context, parsed.value);
      return handler(context, parsed.value, controls);
    });
  try {
    const value =
      method.runs === 'worker'
        ? await context.jobs.follow((parsed.value as { jobId?: string }).jobId, answer)
        : await answer(undefined);
    const reply = checkReply(method, value);
    for (const area of method.changes ?? []) context.announce({ type: 'changed', area });
    return success(reply);
  } catch (thrown) {
    const error = translateStoreError(thrown, context.store.path);
    return error instanceof ServiceError ? failureOf(error) : internalFailure(name, error);
  }
}

function requireOpenStudy({ store }: AppContext, input: unknown): void {
  const { studyId } = input as { readonly studyId?: string };
  const study = studyId === undefined ? undefined : studyByPublicId(store, studyId);
  if (study !== undefined) requireNotArchived(study);
}

/** Runs work again as long as another process writes. */
async function whenFree(storePath: string, work: () => unknown): Promise<unknown> {
  const deadline = performance.now() + BUSY_PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const error = translateStoreError(thrown, storePath);
      const isBusy = error instanceof ServiceError && error.code === 'store_busy';
      if (!isBusy || performance.now() > deadline) throw error;
      await sleep(BUSY_PAUSE_MS);
    }
  }
}

function internalFailure(name: string, error: unknown): Envelope<never> {
  const logId = randomBytes(4).toString('hex');
  console.error(`[${logId}] ${name}:`, error);
  return failure(
    'internal',
    { key: 'call.failed_logged', values: { logId } },
    {
      logId,
    },
  );
}
