import type { AccessPolicy } from '../world/access.ts';
import { omit } from '../world/omit.ts';
import type { Caller } from './callers.ts';
import { parseObject, readBody, sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { unknownPath } from './status.ts';

/** Answers the self subject reviews: may I, what may I, who am I. */
export async function review(
  { user, access }: Caller,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const body = parseObject(await readBody(request.http));
  const answer = (kind: string, status: object): void =>
    sendJson(request.response, 201, {
      kind,
      apiVersion: `${target.group}/${target.version}`,
      ...omit(body, 'kind', 'apiVersion'),
      metadata: { creationTimestamp: null },
      status,
    });
  switch (target.resource) {
    case 'selfsubjectaccessreviews':
      answer('SelfSubjectAccessReview', decide(access, body));
      return;
    case 'selfsubjectrulesreviews': {
      const { namespace = '' } = (body['spec'] ?? {}) as { namespace?: string };
      answer('SelfSubjectRulesReview', {
        resourceRules: access.rules(namespace),
        nonResourceRules: [
          {
            verbs: ['get'],
            nonResourceURLs: [
              '/api',
              '/api/*',
              '/apis',
              '/apis/*',
              '/healthz',
              '/livez',
              '/readyz',
              '/openapi',
              '/openapi/*',
              '/version',
              '/version/',
            ],
          },
        ],
        incomplete: false,
      });
      return;
    }
    case 'selfsubjectreviews':
      answer('SelfSubjectReview', { userInfo: { username: user.username, groups: user.groups } });
      return;
    default:
      throw unknownPath();
  }
}

function decide(access: AccessPolicy, body: Record<string, unknown>): object {
  const { resourceAttributes } = (body['spec'] ?? {}) as {
    resourceAttributes?: Record<string, string | undefined>;
  };
  if (!resourceAttributes) return { allowed: true, reason: '' };
  const {
    verb = '',
    group = '',
    resource = '',
    subresource,
    namespace = '',
    name = '',
  } = resourceAttributes;
  const allowed = access.allows({
    verb,
    group,
    resource: subresource ? `${resource}/${subresource}` : resource,
    namespace,
    name,
  });
  return allowed ? { allowed, reason: 'RBAC: allowed by ClusterRoleBinding' } : { allowed };
}
