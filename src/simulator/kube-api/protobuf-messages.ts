/**
 * The messages of the Kubernetes API that clients may send in protobuf: kubectl's typed clients do,
 * for `create`, `drain` and `auth can-i`, even to servers that answer in JSON. A line is a message:
 * the numbers of its fields, as in the API's .proto files, and their names in JSON.
 *
 * `[]` repeated · `{}` a map · `=Type` a message, `bool`, `bytes` or a quantity · `*` a field whose
 * zero says something (a pointer in Go) · `~` a message whose fields JSON has in its parent. Fields
 * that are not here are dropped, as API servers do. Of a kind in several versions the others are written
 * with theirs.
 */
export const MESSAGES = `
Deployment: 1 metadata=ObjectMeta, 2 spec=DeploymentSpec
Pod: 1 metadata=ObjectMeta, 2 spec=PodSpec
Job: 1 metadata=ObjectMeta, 2 spec=JobSpec
CronJob: 1 metadata=ObjectMeta, 2 spec=CronJobSpec
Service: 1 metadata=ObjectMeta, 2 spec=ServiceSpec
ConfigMap: 1 metadata=ObjectMeta, 4 immutable=bool*, 2 data{}, 3 binaryData{}=bytes
Secret: 1 metadata=ObjectMeta, 5 immutable=bool*, 2 data{}=bytes, 4 stringData{}, 3 type
ServiceAccount: 1 metadata=ObjectMeta, 2 secrets[]=ObjectReference,
  3 imagePullSecrets[]=LocalObjectReference, 4 automountServiceAccountToken=bool*
Ingress: 1 metadata=ObjectMeta, 2 spec=IngressSpec
PodDisruptionBudget: 1 metadata=ObjectMeta, 2 spec=PodDisruptionBudgetSpec
Role: 1 metadata=ObjectMeta, 2 rules[]=PolicyRule
ClusterRole: 1 metadata=ObjectMeta, 2 rules[]=PolicyRule
RoleBinding: 1 metadata=ObjectMeta, 2 subjects[]=Subject, 3 roleRef=RoleRef
ClusterRoleBinding: 1 metadata=ObjectMeta, 2 subjects[]=Subject, 3 roleRef=RoleRef
PolicyRule: 1 verbs[], 2 apiGroups[], 3 resources[], 4 resourceNames[], 5 nonResourceURLs[]
Subject: 1 kind, 2 apiGroup, 3 name, 4 namespace
RoleRef: 1 apiGroup, 2 kind, 3 name
HorizontalPodAutoscaler: 1 metadata=ObjectMeta, 2 spec=HorizontalPodAutoscalerSpec
autoscaling/v1.HorizontalPodAutoscaler: 1 metadata=ObjectMeta, 2 spec=HorizontalPodAutoscalerSpecV1
HorizontalPodAutoscalerSpecV1: 1 scaleTargetRef=CrossVersionObjectReference, 2 minReplicas*,
  3 maxReplicas, 4 targetCPUUtilizationPercentage*
DeploymentSpec: 1 replicas*, 2 selector=LabelSelector, 3 template=PodTemplateSpec,
  4 strategy=DeploymentStrategy, 5 minReadySeconds, 6 revisionHistoryLimit*, 7 paused=bool,
  9 progressDeadlineSeconds*
JobSpec: 1 parallelism*, 2 completions*, 3 activeDeadlineSeconds*, 7 backoffLimit*,
  12 backoffLimitPerIndex, 13 maxFailedIndexes, 4 selector=LabelSelector, 5 manualSelector=bool*,
  6 template=PodTemplateSpec, 8 ttlSecondsAfterFinished*, 9 completionMode, 10 suspend=bool*,
  14 podReplacementPolicy, 15 managedBy
CronJobSpec: 1 schedule, 8 timeZone, 2 startingDeadlineSeconds*, 3 concurrencyPolicy,
  4 suspend=bool*, 5 jobTemplate=JobTemplateSpec, 6 successfulJobsHistoryLimit*,
  7 failedJobsHistoryLimit*
ServiceSpec: 1 ports[]=ServicePort, 2 selector{}, 3 clusterIP, 18 clusterIPs[], 4 type,
  5 externalIPs[], 7 sessionAffinity, 8 loadBalancerIP, 9 loadBalancerSourceRanges[],
  10 externalName, 11 externalTrafficPolicy, 12 healthCheckNodePort,
  13 publishNotReadyAddresses=bool, 14 sessionAffinityConfig=SessionAffinityConfig,
  19 ipFamilies[], 17 ipFamilyPolicy, 20 allocateLoadBalancerNodePorts=bool*,
  21 loadBalancerClass, 22 internalTrafficPolicy, 23 trafficDistribution
ObjectReference: 1 kind, 2 namespace, 3 name, 4 uid, 5 apiVersion, 6 resourceVersion, 7 fieldPath
LocalObjectReference: 1 name
IngressSpec: 4 ingressClassName, 1 defaultBackend=IngressBackend, 2 tls[]=IngressTLS,
  3 rules[]=IngressRule
PodDisruptionBudgetSpec: 1 minAvailable=IntOrString*, 2 selector=LabelSelector,
  3 maxUnavailable=IntOrString*, 4 unhealthyPodEvictionPolicy
HorizontalPodAutoscalerSpec: 1 scaleTargetRef=CrossVersionObjectReference, 2 minReplicas*,
  3 maxReplicas, 4 metrics[]=MetricSpec, 5 behavior=HorizontalPodAutoscalerBehavior
PodTemplateSpec: 1 metadata=ObjectMeta, 2 spec=PodSpec
DeploymentStrategy: 1 type, 2 rollingUpdate=RollingUpdateDeployment
JobTemplateSpec: 1 metadata=ObjectMeta, 2 spec=JobSpec
ServicePort: 1 name, 2 protocol, 6 appProtocol, 3 port, 4 targetPort=IntOrString, 5 nodePort
SessionAffinityConfig: 1 clientIP=ClientIPConfig
IngressBackend: 4 service=IngressServiceBackend, 3 resource=TypedLocalObjectReference
IngressTLS: 1 hosts[], 2 secretName
IngressRule: 1 host, 2 ~=IngressRuleValue
CrossVersionObjectReference: 1 kind, 2 name, 3 apiVersion
MetricSpec: 1 type, 4 resource=ResourceMetricSource
HorizontalPodAutoscalerBehavior: 1 scaleUp=HPAScalingRules, 2 scaleDown=HPAScalingRules
PodSpec: 1 volumes[]=Volume, 20 initContainers[]=Container, 2 containers[]=Container,
  3 restartPolicy, 4 terminationGracePeriodSeconds*, 5 activeDeadlineSeconds*, 6 dnsPolicy,
  7 nodeSelector{}, 8 serviceAccountName, 9 serviceAccount, 21 automountServiceAccountToken=bool*,
  10 nodeName, 11 hostNetwork=bool, 12 hostPID=bool, 13 hostIPC=bool,
  27 shareProcessNamespace=bool*, 14 securityContext=PodSecurityContext,
  15 imagePullSecrets[]=LocalObjectReference, 16 hostname, 17 subdomain, 18 affinity=Affinity,
  19 schedulerName, 22 tolerations[]=Toleration, 24 priorityClassName, 25 priority*,
  29 runtimeClassName, 30 enableServiceLinks=bool*, 31 preemptionPolicy, 32 overhead{}=Quantity,
  33 topologySpreadConstraints[]=TopologySpreadConstraint, 35 setHostnameAsFQDN=bool*,
  37 hostUsers=bool*, 40 resources=ResourceRequirements, 41 hostnameOverride
RollingUpdateDeployment: 1 maxUnavailable=IntOrString*, 2 maxSurge=IntOrString*
ClientIPConfig: 1 timeoutSeconds*
IngressServiceBackend: 1 name, 2 port=ServiceBackendPort
TypedLocalObjectReference: 1 apiGroup, 2 kind, 3 name
IngressRuleValue: 1 http=HTTPIngressRuleValue
ResourceMetricSource: 1 name, 2 target=MetricTarget
HPAScalingRules: 3 stabilizationWindowSeconds*, 1 selectPolicy, 2 policies[]=HPAScalingPolicy,
  4 tolerance=Quantity
Volume: 1 name, 2 ~=VolumeSource
Container: 1 name, 2 image, 3 command[], 4 args[], 5 workingDir, 6 ports[]=ContainerPort,
  19 envFrom[]=EnvFromSource, 7 env[]=EnvVar, 8 resources=ResourceRequirements, 24 restartPolicy,
  9 volumeMounts[]=VolumeMount, 10 livenessProbe=Probe, 11 readinessProbe=Probe,
  22 startupProbe=Probe, 12 lifecycle=Lifecycle, 13 terminationMessagePath,
  20 terminationMessagePolicy, 14 imagePullPolicy, 15 securityContext=SecurityContext,
  16 stdin=bool, 17 stdinOnce=bool, 18 tty=bool
PodSecurityContext: 2 runAsUser*, 6 runAsGroup*, 3 runAsNonRoot=bool*, 4 supplementalGroups[],
  12 supplementalGroupsPolicy, 5 fsGroup*, 9 fsGroupChangePolicy,
  10 seccompProfile=SeccompProfile, 13 seLinuxChangePolicy
Affinity: 2 podAffinity=PodAffinity, 3 podAntiAffinity=PodAntiAffinity
Toleration: 1 key, 2 operator, 3 value, 4 effect, 5 tolerationSeconds*
TopologySpreadConstraint: 1 maxSkew, 2 topologyKey, 3 whenUnsatisfiable,
  4 labelSelector=LabelSelector, 5 minDomains*, 6 nodeAffinityPolicy, 7 nodeTaintsPolicy,
  8 matchLabelKeys[]
ResourceRequirements: 1 limits{}=Quantity, 2 requests{}=Quantity
ServiceBackendPort: 1 name, 2 number
HTTPIngressRuleValue: 1 paths[]=HTTPIngressPath
MetricTarget: 1 type, 2 value=Quantity, 3 averageValue=Quantity, 4 averageUtilization*
HPAScalingPolicy: 1 type, 2 value, 3 periodSeconds
VolumeSource: 1 hostPath=HostPathVolumeSource, 2 emptyDir=EmptyDirVolumeSource,
  6 secret=SecretVolumeSource, 10 persistentVolumeClaim=PersistentVolumeClaimVolumeSource,
  16 downwardAPI=DownwardAPIVolumeSource, 19 configMap=ConfigMapVolumeSource,
  26 projected=ProjectedVolumeSource
ContainerPort: 1 name, 2 hostPort, 3 containerPort, 4 protocol, 5 hostIP
EnvFromSource: 1 prefix, 2 configMapRef=ConfigMapEnvSource, 3 secretRef=SecretEnvSource
EnvVar: 1 name, 2 value, 3 valueFrom=EnvVarSource
VolumeMount: 1 name, 2 readOnly=bool, 7 recursiveReadOnly, 3 mountPath, 4 subPath,
  5 mountPropagation, 6 subPathExpr, 8 bindMountOptions[]
Probe: 1 ~=ProbeHandler, 2 initialDelaySeconds, 3 timeoutSeconds, 4 periodSeconds,
  5 successThreshold, 6 failureThreshold, 7 terminationGracePeriodSeconds*
Lifecycle: 1 postStart=LifecycleHandler, 2 preStop=LifecycleHandler, 3 stopSignal
SecurityContext: 1 capabilities=Capabilities, 2 privileged=bool*, 4 runAsUser*, 8 runAsGroup*,
  5 runAsNonRoot=bool*, 6 readOnlyRootFilesystem=bool*, 7 allowPrivilegeEscalation=bool*,
  9 procMount, 11 seccompProfile=SeccompProfile
SeccompProfile: 1 type, 2 localhostProfile
PodAffinity: 1 requiredDuringSchedulingIgnoredDuringExecution[]=PodAffinityTerm,
  2 preferredDuringSchedulingIgnoredDuringExecution[]=WeightedPodAffinityTerm
PodAntiAffinity: 1 requiredDuringSchedulingIgnoredDuringExecution[]=PodAffinityTerm,
  2 preferredDuringSchedulingIgnoredDuringExecution[]=WeightedPodAffinityTerm
HTTPIngressPath: 1 path, 3 pathType, 2 backend=IngressBackend
HostPathVolumeSource: 1 path, 2 type
EmptyDirVolumeSource: 1 medium, 2 sizeLimit=Quantity, 3 mode*
SecretVolumeSource: 1 secretName, 2 items[]=KeyToPath, 3 defaultMode*, 4 optional=bool*,
  5 defaultUser
PersistentVolumeClaimVolumeSource: 1 claimName, 2 readOnly=bool
DownwardAPIVolumeSource: 1 items[]=DownwardAPIVolumeFile, 2 defaultMode*, 3 defaultUser
ConfigMapVolumeSource: 1 ~=LocalObjectReference, 2 items[]=KeyToPath, 3 defaultMode*,
  4 optional=bool*, 5 defaultUser
ProjectedVolumeSource: 1 sources[]=VolumeProjection, 2 defaultMode*, 3 defaultUser
ConfigMapEnvSource: 1 ~=LocalObjectReference, 2 optional=bool*
SecretEnvSource: 1 ~=LocalObjectReference, 2 optional=bool*
EnvVarSource: 1 fieldRef=ObjectFieldSelector, 2 resourceFieldRef=ResourceFieldSelector,
  3 configMapKeyRef=ConfigMapKeySelector, 4 secretKeyRef=SecretKeySelector
ProbeHandler: 1 exec=ExecAction, 2 httpGet=HTTPGetAction, 3 tcpSocket=TCPSocketAction,
  4 grpc=GRPCAction
LifecycleHandler: 1 exec=ExecAction, 2 httpGet=HTTPGetAction, 3 tcpSocket=TCPSocketAction
Capabilities: 1 add[], 2 drop[]
PodAffinityTerm: 1 labelSelector=LabelSelector, 2 namespaces[], 3 topologyKey,
  4 namespaceSelector=LabelSelector, 5 matchLabelKeys[], 6 mismatchLabelKeys[]
WeightedPodAffinityTerm: 1 weight, 2 podAffinityTerm=PodAffinityTerm
KeyToPath: 1 key, 2 path, 3 mode*, 4 user
DownwardAPIVolumeFile: 1 path, 2 fieldRef=ObjectFieldSelector,
  3 resourceFieldRef=ResourceFieldSelector, 4 mode*, 5 user
VolumeProjection: 1 secret=SecretProjection, 2 downwardAPI=DownwardAPIProjection,
  3 configMap=ConfigMapProjection, 4 serviceAccountToken=ServiceAccountTokenProjection
ObjectFieldSelector: 1 apiVersion, 2 fieldPath
ResourceFieldSelector: 1 containerName, 2 resource, 3 divisor=Quantity
ConfigMapKeySelector: 1 ~=LocalObjectReference, 2 key, 3 optional=bool*
SecretKeySelector: 1 ~=LocalObjectReference, 2 key, 3 optional=bool*
ExecAction: 1 command[]
HTTPGetAction: 1 path, 2 port=IntOrString, 3 host, 4 scheme, 5 httpHeaders[]=HTTPHeader,
  6 protocol
TCPSocketAction: 1 port=IntOrString, 2 host
GRPCAction: 1 port, 2 service, 3 mode*
SecretProjection: 1 ~=LocalObjectReference, 2 items[]=KeyToPath, 4 optional=bool*
DownwardAPIProjection: 1 items[]=DownwardAPIVolumeFile
ConfigMapProjection: 1 ~=LocalObjectReference, 2 items[]=KeyToPath, 4 optional=bool*
ServiceAccountTokenProjection: 1 audience, 2 expirationSeconds*, 3 path, 4 user
HTTPHeader: 1 name, 2 value
Namespace: 1 metadata=ObjectMeta
ObjectMeta: 1 name, 2 generateName, 3 namespace, 11 labels{}, 12 annotations{},
  13 ownerReferences[]=OwnerReference, 14 finalizers[]
OwnerReference: 5 apiVersion, 1 kind, 3 name, 4 uid, 6 controller=bool*,
  7 blockOwnerDeletion=bool*
LabelSelector: 1 matchLabels{}, 2 matchExpressions[]=LabelSelectorRequirement
LabelSelectorRequirement: 1 key, 2 operator, 3 values[]
SelfSubjectAccessReview: 2 spec=SelfSubjectAccessReviewSpec
SelfSubjectAccessReviewSpec: 1 resourceAttributes=ResourceAttributes,
  2 nonResourceAttributes=NonResourceAttributes
ResourceAttributes: 1 namespace, 2 verb, 3 group, 4 version, 5 resource, 6 subresource, 7 name
NonResourceAttributes: 1 path, 2 verb
SelfSubjectRulesReview: 2 spec=SelfSubjectRulesReviewSpec
SelfSubjectRulesReviewSpec: 1 namespace
SelfSubjectReview: 1 metadata=ObjectMeta
Eviction: 1 metadata=ObjectMeta, 2 deleteOptions=DeleteOptions
DeleteOptions: 1 gracePeriodSeconds*, 2 preconditions=Preconditions, 4 propagationPolicy,
  5 dryRun[]
Preconditions: 1 uid, 2 resourceVersion
TokenRequest: 1 metadata=ObjectMeta, 2 spec=TokenRequestSpec
TokenRequestSpec: 1 audiences[], 4 expirationSeconds*, 3 boundObjectRef=BoundObjectReference
BoundObjectReference: 1 kind, 2 apiVersion, 3 name, 4 uid
`;
