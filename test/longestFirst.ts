/** Test files that take longest begin first, so that no worker waits for the last one alone. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By place, longest first: real processes before real services before pure functions. */
const LONGEST = [
  /^test\/mishaps\//,
  /^test\/demo\//,
  /^test\/(center|documents|conformance|contracts)\//,
  /./,
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const path = moduleId.slice(project.config.root.length + 1);
      return LONGEST.findIndex((pattern) => pattern.test(path));
    };
    const usual = await super.sort(files);
    return usual.toSorted((left, right) => place(left) - place(right));
  }
}
