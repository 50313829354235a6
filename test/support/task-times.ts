import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** When it began, in microseconds of the clock. */
  readonly ts: number;
  readonly dur?: number;
  /** Time of the processor, in microseconds: other programs on the machine do not count. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The end of a body, where the browser's inspector decodes all of it to keep it. The page reads its bodies in pieces and does
 * nothing then; without an inspector this costs nothing.
 */
const KEPT_BY_INSPECTOR = 'ResponseBodyLoader::DidFinishLoadingBody';

/** The longest task of a page's own thread while something is done, as processor time in milliseconds. */
export async function longestTaskMs(browser: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, {
    categories: [
      'toplevel',
      'devtools.timeline',
      'disabled-by-default-devtools.timeline',
      'blink',
      'loading',
      '__metadata',
    ],
  });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  const threads = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const own = trace.traceEvents.filter(({ pid, tid }) => threads.has(`${pid} ${tid}`));
  const kept = own.filter(({ name }) => name === KEPT_BY_INSPECTOR);
  const times = own
    .filter(({ name, tdur }) => tdur !== undefined && /RunTask/u.test(name))
    .map((task) => {
      const inspecting = kept.filter(({ ts }) => ts >= task.ts && ts < task.ts + (task.dur ?? 0));
      return ((task.tdur ?? 0) - inspecting.reduce((sum, { tdur = 0 }) => sum + tdur, 0)) / 1000;
    });
  if (times.length === 0) throw new Error('the trace holds no tasks');
  return Math.max(...times);
}
