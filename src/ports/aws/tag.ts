/** A tag as EC2, Auto Scaling and IAM tell it; EKS has maps. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}
