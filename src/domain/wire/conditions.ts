/** `status.conditions` of custom resources, as metav1.Condition has them. */
import { called, parts, prose, time, word } from './field.ts';
import { message } from './message.ts';

/**
 * Conditions of a kind that comes as JSON alone: the numbers of its fields only tell them apart,
 * and that of this one is 1.
 */
export const CONDITIONS = parts(
  1,
  message({
    type: word(1),
    status: word(2),
    reason: word(3),
    message: prose(4),
    at: called('lastTransitionTime', time(5)),
  }),
);
