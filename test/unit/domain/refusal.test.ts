import { expect, it } from 'vitest';
import { refusalOf } from '../../../src/domain/refusal.ts';

const CALL = 'Internal error occurred: failed calling webhook "v.x.io": failed to call webhook: ';
const POST = 'Post "https://x.kube-system.svc:443/mutate?timeout=10s": ';
const PODS = 'see to the pods behind the webhook: until they answer nothing passes it';

it.each([
  [
    `${CALL}${POST}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    `admission webhook v.x.io is not trusted: failed to call webhook: ${POST}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    ['have its certificate made anew, or its configuration (caBundle) trust the one it has'],
  ],
  [
    `${CALL}${POST}context deadline exceeded`,
    `admission webhook v.x.io does not answer: failed to call webhook: ${POST}context deadline exceeded`,
    [PODS, 'let the control plane reach their port, by the security groups of the nodes'],
  ],
  [
    `${CALL}${POST}no endpoints available for service "x"`,
    `admission webhook v.x.io does not answer: failed to call webhook: ${POST}no endpoints available for service "x"`,
    [PODS],
  ],
  [
    'pods "api-1" is forbidden: unable to create new content in namespace shop because it is being terminated',
    'namespace shop is being terminated',
    ['nothing is made in it any more: see what keeps the namespace (W on it)'],
  ],
  [
    'Pod "api-1" is invalid: spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    'what its template makes is not valid: spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ['mend the template'],
  ],
  [
    'create Pod db-1 in StatefulSet db failed error: Pod "db-1" is invalid: spec.hostname: Invalid value',
    'what its template makes is not valid: spec.hostname: Invalid value',
    ['mend the template'],
  ],
  [
    'create Claim data-db-0 for Pod db-0 in StatefulSet db failed error: persistentvolumeclaims "data-db-0" is forbidden: not today',
    'not today',
    [],
  ],
])('what the API server refuses is told with what mends it: %s', (message, words, next) => {
  expect(refusalOf(message)).toEqual({ words, next });
});
