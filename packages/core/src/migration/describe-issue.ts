import type * as z from 'zod/mini';

/** What a schema expects, as the words of a problem. */
const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

/**
 * What is wrong with a value, where its schema has no sentence of its own: `is not one of from, to`. The value itself is never quoted. Hand it to `safeParse` as
 * its `error`: it then also stands in front of the language that an application has chosen for all schemas in its process.
 */
export const describeIssue = (issue: z.core.$ZodRawIssue): string => {
  const isMissing = issue.input === undefined;
  switch (issue.code) {
    case 'invalid_type':
      return isMissing ? 'is missing' : `is not ${kinds[issue.expected] ?? `of the type ${issue.expected}`}`;
    case 'invalid_value':
      return `${isMissing ? 'is missing: it has to be' : 'is not'} ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return issue.inclusive !== false && issue.options !== undefined ? `is not one of ${issue.options.map(String).join(', ')}` : 'has none of the forms that it can have';
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'has a name that it cannot have';
    case 'unrecognized_keys':
      return `has members that do not belong there (${issue.keys.join(', ')})`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'is empty' : `is below ${issue.minimum}`;
    case 'too_big':
      return `is above ${issue.maximum}`;
    default:
      return isMissing ? 'is missing' : 'is not valid';
  }
};
