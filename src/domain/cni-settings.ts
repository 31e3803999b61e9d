/** How the VPC CNI hands addresses out, by the variables of its daemon set (amazon-vpc-cni-k8s, README). */

/** Those that are set, by their names; what is absent has its default. */
export type CniSettings = Readonly<Record<string, string>>;

/** What decides how many addresses a node holds, and in which subnets. */
const NAMES: ReadonlySet<string> = new Set([
  'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG',
  'ENABLE_POD_ENI',
  'ENABLE_PREFIX_DELEGATION',
  'ENABLE_SUBNET_DISCOVERY',
  'ENI_CONFIG_ANNOTATION_DEF',
  'ENI_CONFIG_LABEL_DEF',
  'MAX_ENI',
  'MINIMUM_IP_TARGET',
  'POD_SECURITY_GROUP_ENFORCING_MODE',
  'WARM_ENI_TARGET',
  'WARM_IP_TARGET',
  'WARM_PREFIX_TARGET',
]);

interface Container {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/** The settings of a daemon set; null: it is not that of the VPC CNI. */
export function cniSettingsOf(containers: readonly Container[]): CniSettings | null {
  const cni = containers.find(({ name }) => name === 'aws-node');
  if (cni === undefined) return null;
  const set = cni.env.filter(({ name, value }) => NAMES.has(name) && value !== '');
  return Object.fromEntries(set.map(({ name, value }) => [name, value]));
}

const isOn = (settings: CniSettings, name: string): boolean =>
  /^(?:true|1|t)$/i.test(settings[name] ?? '');

/** One thing that is set, what it comes to, and whether it needs a look. */
export interface CniFact {
  readonly label: string;
  readonly text: string;
  readonly isOdd: boolean;
}

/** What the settings come to, in words that name the variables. */
export function cniFacts(settings: CniSettings): readonly CniFact[] {
  const prefixes = isOn(settings, 'ENABLE_PREFIX_DELEGATION');
  const custom = isOn(settings, 'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG');
  const fact = (label: string, text: string, isOdd = false): CniFact => ({ label, text, isOdd });
  const { MAX_ENI: most = '', ENI_CONFIG_LABEL_DEF: label = '' } = settings;
  return [
    fact('Hands out', prefixes ? 'blocks of 16 (ENABLE_PREFIX_DELEGATION)' : 'single addresses'),
    warmFact(settings, prefixes),
    ...(most === '' ? [] : [fact('Interfaces', `${most} at most (MAX_ENI)`)]),
    ...(custom
      ? [
          fact(
            'Pods’ subnets',
            `of the ENIConfig that ${label || 'the node’s annotation k8s.amazonaws.com/eniConfig'} names (AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG)`,
          ),
        ]
      : []),
    ...(isOn(settings, 'ENABLE_POD_ENI')
      ? [
          fact(
            'Groups of pods',
            `own security groups can be had (ENABLE_POD_ENI), ${settings['POD_SECURITY_GROUP_ENFORCING_MODE'] ?? 'strict'}`,
          ),
        ]
      : []),
  ];
}

/** What nodes keep for pods that are still to come. */
function warmFact(settings: CniSettings, prefixes: boolean): CniFact {
  const label = 'Kept warm';
  const { WARM_IP_TARGET: warm, MINIMUM_IP_TARGET: least } = settings;
  if (warm !== undefined && least !== undefined) {
    const text = `${warm} addresses, ${least} at least (WARM_IP_TARGET, MINIMUM_IP_TARGET)`;
    return { label, text, isOdd: false };
  }
  if (warm !== undefined) {
    const text = `${warm} addresses (WARM_IP_TARGET); without MINIMUM_IP_TARGET each new pod may cost a call of EC2`;
    return { label, text, isOdd: true };
  }
  if (least !== undefined) {
    const text = `${least} addresses at least (MINIMUM_IP_TARGET); without WARM_IP_TARGET none beyond`;
    return { label, text, isOdd: true };
  }
  const name = prefixes ? 'WARM_PREFIX_TARGET' : 'WARM_ENI_TARGET';
  const count = settings[name] ?? '1';
  const s = count === '1' ? '' : 's';
  const what = prefixes ? `block${s} of 16` : `interface${s} full of addresses`;
  const by = settings[name] === undefined ? `${name} by default` : name;
  return { label, text: `${count} ${what} (${by})`, isOdd: false };
}
