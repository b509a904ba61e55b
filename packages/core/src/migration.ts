/** Moving from one provider to another: plan, directory, routing, comparison, cut-over. */
export type {
  DecisionReason,
  DirectoryEntry,
  EntriesQuery,
  Mapping,
  MigrationDirectory,
  Note,
  OwnedKind,
  Proposal,
  Side,
} from './migration/directory.js';
