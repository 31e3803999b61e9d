/** How full the volume of a claim is, as a kubelet measured it. */
export interface ClaimFill {
  readonly namespace: string;
  readonly name: string;
  /** Bytes. */
  readonly used: number;
  readonly capacity: number;
  /** Files and folders; null where the file system does not count them. */
  readonly inodesUsed: number | null;
  readonly inodes: number | null;
  /** ms; 0 where the kubelet does not say. */
  readonly at: number;
}
