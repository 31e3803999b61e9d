import { prose, time, word } from './field.ts';
import { message } from './message.ts';

/** metav1.Condition as most kinds number its fields: pods, nodes, jobs. */
export const CONDITION = message({
  type: word(1),
  status: word(2),
  lastTransitionTime: time(4),
  reason: word(5),
  message: prose(6),
});
