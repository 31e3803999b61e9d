/**
 * That a certificate has ended or has not begun, which may be the fault of this machine's clock.
 *
 * @param code of Node's error; null is returned where that says something else
 */
export function untimely(
  code: string,
  host: string,
): { readonly message: string; readonly hint: string } | null {
  if (!/^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/.test(code)) return null;
  const wrong = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet';
  return {
    message: `the certificate of ${host} ${wrong} by the clock of this machine`,
    hint: 'set the clock, or have the certificate renewed',
  };
}
