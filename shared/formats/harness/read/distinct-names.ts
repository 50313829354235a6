/**
 * What people are called whom a file names by a name, an id, or both: by the name, and where two ids have one name, the later
 * of them by name and id. Null for somebody without either. Two people are never one.
 */
export function distinctNames(): (name: string | null, id: string | null) => string | null {
  const idOf = new Map<string, string | null>();
  return (given, id) => {
    const name = given === null ? null : given.trim().slice(0, 120);
    if (name === null || name === '') return id;
    const known = idOf.get(name);
    if (known === undefined) idOf.set(name, id);
    return known === undefined || known === id || id === null ? name : `${name} (${id})`.slice(0, 120);
  };
}
