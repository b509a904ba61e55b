/** The conformance suite: what every adapter promises, proven on a provider that a harness brings. The test runner is injected. */
export type { Awaitable, Deviation, Harness, Lever, MethodName, OwnAnswer, ProvenAt, Refusals, Runner, Stage, TestLedgerEntry } from './conformance/harness.js';
export type { Promised } from './conformance/promise.js';
export type { Scene } from './conformance/scene.js';
export { failureInWords, type Failure } from './conformance/advice.js';
export { describeConformance, promisesFor, proveOne, runConformance, type CheckSelection, type ConformanceResult } from './conformance/suite.js';
export { capabilitiesOf, causesOf, conformanceMarkdown, countResults, othersInWords, reportOf, whereToBegin, type Cause, type ConformanceReport, type TestedCapabilities, type TestedCapability } from './conformance/report.js';
export { faults, type Fault } from './conformance/faults.js';
export { atProvider, type AtProviderOptions, type Leftover } from './conformance/at-provider.js';
