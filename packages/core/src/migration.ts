/** Moving from one provider to another: plan, directory, routing, comparison, cut-over. */
export { compareIntents, type CompareOptions, type FieldComparison } from './migration/compare-intents.js';
export {
  advanceCutOver,
  newCutOver,
  reduceCutOver,
  replayCutOver,
  wiringOf,
  type CutOverDecision,
  type CutOverFact,
  type CutOverStage,
  type CutOverState,
  type CutOverWiring,
} from './migration/cut-over.js';
export { createMigration, type Migration, type MigrationFacts, type MigrationOperations } from './migration/create-migration.js';
export type { MigrationDecision } from './migration/decisions.js';
export { migrationDirectoryPromises, type MigrationDirectoryPromise, type MigrationDirectoryStage } from './migration/directory-promises.js';
export { drain, type DrainOptions, type DrainProgress } from './migration/drain.js';
export { adoptedEntry, claimedEntry, entriesCursor, entriesPage, notedEntry, reassignedEntry, type EntriesPage } from './migration/entry-changes.js';
export { importMappings, type ImportMappings, type MappingColumns, type MappingRow } from './migration/mappings.js';
export { memoryMigrationDirectory } from './migration/memory-directory.js';
export type { CreateOperation, MigrationOptions, NewObject } from './migration/options.js';
export { reconciliationLine, type ReconciliationLine } from './migration/reconcile.js';
export type { ShadowReport } from './migration/shadow.js';
export type { ValueMappings } from './migration/translate.js';
export type {
  DecisionReason,
  DirectoryEntry,
  EntriesQuery,
  Mapping,
  MigrationDirectory,
  Note,
  Proposal,
  Side,
} from './migration/directory.js';
export type { GapEvidence, GapSeverity, MigrationGap, PlanInput, SideFact } from './migration/plan/gap.js';
export { usageOf, type Counts, type ObservedAmounts, type ObservedUsage } from './migration/plan/observed-usage.js';
export { planAsMarkdown } from './migration/plan/plan-as-markdown.js';
export { acceptProposals, planMigration, type MigrationPlan, type PlannedSide } from './migration/plan/plan-migration.js';
export type { InputExample, MigrationUsage } from './migration/plan/usage.js';
