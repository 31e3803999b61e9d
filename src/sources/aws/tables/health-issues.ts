import type { HealthIssue } from '../../../domain/rows.ts';
import type { EksIssue } from '../../../ports/aws-shapes.ts';

/** Health issues of a cluster, node group, Fargate profile or add-on. */
export function healthIssues(health: {
  readonly issues: readonly EksIssue[];
}): readonly HealthIssue[] {
  return health.issues.map(({ code, message, resourceIds: resources }) => ({
    code,
    message,
    resources,
  }));
}
