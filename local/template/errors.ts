/** The template asks for something this cloud can't do. All of it at once, one line per finding. */
export class TemplateError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`the template can't run locally:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'TemplateError';
    this.problems = problems;
  }
}
