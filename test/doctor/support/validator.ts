/** JSON Schemas, by a validator that is none of ours. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

/** Problems of a value, none where it is valid. */
export type Validator = (value: unknown) => readonly string[];

/** `path` from the top of the project. */
export function readValidator(path: string): Validator {
  const text = readFileSync(join(import.meta.dirname, "../../..", path), "utf8");
  // The members that name the dialect: between draft 4 and 7, nothing that these schemas say has changed.
  const { $schema: _dialect, id: _id, ...schema } = JSON.parse(text);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
