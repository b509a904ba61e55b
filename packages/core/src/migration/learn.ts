import { PaymentError, type PaymentErrorShape } from '../model/payment-error.js';
import type { Resume } from '../model/resume.js';
import type { LivingObject } from '../model/event.js';
import type { MigrationDirectory, Note, Proposal } from './directory.js';

/** What one call has taught. */
export interface Lesson {
  readonly object: LivingObject | null;
  /** The key under which the directory has it, where the caller knows it; otherwise the object's reference says it. */
  readonly key: string | null;
  readonly kind: Proposal['kind'];
  /** The ref that the call was about, where no object came back. */
  readonly ref: string | null;
  /** The entry's `uses` that a call saw which has made nothing. */
  readonly notMade?: number;
  readonly unknown?: Resume;
  readonly resolved?: string;
}

/** Writes a lesson to the directory. */
export const writeLesson = async (directory: MigrationDirectory, { object, key, kind, ref, notMade, unknown, resolved }: Lesson, at: string): Promise<void> => {
  const owned = object === null || object.object === 'refund' ? null : object;
  const note: Note = {
    at,
    ...(owned !== null && { ref: owned.ref, status: owned.status }),
    ...(owned === null && notMade !== undefined && { notMade }),
    ...(unknown !== undefined && { unknown }),
    ...(resolved !== undefined && { resolved }),
  };
  const known = owned?.ref ?? ref;
  if (key !== null) return directory.note(owned?.object ?? kind, key, note);
  if (known === null) return undefined;
  if (owned === null || owned.reference === null || (await directory.byRef(known)) !== null) return directory.noteByRef(known, note);
  // Its creation was not written down. One with another ref is of another attempt, which is newer than what is heard of late.
  const entry = await directory.byKey(owned.object, owned.reference);
  return entry !== null && entry.ref === null && entry.account === owned.account ? directory.note(owned.object, owned.reference, note) : undefined;
};

/** What an error teaches. `uses`, of a creation: without an object and without doubt nothing was made by it. */
export const lessonOf = (error: PaymentErrorShape, about: Pick<Lesson, 'key' | 'kind' | 'ref'>, uses: number | null): Lesson => ({
  ...about,
  object: error.subject,
  ...(error.outcome === 'unknown' && error.resume !== null
    ? { unknown: error.resume, ref: error.resume.ref ?? about.ref }
    : uses !== null && error.subject === null && (error.outcome === 'rejected' || error.outcome === 'not_sent') && { notMade: uses }),
});

/** Why something failed, in words that hold no secret. */
export const becauseOf = (error: unknown): string => (PaymentError.is(error) ? error.message : error instanceof Error ? error.name : 'unknown reason');
