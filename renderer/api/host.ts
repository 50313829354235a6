import { type Client, createClient, type Transport } from '../../shared/contract/client.ts';
import type { Envelope } from '../../shared/contract/envelope.ts';
import type { PickedFile } from '../../shared/contract/host-methods.ts';
import { HttpTransport } from './http-transport.ts';

declare global {
  interface Window {
    /** Put there by the desktop preload; absent in a browser. */
    readonly touchstone?: Transport;
  }
}

const http = window.touchstone === undefined ? new HttpTransport() : null;

/** The contract, over whatever carries it here. */
export const client: Client = createClient(window.touchstone ?? (http as HttpTransport));

/** To be awaited once, before the first call. */
export async function connect(): Promise<void> {
  await http?.launch();
}

/** Hands a chosen file to the host. Only in a browser; the desktop has its own dialog. */
export async function uploadFile(file: File): Promise<Envelope<PickedFile>> {
  if (http === null) throw new Error('the desktop host takes no uploads');
  return (await http.upload(file)) as Envelope<PickedFile>;
}

export async function downloadFile(downloadId: string, name: string): Promise<boolean> {
  return http === null ? false : http.download(downloadId, name);
}
