/** Reviews are POSTs that change nothing: they only ask. */
const REVIEWS = new Set([
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
  '/apis/authentication.k8s.io/v1/selfsubjectreviews',
]);

/** Subresources that act although they are opened with GET. */
const ACTING = /\/(pods|nodes|services)\/[^/]+\/(exec|attach|portforward|proxy)(\/|$)/;

/** What a kubelet tells of itself, although it is asked by a proxy that could do more. */
const TELLING = /^\/api\/v1\/nodes\/[^/]+\/proxy\/stats\/summary$/;

/** Whether a request is known to change nothing. What is not known to be a read is none. */
export function isRead(method: string, path: string): boolean {
  if (method === 'GET') return !ACTING.test(path) || TELLING.test(path);
  return method === 'POST' && REVIEWS.has(path);
}
