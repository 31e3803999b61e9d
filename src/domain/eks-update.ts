/** What EKS says of an update that failed. */
interface UpdateError {
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What it is about: instances, pods, subnets; may be empty. */
  readonly resourceIds: readonly string[];
}

/** Why an update failed, in EKS's own words, with what it is about; empty where it did not. */
export const failureText = (errors: readonly UpdateError[]): string =>
  errors
    .map(({ errorCode, errorMessage, resourceIds }) => {
      const at = resourceIds.length === 0 ? '' : ` (${resourceIds.join(', ')})`;
      return `${errorCode}: ${errorMessage}${at}`;
    })
    .join('; ');

/** Whether an update, or an activity of Auto Scaling, has ended without being done. */
export const hasFailed = ({ status }: { readonly status: string }): boolean =>
  status === 'Failed' || status === 'Cancelled';
