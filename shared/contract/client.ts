import type { Envelope } from './envelope.ts';
import type { AppEvent, Unsubscribe } from './events.ts';
import type { InputOf, MethodName, ReplyOf } from './methods.ts';

/** How calls travel: in process, over IPC, or over loopback HTTP. */
export interface Transport {
  call(name: string, input: unknown): Promise<Envelope<unknown>>;
  subscribe(listener: (event: AppEvent) => void): Unsubscribe;
}

/** The contract as typed functions. Failures are values; nothing is thrown. */
export interface Client {
  call<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<Envelope<ReplyOf<Name>>>;
  subscribe(listener: (event: AppEvent) => void): Unsubscribe;
}

/** A typed client over a transport. The reply's type is the contract's word for it. */
export function createClient(transport: Transport): Client {
  return {
    call: async <Name extends MethodName>(name: Name, input: InputOf<Name>) =>
      (await transport.call(name, input)) as Envelope<ReplyOf<Name>>,
    subscribe: (listener) => transport.subscribe(listener),
  };
}
