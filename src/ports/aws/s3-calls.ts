/** What S3 can be asked, and its answers, as `../aws-calls.ts` says. */

export interface S3Calls {
  /** HeadBucket: whether the bucket is there and may be listed. */
  's3:ListBucket': {
    input: { readonly Bucket: string };
    output: {
      /** Where it is. */
      readonly BucketRegion: string;
    };
  };
  's3:GetBucketLocation': {
    input: { readonly Bucket: string };
    output: {
      /** A region; empty: us-east-1, and `EU`: eu-west-1, as they were once called. */
      readonly LocationConstraint: string;
    };
  };
}
