import { digitsOf } from '../../text/digits-of.ts';

/**
 * What programs write for the native format although it says otherwise, and means only one thing: null for a field that is not
 * there, as tables have no other way to leave one out, and a number where a name is asked for.
 */
type Fields = Record<string, unknown>;

/** A record with nulls left out and whole numbers as the texts of names. What is anything else stays as it is. */
export function settleRecord(record: object): Fields {
  const all = without(record as Fields);
  nameIn(all, 'id');
  for (const side of ['a', 'b']) inside(all, side, settleOutput);
  listIn(all, 'messages', without);
  inside(all, 'slices', settleSlices);
  listIn(all, 'human', (vote) => {
    const said = without(vote);
    nameIn(said, 'rater');
    inside(said, 'criteria', without);
    return said;
  });
  listIn(all, 'judge', (verdict) => {
    const said = without(verdict);
    nameIn(said, 'judge');
    inside(said, 'score', without);
    return said;
  });
  listIn(all, 'adjudicated', (decision) => {
    const said = without(decision);
    nameIn(said, 'by');
    return said;
  });
  for (const group of ['slices', 'draw']) if (isFields(all[group]) && isEmpty(all[group])) delete all[group];
  return all;
}

function settleOutput(output: Fields): Fields {
  const said = without(output);
  nameIn(said, 'system');
  listIn(said, 'messages', without);
  // A table has every key that any row has.
  if (isFields(said.meta) && Object.values(said.meta).every((value) => value === null)) delete said.meta;
  return said;
}

function settleSlices(slices: Fields): Fields {
  return Object.fromEntries(
    Object.entries(without(slices)).map(([name, value]) => [
      name,
      typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
    ]),
  );
}

/** Own fields that are not null. */
function without(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

function nameIn(fields: Fields, key: string): void {
  const value = fields[key];
  if (typeof value === 'number') fields[key] = digitsOf(value) ?? value;
}

function inside(fields: Fields, key: string, settle: (value: Fields) => Fields): void {
  const value = fields[key];
  if (!isFields(value)) return;
  fields[key] = settle(value);
}

function listIn(fields: Fields, key: string, settle: (value: Fields) => Fields): void {
  const value = fields[key];
  if (!Array.isArray(value)) return;
  fields[key] = value.map((each: unknown) => (isFields(each) ? settle(each) : each));
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isEmpty(fields: object): boolean {
  return Object.values(fields).every((value) => value === null || value === undefined);
}
