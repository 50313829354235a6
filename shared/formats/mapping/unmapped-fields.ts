/** Fields of records that a mapping names nowhere. */
import type { AnySource } from './mapping.ts';

/** Fields of one record that are listed. */
const MOST_FIELDS = 100;

/**
 * Finds the paths of the fields of a record that a source reads no value from, those left out that say nothing. Columns of a
 * table, lists and what stands in them are looked at as far as the source's own paths go.
 */
export function unmappedFields(source: AnySource): (record: unknown) => readonly string[] {
  const paths = pathsIn(source).map((path) =>
    path.replace(/\[-?\d+\]/gu, '[]').replace(/\.(-?\d+)(?=\.|$)/gu, '[]'),
  );
  const used = new Set(paths);
  const isOpened = (path: string) =>
    paths.some((each) => each.startsWith(`${path}.`) || each.startsWith(`${path}[]`));
  return (record) => {
    const found: string[] = [];
    const walk = (value: unknown, path: string) => {
      if (found.length >= MOST_FIELDS || value === null || value === undefined || value === '') return;
      if (used.has(path)) return;
      if (typeof value === 'object' && (path === '' || isOpened(path))) {
        if (Array.isArray(value)) for (const each of value) walk(each, `${path}[]`);
        else
          for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
      } else if (typeof value !== 'object' || Object.keys(value).length > 0) found.push(path.slice(0, 200));
    };
    walk(record, '');
    return [...new Set(found)];
  };
}

/** Every path that a source reads, from the record. */
function pathsIn(source: AnySource): string[] {
  if ('table' in source) return [source.key, ...Object.values(source.columns)].flatMap(pathsOf);
  const { human = [], judge = [], ...others } = source.fields;
  const lists = [...human, ...judge].flatMap(({ each, ...said }) => {
    const paths = Object.values(said).flatMap(pathsOf);
    if (each === undefined) return paths;
    // Of an object each field is an element, which is read as a whole.
    const isOfObject = paths.some((path) => path === 'key' || path === 'value' || path.startsWith('value.'));
    const inside = paths.map((path) => (path.startsWith('$.') ? path.slice(2) : `${each}[].${path}`));
    return isOfObject ? [each, ...inside] : inside;
  });
  return [...Object.values(others).flatMap(pathsOf), ...lists];
}

/** The paths of an expression, or of what holds expressions. */
function pathsOf(expression: unknown): string[] {
  if (typeof expression === 'string') return [expression.startsWith('$.') ? expression.slice(2) : expression];
  if (expression === null || typeof expression !== 'object') return [];
  if (Array.isArray(expression)) return expression.flatMap(pathsOf);
  if ('const' in expression || 'fromFile' in expression || 'numbered' in expression) return [];
  if ('field' in expression || 'record' in expression || 'line' in expression) return [];
  if ('from' in expression) return pathsOf(expression.from);
  if ('lookup' in expression) return 'key' in expression ? pathsOf(expression.key) : [];
  if ('join' in expression) return pathsOf(expression.join);
  const { meaning: _meaning, ...inner } = expression as { readonly meaning?: unknown };
  return Object.values(inner).flatMap(pathsOf);
}
