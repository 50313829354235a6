/**
 * The page's door to a host, in tests of its state and its parts: calls go to a real app in this process, as JSON, like over
 * HTTP. A test may stand in the way of a method.
 */
import { afterEach } from 'vitest';
import type { Transport } from '../../shared/contract/client.ts';
import { type Envelope, failure } from '../../shared/contract/envelope.ts';

type Pass = () => Promise<Envelope<unknown>>;
type Interception = (input: unknown, pass: Pass) => Promise<Envelope<unknown>>;

interface SeenCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

let host: Transport | null = null;
const inTheWay = new Map<string, Interception>();
const listeners = new Set<Parameters<Transport['subscribe']>[0]>();

/** Every call that the page made in this test, in order. */
export const seenCalls: SeenCall[] = [];

/** What the page finds as `window.touchstone`: the same object all the time, whatever app is behind it. */
export const door: Transport = {
  call: async (name, input) => {
    const sent = JSON.parse(JSON.stringify(input)) as Readonly<Record<string, unknown>>;
    seenCalls.push({ name, input: sent });
    const pass: Pass = async () => {
      if (host === null) return failure('unauthorized', { key: 'call.no_key' }, { name });
      return JSON.parse(JSON.stringify(await host.call(name, sent))) as Envelope<unknown>;
    };
    return (inTheWay.get(name) ?? ((_input, go) => go()))(sent, pass);
  },
  subscribe: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Lets the page work with an app until the test ends. */
export function connectPage(app: Transport): void {
  host = app;
  app.subscribe((event) => {
    if (host === app) for (const listener of listeners) listener(event);
  });
}

/** Lets a test answer a method itself, or before or after the app does, until the test ends. */
export function standInTheWay(name: string, interception: Interception): void {
  inTheWay.set(name, interception);
}

/** Lets a method's replies be lost, so many times: the app did what was asked, and the page does not hear of it. */
export function loseReplies(name: string, times: number): void {
  let left = times;
  standInTheWay(name, async (_input, pass) => {
    const reply = await pass();
    if (left-- <= 0) return reply;
    return failure('unreachable', { key: 'call.no_answer' });
  });
}

/** Holds a method's next reply back until it is let go. */
export function holdBack(name: string): { readonly letGo: () => void } {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  let isFirst = true;
  standInTheWay(name, async (_input, pass) => {
    const isHeld = isFirst;
    isFirst = false;
    const reply = await pass();
    if (isHeld) await held;
    return reply;
  });
  return { letGo };
}

/** The inputs of all calls of one method so far. */
export function inputsOf(name: string): SeenCall['input'][] {
  return seenCalls.filter((call) => call.name === name).map(({ input }) => input);
}

afterEach(() => {
  host = null;
  inTheWay.clear();
  seenCalls.length = 0;
});
