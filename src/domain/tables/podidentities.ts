import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** A Pod Identity association; uid is its id, name and namespace those of the service account. */
export interface PodIdentityRow extends BaseRow {
  readonly arn: string;
  /** Empty where it could not be described. */
  readonly roleArn: string;
  /** The role that the pods take by way of the first, in another account; else empty. */
  readonly targetRoleArn: string;
  readonly externalId: string;
  /** null where it could not be described. */
  readonly sessionTags: boolean | null;
  /** What narrows the role for these sessions, as JSON; else empty. */
  readonly sessionPolicy: string;
  /** ARN of the add-on that owns it, else empty. */
  readonly owner: string;
  // joined
  /** Pods that use the account; null where pods are not known. */
  pods: number | null;
}

export const podidentities: EksTable<PodIdentityRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    arn: '',
    roleArn: '',
    targetRoleArn: '',
    externalId: '',
    sessionTags: null,
    sessionPolicy: '',
    owner: '',
    pods: null,
  },
};
