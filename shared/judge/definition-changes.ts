import { canonicalJson } from '../json/canonical-json.ts';
import type { JudgeDefinition } from './judge-definition.ts';

export interface DefinitionChange {
  readonly field: string;
  /** As JSON; null where there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between two judge versions, field by field, parameters one by one. */
export function definitionChanges(before: JudgeDefinition, after: JudgeDefinition): DefinitionChange[] {
  const [flatBefore, flatAfter] = [fieldsOf(before), fieldsOf(after)];
  const fields = [...new Set([...flatBefore.keys(), ...flatAfter.keys()])];
  return fields.flatMap((field) => {
    const change = { field, before: flatBefore.get(field) ?? null, after: flatAfter.get(field) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function fieldsOf({ parameters, reply, tunedOn, ...rest }: JudgeDefinition): Map<string, string> {
  const fields = new Map<string, string>();
  const add = (prefix: string, values: object) => {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined)
        fields.set(`${prefix}${name}`, typeof value === 'string' ? value : canonicalJson(value));
    }
  };
  add('', rest);
  add('reply.', reply);
  add('parameters.', parameters);
  add('tunedOn.', tunedOn);
  return fields;
}
