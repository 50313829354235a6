import { type Client, createClient, type Transport } from '../../shared/contract/client.ts';
import type { Envelope, Failure } from '../../shared/contract/envelope.ts';
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

/** Has a function called when a page whose key was of an earlier start has one again. */
export function onNewKey(listener: () => void): void {
  http?.onNewKey(listener);
}

/** Hands a chosen or dropped file to the host. */
async function uploadFile(file: File): Promise<Envelope<PickedFile>> {
  return http === null ? handInParts(file) : ((await http.upload(file)) as Envelope<PickedFile>);
}

/** Hands files over, one after the other: those the host took, and what was said of the last it did not. */
export async function uploadFiles(
  files: readonly File[],
): Promise<{ readonly taken: readonly PickedFile[]; readonly problem: Failure | null }> {
  const taken: PickedFile[] = [];
  let problem: Failure | null = null;
  for (const file of files) {
    const reply = await uploadFile(file);
    if (reply.ok) taken.push(reply.value);
    else problem = reply.error;
  }
  return { taken, problem };
}

export async function downloadFile(downloadId: string, name: string): Promise<boolean> {
  return http === null ? false : http.download(downloadId, name);
}

/** Bytes of one part; a multiple of three, so that parts of base64 need no padding between. */
const PART_BYTES = 3 * 512 * 1024;

/** A window without uploads takes a file by parts, over the same door as every call. */
async function handInParts(file: File): Promise<Envelope<PickedFile>> {
  let uploadId: string | null = null;
  for (let from = 0; ; from += PART_BYTES) {
    const bytes = new Uint8Array(await file.slice(from, from + PART_BYTES).arrayBuffer());
    const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const reply: Envelope<PickedFile> = await client.call('host.receiveFile', {
      uploadId,
      name: file.name,
      data,
    });
    if (!reply.ok || from + PART_BYTES >= file.size) return reply;
    ({ uploadId } = reply.value);
  }
}
