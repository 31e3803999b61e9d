/** What objects that make pods have in common: a selector, a template, somebody who manages them. */
import { map, part, parts, word, words } from './field.ts';
import { message } from './message.ts';
import type { Metadata } from './metadata.ts';

/** metav1.LabelSelector. */
export const SELECTOR = message({
  matchLabels: map(1),
  matchExpressions: parts(2, message({ key: word(1), operator: word(2), values: words(3) })),
});

/** core/v1 PodTemplateSpec. */
export const TEMPLATE = message({
  spec: part(
    2,
    message({
      containers: parts(2, message({ name: word(1), image: word(2) })),
      serviceAccountName: word(8),
    }),
  ),
});

/** The annotations that {@link managedBy} looks at. */
export const MANAGING_ANNOTATIONS: readonly string[] = [
  'argocd.argoproj.io/tracking-id',
  'meta.helm.sh/release-name',
];

/** Who would revert a change made by hand, as the labels that these tools set tell. */
export function managedBy({ labels, annotations }: Metadata): string {
  if ('argocd.argoproj.io/tracking-id' in annotations) return 'Argo CD';
  if ('argocd.argoproj.io/instance' in labels) return 'Argo CD';
  for (const key in labels)
    if (/^(?:kustomize|helm)\.toolkit\.fluxcd\.io\//.test(key)) return 'Flux';
  const helm = labels['app.kubernetes.io/managed-by'] === 'Helm';
  return helm || 'meta.helm.sh/release-name' in annotations ? 'Helm' : '';
}
