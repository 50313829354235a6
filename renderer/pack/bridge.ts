/** Imported before anything that calls the host: in this file the host is the page itself. */
import { PackTransport } from './pack-transport.ts';

export const transport = new PackTransport();

Object.defineProperty(window, 'touchstone', { value: transport, writable: false });
