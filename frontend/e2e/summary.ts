import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Ends the run with a few lines for each test that failed, where a cut-off log still shows them. */
export default class Summary implements Reporter {
  private readonly failed: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus) return;
    // eslint-disable-next-line no-control-regex -- the colours of a terminal
    const why = (result.error?.message ?? result.status).replaceAll(/\u001b\[\d*m/g, '');
    const { file, line } = result.error?.location ?? test.location;
    this.failed.push(
      [`${test.title} (${file}:${String(line)})`, ...why.split('\n').slice(0, 8)].join('\n    '),
    );
  }

  onEnd(): void {
    if (this.failed.length > 0) console.log(`\n${this.failed.join('\n')}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
