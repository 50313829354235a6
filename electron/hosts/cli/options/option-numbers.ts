import { InvalidArgumentError } from 'commander';

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1 on');
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('a number above 0');
  return value;
}

export function notNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0) || !Number.isFinite(value))
    throw new InvalidArgumentError('a number from 0 on');
  return value;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

function isWithin(text: string, { least, most }: Bounds): boolean {
  return text.trim() !== '' && Number(text) >= least && Number(text) <= most;
}

/** Reads a number within bounds, both included. */
export function numberBetween(bounds: Bounds): (text: string) => number {
  return (text) => {
    if (isWithin(text, bounds)) return Number(text);
    throw new InvalidArgumentError(`a number from ${bounds.least} to ${bounds.most}`);
  };
}

/** Reads a whole number within bounds, both included. */
export function wholeNumberBetween(bounds: Bounds): (text: string) => number {
  return (text) => {
    if (isWithin(text, bounds) && Number.isInteger(Number(text))) return Number(text);
    throw new InvalidArgumentError(`a whole number from ${bounds.least} to ${bounds.most}`);
  };
}

/** Reads a whole number from 0 on. */
export function countNumber(text: string): number {
  return text === '0' ? 0 : wholeNumber(text);
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is 0 to 65535');
  return port;
}
