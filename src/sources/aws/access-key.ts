/** An access key, as the SDK takes it. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Gives credentials that are good for some minutes at least. */
export type CredentialProvider = () => Promise<Credentials>;
