/** The order of test files: what takes minutes begins first, so that it does not run alone at the end. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Parts of paths, the longest first. */
const LONG = ["test/laboratory/", "test/real/"];

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONG.findIndex((part) => moduleId.includes(part));
      return place < 0 ? LONG.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
