import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineFile, type WrittenFile } from '../files/write-lines.ts';
import { productFolder } from '../ports/product.ts';

const FILE = 'recompute.py';

/** Writes the program with which anybody can work the card's figures out again from the files beside it. */
export function writeRecomputing(folder: string): WrittenFile {
  const file = new LineFile(folder, FILE);
  file.writeLine(readFileSync(join(productFolder, 'resources', 'calibration-set', FILE), 'utf8').trimEnd());
  return file.finish();
}
