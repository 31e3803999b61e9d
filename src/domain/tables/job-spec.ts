/** What a job asks for: also the template of a cron job. */
import { bool, optionalCount, part, word } from '../wire/field.ts';
import { message } from '../wire/message.ts';
import { SELECTOR, TEMPLATE, type Templated } from '../wire/pod-template.ts';

/** What jobs have, and cron jobs in their template. */
export interface Managed extends Templated {
  /** `Helm`, `Argo CD`, `Flux` where labels say so: what would revert a change made by hand. */
  readonly managedBy: string;
}

/** batch/v1 JobSpec. */
export const JOB_SPEC = message({
  parallelism: optionalCount(1),
  completions: optionalCount(2),
  activeDeadlineSeconds: optionalCount(3),
  selector: part(4, SELECTOR),
  template: part(6, TEMPLATE),
  backoffLimit: optionalCount(7),
  ttlSecondsAfterFinished: optionalCount(8),
  completionMode: word(9),
  suspend: bool(10),
});
