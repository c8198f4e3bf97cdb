/**
 * Shapes of JSON values. One description reads what anybody may have written, ties it to a TypeScript type, and is
 * rendered as JSON Schema, so that the three cannot drift apart. Pure.
 */

export type Schema = Readonly<Record<string, unknown>>;

export interface Shape<T> {
  /** The value, rebuilt from what the shape knows and nothing else. Throws ShapeError. */
  readonly read: (value: unknown, at: string) => T;
  readonly schema: Schema;
  readonly isOptional?: boolean;
}

/** What a value is not, and where: `path[3].state is no "directory" or "missing"`. */
export class ShapeError extends Error {
  constructor(at: string, expected: string) {
    super(`${at === "" ? "it" : at} is no ${expected}`);
    this.name = "ShapeError";
  }
}

/** One shape for each member of the type, whether it may be absent or not. */
export type Members<T> = { readonly [K in keyof T]-?: Shape<T[K]> };

function simple<T>(expected: string, schema: Schema, is: (value: unknown) => boolean): Shape<T> {
  return {
    schema,
    read: (value, at) => {
      if (!is(value)) throw new ShapeError(at, expected);
      return value as T;
    },
  };
}

export const text: Shape<string> = simple("text", { type: "string" }, (value) => typeof value === "string");

export const flag: Shape<boolean> = simple(
  "`true` or `false`",
  { type: "boolean" },
  (value) => typeof value === "boolean",
);

/** A whole number, 0 or more. */
export const count: Shape<number> = simple(
  "count",
  { type: "integer", minimum: 0 },
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
);

/** JSON knows no NaN; what is too large for a number reads as Infinity. */
export const amount: Shape<number> = simple("number", { type: "number" }, Number.isFinite);

export function textLike(expected: string, is: (text: string) => boolean): Shape<string> {
  return simple(expected, { type: "string" }, (value) => typeof value === "string" && is(value));
}

export function literal<const T extends string | number>(only: T): Shape<T> {
  return simple(JSON.stringify(only), { const: only }, (value) => value === only);
}

/** A record of words rather than a list: the compiler then misses the one that is left out. */
export function oneOf<T extends string>(known: Readonly<Record<T, true>>): Shape<T> {
  const words = Object.keys(known);
  const expected = words.map((word) => JSON.stringify(word)).join(" or ");
  return simple(expected, { enum: words }, (value) => words.some((word) => word === value));
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return {
    schema: shape.schema,
    isOptional: true,
    read: (value, at) => (value === undefined ? undefined : shape.read(value, at)),
  };
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: shape.schema },
    read: (value, at) => {
      if (!Array.isArray(value)) throw new ShapeError(at, "list");
      return value.map((item, index) => shape.read(item, `${at}[${index}]`));
    },
  };
}

/** Names of any kind, each with a value of one shape. */
export function record<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    schema: { type: "object", additionalProperties: shape.schema },
    read: (value, at) => {
      const entries = Object.entries(readObject(value, at));
      // fromEntries defines members, so that `__proto__` is one like any other.
      return Object.fromEntries(entries.map(([name, member]) => [name, shape.read(member, `${at}.${name}`)]));
    },
  };
}

export function object<T extends object>(members: Members<T>): Shape<T> {
  const shapes = Object.entries<Shape<unknown>>(members);
  return {
    schema: {
      type: "object",
      required: shapes.filter(([, shape]) => !shape.isOptional).map(([name]) => name),
      properties: Object.fromEntries(shapes.map(([name, shape]) => [name, shape.schema])),
    },
    read: (value, at) => {
      const found = readObject(value, at);
      const entries = shapes.flatMap(([name, shape]) => {
        const member = Object.hasOwn(found, name) ? found[name] : undefined;
        const read = shape.read(member, at === "" ? name : `${at}.${name}`);
        return read === undefined ? [] : [[name, read] as const];
      });
      return Object.fromEntries(entries) as T;
    },
  };
}

/** The members of each kind but `kind` itself. */
export type Variants<T extends { readonly kind: string }> = {
  readonly [K in T["kind"]]: Members<Omit<Extract<T, { readonly kind: K }>, "kind">>;
};

/** A union told apart by its member `kind`. */
export function variants<T extends { readonly kind: string }>(byKind: Variants<T>): Shape<T> {
  const shapes = new Map(
    Object.entries<Members<object>>(byKind).map(([kind, members]) => [
      kind,
      object<{ kind: string }>({ kind: literal(kind), ...members }),
    ]),
  );
  const kinds = oneOf(Object.fromEntries([...shapes.keys()].map((kind) => [kind, true])));
  return {
    schema: { oneOf: [...shapes.values()].map(({ schema }) => schema) },
    read: (value, at) => {
      const kind = kinds.read(readObject(value, at)["kind"], at === "" ? "kind" : `${at}.kind`);
      return shapes.get(kind)?.read(value, at) as T;
    },
  };
}

/** A shape that holds itself, by the name it has among the schema's definitions. */
export function recursive<T>(name: string, shape: () => Shape<T>): Shape<T> {
  return { schema: { $ref: `#/definitions/${name}` }, read: (value, at) => shape().read(value, at) };
}

function readObject(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ShapeError(at, "object");
  return value as Record<string, unknown>;
}
