/** What Route 53 can be asked, and its answers, as `../aws-calls.ts` says. */

export interface HostedZoneDescription {
  /** `/hostedzone/Z1`. */
  readonly Id: string;
  /** `example.com.` */
  readonly Name: string;
  readonly Config: { readonly PrivateZone: boolean };
  readonly ResourceRecordSetCount: number | null;
}

export interface RecordSetDescription {
  /** `shop.example.com.`; what is no letter, digit, dash or dot as `\052`. */
  readonly Name: string;
  /** `A`, `AAAA`, `CNAME`, `TXT` … */
  readonly Type: string;
  /** Tells those of one name and type apart; empty where there is one. */
  readonly SetIdentifier: string;
  readonly Weight: number | null;
  readonly Region: string;
  /** Where those who ask are: two letters, or `*`; all empty: it does not matter. */
  readonly GeoLocation: {
    readonly ContinentCode: string;
    readonly CountryCode: string;
    readonly SubdivisionCode: string;
  };
  /** Whether it is one of several that are told together. */
  readonly MultiValueAnswer: boolean;
  /** `PRIMARY` or `SECONDARY`. */
  readonly Failover: string;
  /** Seconds; an alias has none. */
  readonly TTL: number | null;
  readonly ResourceRecords: readonly { readonly Value: string }[];
  /** Empty for what is no alias. */
  readonly AliasTarget: { readonly DNSName: string; readonly EvaluateTargetHealth: boolean };
}

export interface Route53Calls {
  'route53:ListHostedZones': {
    input: Readonly<Record<string, never>>;
    output: { readonly HostedZones: readonly HostedZoneDescription[] };
  };
  'route53:ListResourceRecordSets': {
    input: { readonly HostedZoneId: string };
    output: { readonly ResourceRecordSets: readonly RecordSetDescription[] };
  };
}
