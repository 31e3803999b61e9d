/**
 * What `kubectl rollout restart` sends: a new template, the same but for this annotation.
 * @param uid of the workload: another object of the same name is not meant
 */
export function restartPatch(uid: string, now: number) {
  const restartedAt = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    type: 'strategic',
    body: {
      metadata: { uid },
      spec: {
        template: {
          metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': restartedAt } },
        },
      },
    },
  } as const;
}
