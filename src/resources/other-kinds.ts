/**
 * Kinds that people look for by name and that have no pane: they are told so, with the kubectl line
 * that shows them, instead of a guess at what they meant. Names and short names are those of the
 * API servers that define them.
 */

/** A kind as kubectl names it: its plural, whether it lives in namespaces, and its other names. */
interface OtherKind {
  readonly plural: string;
  readonly namespaced: boolean;
}

const NAMESPACED = [
  'ingresses ingress ing',
  'persistentvolumeclaims persistentvolumeclaim pvc pvcs',
  'configmaps configmap cm',
  'secrets secret sec',
  'networkpolicies networkpolicy netpol np',
  'poddisruptionbudgets poddisruptionbudget pdb pdbs',
  'endpoints ep',
  'endpointslices endpointslice eps',
  'roles role',
  'rolebindings rolebinding rb',
  'resourcequotas resourcequota quota',
  'limitranges limitrange limits',
  'leases lease',
  'podtemplates podtemplate',
  'replicationcontrollers replicationcontroller rc',
  'controllerrevisions controllerrevision',
  'csistoragecapacities csistoragecapacity',
  'gateways gateway gtw',
  'httproutes httproute',
  'targetgroupbindings targetgroupbinding tgb',
  'securitygrouppolicies securitygrouppolicy sgp',
  'scaledobjects scaledobject so',
  'externalsecrets externalsecret es',
  'certificates certificate cert certs',
  'servicemonitors servicemonitor smon',
  'podmonitors podmonitor pmon',
  'applications application app',
  'helmreleases helmrelease hr',
  'kustomizations kustomization ks',
  'verticalpodautoscalers verticalpodautoscaler vpa',
];

const OF_CLUSTER = [
  'persistentvolumes persistentvolume pv pvs',
  'storageclasses storageclass sc',
  'volumeattachments volumeattachment va',
  'customresourcedefinitions customresourcedefinition crd crds',
  'clusterroles clusterrole cr',
  'clusterrolebindings clusterrolebinding crb',
  'priorityclasses priorityclass pc',
  'runtimeclasses runtimeclass',
  'ingressclasses ingressclass',
  'gatewayclasses gatewayclass gc',
  'csidrivers csidriver',
  'csinodes csinode',
  'apiservices apiservice',
  'certificatesigningrequests certificatesigningrequest csr',
  'validatingwebhookconfigurations validatingwebhookconfiguration vwc',
  'mutatingwebhookconfigurations mutatingwebhookconfiguration mwc',
  'nodepools nodepool',
  'nodeclaims nodeclaim',
  'nodeclasses nodeclass',
  'ec2nodeclasses ec2nodeclass ec2nc',
  'provisioners provisioner',
  'eniconfigs eniconfig',
  'clusterissuers clusterissuer',
  'clusterpolicies clusterpolicy cpol',
];

const KINDS = new Map<string, OtherKind>();
for (const [lines, namespaced] of [
  [NAMESPACED, true],
  [OF_CLUSTER, false],
] as const) {
  for (const line of lines) {
    const names = line.split(' ');
    const [plural = ''] = names;
    for (const name of names) KINDS.set(name, { plural, namespaced });
  }
}

/** All names of kinds without a pane. */
export const otherKindNames: readonly string[] = [...KINDS.keys()];

/**
 * The arguments with which kubectl shows a kind that has no pane; null where the word names none.
 * `namespace`: empty for all.
 */
export function kubectlFor(word: string, namespace: string): readonly string[] | null {
  // `ingresses.networking.k8s.io` names the group too.
  const [name = '', ...group] = word.toLowerCase().split('.');
  const kind = KINDS.get(name);
  if (!kind) return null;
  const resource = [kind.plural, ...group].join('.');
  const where = namespace === '' ? ['-A'] : ['-n', namespace];
  return ['get', resource, ...(kind.namespaced ? where : [])];
}
