import { parts, prose, time, word } from './field.ts';
import { message } from './message.ts';

/** metav1.Condition as most kinds number its fields: pods, nodes, jobs. */
export const CONDITION = message({
  type: word(1),
  status: word(2),
  lastTransitionTime: time(4),
  reason: word(5),
  message: prose(6),
});

/** Conditions: the kinds agree on the first two numbers and differ in the others. */
export const conditions = (number: number, reason: number, messageNumber: number) =>
  parts(
    number,
    message({
      type: word(1),
      status: word(2),
      reason: word(reason),
      message: prose(messageNumber),
    }),
  );
