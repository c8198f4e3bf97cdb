/** JSON that drives no terminal. Pure. */

/** What JSON leaves as it is: C1 controls, line separators, and marks that turn the direction of text. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export function formatJson(value: unknown, indent?: number): string {
  // Such characters stand between quotes only, where an escape means the same.
  return JSON.stringify(value, null, indent).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
