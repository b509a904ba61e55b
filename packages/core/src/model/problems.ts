import type { Problem } from './payment-error.js';

/** A problem when a condition holds, and none otherwise: rules are lists of these. */
export const problemIf = (when: boolean, field: string, problem: string, remedy: string): readonly Problem[] => (when ? [{ field, problem, remedy }] : []);

/** A problem from one sentence of a schema, which says what is wrong and, after `; `, what to do. What it does not say is as `otherwise` has it. */
export const problemFrom = (field: string, sentence: string, otherwise: Pick<Problem, 'problem' | 'remedy'> = { problem: 'is not valid', remedy: 'Correct it.' }): Problem => {
  const [problem = '', remedy = ''] = sentence.split('; ', 2);
  const advice = remedy.replace(/^./, (first) => first.toUpperCase()).replace(/\.$/, '');
  return { field, problem: problem === '' ? otherwise.problem : problem, remedy: advice === '' ? otherwise.remedy : `${advice}.` };
};
