/**
 * The suffixes of the names that EKS gives the API servers of clusters, behind their region: of IPv4, and
 * of both families (IPv6 clusters since October 2024). Rules: EKS user guide, "Cluster API server
 * endpoint", with the one of IPv4 in China as AWS hands it out.
 */
const SUFFIX =
  /\.([a-z]{2}(?:-[a-z]+)+-\d+)\.(?:eks\.amazonaws\.com(?:\.cn)?|(?:eks\.)?api\.aws|(?:api\.)?amazonwebservices\.com\.cn)$/;

/**
 * The region of an EKS cluster by the address of its API server.
 *
 * @param address a host, a URL, or what begins with one
 * @returns empty where EKS gives no such names
 */
export function regionOfEndpoint(address: string): string {
  const [, host = ''] = /^(?:https?:\/\/)?([^/:\s]+)/i.exec(address) ?? [];
  return SUFFIX.exec(host.toLowerCase())?.[1] ?? '';
}
