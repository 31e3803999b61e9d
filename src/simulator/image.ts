/** An AMI. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly ownerId: string;
  /** `amazon` of what AWS made; else empty. */
  readonly ownerAlias: string;
}
