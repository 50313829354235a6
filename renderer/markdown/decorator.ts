/**
 * Hands formulas and code to a worker and takes back what to show. The worker is ended where one of them takes too long;
 * that one stays as it was written, and so does what is left of a pair that used up its time.
 */
import '../api/worker-policy.ts';
import type { Decoration, DecorationJob, DecorationNode } from './decoration-node.ts';
import DecorationWorker from './decoration-worker.ts?worker&inline';

/** Time of the worker that one formula or fence may take, and all of a pair. Nothing waits for it. */
const JOB_MS = 1500;
const PAIR_MS = 4000;
/** Elements and texts that a pair may show more for its formulas and colours; the browser lays them out in one go. */
const PAIR_NODES = 8000;
const MOST_KEPT = 2000;

/** What is left to the texts of a pair. */
export interface DecorationBudget {
  leftMs: number;
  leftNodes: number;
}

export function newDecorationBudget(): DecorationBudget {
  return { leftMs: PAIR_MS, leftNodes: PAIR_NODES };
}

const sizes = new WeakMap<readonly DecorationNode[], number>();

function sizeOf(nodes: readonly DecorationNode[]): number {
  const known = sizes.get(nodes);
  if (known !== undefined) return known;
  let size = nodes.length;
  for (const node of nodes) if (typeof node !== 'string') size += sizeOf(node.children);
  sizes.set(nodes, size);
  return size;
}

/** Takes from a budget what showing a decoration costs. @returns null where that is too much, so that it stays as written */
export function spendOn(decoration: Decoration, budget: DecorationBudget): Decoration {
  if (decoration === null) return null;
  const size = sizeOf(decoration);
  if (size > budget.leftNodes) return null;
  budget.leftNodes -= size;
  return decoration;
}

interface Waiting {
  readonly key: string;
  readonly job: DecorationJob;
  readonly budget: DecorationBudget;
  readonly listeners: Set<(decoration: Decoration) => void>;
}

const kept = new Map<string, Decoration>();
const waiting = new Map<string, Waiting>();
let current: (Waiting & { readonly startedAt: number; readonly timer: number }) | null = null;
let worker: Worker | null = null;
let isReady = false;
/** Without workers everything stays as it was written. */
let isUnavailable = false;

/** What was found earlier; undefined where nothing was looked for yet. */
export function decorationInStore(job: DecorationJob): Decoration | undefined {
  return kept.get(JSON.stringify(job));
}

/** Calls back once with what is to be shown. @returns a function that no longer wants it */
export function requestDecoration(
  job: DecorationJob,
  budget: DecorationBudget,
  onDone: (decoration: Decoration) => void,
): () => void {
  const key = JSON.stringify(job);
  const entry =
    current?.key === key ? current : (waiting.get(key) ?? { key, job, budget, listeners: new Set() });
  entry.listeners.add(onDone);
  if (entry !== current) waiting.set(key, entry);
  goOn();
  return () => {
    entry.listeners.delete(onDone);
    if (entry.listeners.size === 0) waiting.delete(key);
  };
}

function goOn(): void {
  if (current !== null) return;
  const [next] = waiting.values();
  if (next === undefined) return;
  if (isUnavailable || next.budget.leftMs <= 0) {
    waiting.delete(next.key);
    finish(next, null);
    // Not at once: a long row of them must not become one task.
    setTimeout(goOn);
    return;
  }
  if (worker === null) start();
  if (!isReady || worker === null) return;
  waiting.delete(next.key);
  current = {
    ...next,
    startedAt: performance.now(),
    timer: window.setTimeout(overrun, Math.min(JOB_MS, next.budget.leftMs)),
  };
  worker.postMessage(next.job);
}

function start(): void {
  try {
    worker = new DecorationWorker();
  } catch {
    isUnavailable = true;
    goOn();
    return;
  }
  isReady = false;
  worker.addEventListener('message', ({ data }: MessageEvent<Decoration | 'ready'>) => {
    if (data === 'ready') isReady = true;
    else end(data);
    goOn();
  });
  worker.addEventListener('error', () => {
    worker?.terminate();
    worker = null;
    // One that never began will not begin the next time either.
    if (!isReady) isUnavailable = true;
    end(null);
    goOn();
  });
}

function overrun(): void {
  worker?.terminate();
  worker = null;
  document.documentElement.dataset.endedDecorations = String(
    Number(document.documentElement.dataset.endedDecorations ?? 0) + 1,
  );
  end(null);
  goOn();
}

function end(decoration: Decoration): void {
  if (current === null) return;
  const done = current;
  current = null;
  window.clearTimeout(done.timer);
  done.budget.leftMs -= performance.now() - done.startedAt;
  finish(done, decoration);
}

function finish({ key, listeners }: Waiting, decoration: Decoration): void {
  kept.set(key, decoration);
  if (kept.size > MOST_KEPT) {
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }
  for (const listener of listeners) listener(decoration);
}
