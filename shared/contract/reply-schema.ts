/** Replies as schemas, told once: the type follows from the schema, or the compiler holds the two against each other. */
import type { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';

/** A schema that is built when it is first asked for: nobody needs the shape of replies at start. */
export type ReplySchema<Schema extends z.ZodType = z.ZodType> = () => Schema;

/** The type of what a schema lets through: what was answered is not to be changed. */
export type ReplyOfSchema<Build extends ReplySchema> = DeepReadonly<z.output<ReturnType<Build>>>;

/** Exactly the same type, optional fields and all. */
type IsSame<One, Other> =
  (<Probe>() => Probe extends DeepReadonly<One> ? 1 : 2) extends <
    Probe,
  >() => Probe extends DeepReadonly<Other> ? 1 : 2
    ? true
    : false;

/** Builds a schema once. */
export function lazily<Schema extends z.ZodType>(build: () => Schema): ReplySchema<Schema> {
  let built: Schema | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

/** A lazy schema of a type that is told elsewhere. It does not compile where one of the two has a field more or less. */
export function schemaOf<Value>() {
  return <Schema extends z.ZodType>(
    build: () => Schema & (IsSame<z.output<Schema>, Value> extends true ? unknown : never),
  ): ReplySchema<Schema> => lazily<Schema>(build);
}
