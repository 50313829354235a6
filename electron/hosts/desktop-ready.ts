/** What the desktop window tells whoever started it, once its program runs: a program that ends before did not start. */
export const DESKTOP_READY = 'touchstone desktop is ready';
