/** What to do about what AWS's controllers say where they cannot make a load balancer. */

const KNOWN: readonly (readonly [message: RegExp, next: string])[] = [
  [
    /unable to resolve at least one subnet|could not find any suitable subnets|auto-discover subnets/i,
    'tag the subnets that it may be in: kubernetes.io/role/elb (internal-elb for internal ones) with 1, or name them in its annotation',
  ],
  [
    /not enough IP space|at least 8 free IP|InsufficientFreeAddresses/i,
    'free addresses in its subnets, of which it needs eight each (:subnets), or name larger ones',
  ],
  [
    /expected exactly one securityGroup tagged with|Multiple tagged security groups/i,
    'leave the tag kubernetes.io/cluster/NAME to one security group of its nodes alone',
  ],
  [
    /no certificate found|CertificateNotFound|UnsupportedCertificate/i,
    'have ACM hold a certificate for the host in this region, or name one in its annotation',
  ],
  [
    /AccessDenied|not authorized to perform|UnauthorizedOperation/,
    'give the controller’s role that right: its policy goes with its version',
  ],
  [
    /WebIdentityErr|failed to (?:retrieve|refresh cached) credentials|no EC2 IMDS role/,
    'see to the role of the controller’s service account (d on it)',
  ],
  [
    /TooMany(?:LoadBalancers|TargetGroups|Rules|Listeners|Certificates)/,
    'take away what nobody needs, or have the quota of the account raised',
  ],
];

/** The advice on a controller's message; none where nobody knows better than the message. */
export const balancerAdvice = (message: string): readonly string[] =>
  KNOWN.filter(([known]) => known.test(message))
    .slice(0, 1)
    .map(([, next]) => next);
