/** Columns of numbers, one entry per row: loops over them beat lists, maps and functions of every row by far. */
export type Column = Int8Array | Uint8Array | Int32Array | Float64Array;

/** What stands at some places of a column. */
export function valuesAt<Values extends Column>(column: Values, places: Int32Array): Values {
  const taken = new (column.constructor as new (length: number) => Values)(places.length);
  for (let index = 0; index < places.length; index++) taken[index] = column[places[index] ?? 0] ?? 0;
  return taken;
}

/** Which of so many places something holds for. */
export function placesWhere(length: number, holds: (place: number) => boolean): Int32Array {
  const places = new Int32Array(length);
  let count = 0;
  for (let place = 0; place < length; place++) if (holds(place)) places[count++] = place;
  return places.slice(0, count);
}

/** One column behind another. */
export function joined<Values extends Column>(one: Values, two: Values): Values {
  const both = new (one.constructor as new (length: number) => Values)(one.length + two.length);
  both.set(one);
  both.set(two, one.length);
  return both;
}
