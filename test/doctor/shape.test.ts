import { describe, expect, it } from "vitest";
import {
  count,
  flag,
  list,
  object,
  oneOf,
  optional,
  record,
  text,
  variants,
} from "../../src/doctor/shape.js";

type Shown = { kind: "word"; text: string } | { kind: "nothing" };

const shape = object<{
  name: string;
  size: number;
  tags: readonly string[];
  on?: boolean | undefined;
  shown: Shown;
  by: Readonly<Record<string, string>>;
  mood: "up" | "down";
}>({
  name: text,
  size: count,
  tags: list(text),
  on: optional(flag),
  shown: variants<Shown>({ word: { text }, nothing: {} }),
  by: record(text),
  mood: oneOf<"up" | "down">({ up: true, down: true }),
});

const valid = { name: "a", size: 0, tags: ["b"], shown: { kind: "nothing" }, by: { c: "d" }, mood: "up" };

describe("a shape", () => {
  it("reads what it describes, and nothing besides", () => {
    expect(shape.read({ ...valid, more: 1 }, "")).toEqual(valid);
    expect(shape.read({ ...valid, on: false }, "")).toEqual({ ...valid, on: false });
  });

  it.each([
    [null, "it is no object"],
    [[valid], "it is no object"],
    [{ ...valid, name: undefined }, "name is no text"],
    [{ ...valid, size: -1 }, "size is no count"],
    [{ ...valid, size: 0.5 }, "size is no count"],
    [{ ...valid, size: 2 ** 53 }, "size is no count"],
    [{ ...valid, tags: { length: 0 } }, "tags is no list"],
    [{ ...valid, tags: ["b", 1] }, "tags[1] is no text"],
    [{ ...valid, on: null }, "on is no `true` or `false`"],
    [{ ...valid, shown: { kind: "toString" } }, 'shown.kind is no "word" or "nothing"'],
    [{ ...valid, shown: { kind: "word" } }, "shown.text is no text"],
    [{ ...valid, by: { c: 1 } }, "by.c is no text"],
    [{ ...valid, mood: "sideways" }, 'mood is no "up" or "down"'],
  ])("says where %j is something else", (value, message) => {
    expect(() => shape.read(value, "")).toThrow(message);
  });

  it("is rendered as JSON Schema", () => {
    expect(shape.schema).toMatchObject({
      type: "object",
      required: ["name", "size", "tags", "shown", "by", "mood"],
      properties: { tags: { type: "array", items: { type: "string" } }, mood: { enum: ["up", "down"] } },
    });
  });
});
