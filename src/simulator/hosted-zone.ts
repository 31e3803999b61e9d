/** A hosted zone of Route 53 with its records, as its API tells them. */
export interface HostedZone {
  /** `Z…` */
  readonly id: string;
  /** `example.com` */
  readonly name: string;
  readonly isPrivate: boolean;
  readonly records: () => readonly HostRecord[];
}

export interface HostRecord {
  /** `shop.example.com`, `*.example.com` */
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'NS' | 'TXT';
  /** The host that it is an alias of, `dualstack.…`; absent: it has values. */
  readonly alias?: string;
  readonly values?: readonly string[];
  /** Seconds. */
  readonly ttl?: number;
  /** One of several of its name, by its weight or for those who ask from a country. */
  readonly set?: { readonly id: string } & (
    { readonly weight: number } | { readonly country: string }
  );
}
