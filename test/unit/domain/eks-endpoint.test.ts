import { expect, it } from 'vitest';
import { regionOfEndpoint } from '../../../src/domain/eks-endpoint.ts';

it.each([
  ['https://ABC.gr7.eu-west-1.eks.amazonaws.com', 'eu-west-1'],
  ['ABC.sk1.us-gov-west-1.eks.amazonaws.com:443', 'us-gov-west-1'],
  ['https://ABC.yl4.cn-north-1.eks.amazonaws.com.cn/', 'cn-north-1'],
  ['https://ABC.ap-southeast-2.api.aws', 'ap-southeast-2'],
  ['https://abc.gr7.us-east-1.eks.api.aws', 'us-east-1'],
  ['https://abc.cn-northwest-1.api.amazonwebservices.com.cn', 'cn-northwest-1'],
  ['HTTPS://ABC.EU-WEST-1.EKS.AMAZONAWS.COM', 'eu-west-1'],
  ['abc.eu-west-1.api.aws (through the proxy p:1)', 'eu-west-1'],
  ['https://kubernetes.example', ''],
  ['https://127.0.0.1:6443', ''],
  ['https://s3.eu-west-1.amazonaws.com', ''],
  ['https://evil.example/abc.eu-west-1.eks.amazonaws.com', ''],
  ['https://abc.eu-west-1.eks.amazonaws.com.evil.example', ''],
  ['', ''],
])('the region of %s is %s', (address, region) => {
  expect(regionOfEndpoint(address)).toBe(region);
});
