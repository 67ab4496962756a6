import type { Recipient } from '@scel/contract/values'
import { pemEncode, toHex } from '@scel/pki/bytes'
import { fingerprint, formatName, parseCertificate } from '@scel/pki/x509'
import type { Person } from '@scel/testkit/scenes'

/** What a desk's directory says of somebody whom `Pictures People` certified. */
export async function directoryLine({ name, email, der }: Person): Promise<Recipient> {
  const { subject, serial, publicKey, notBefore, notAfter } = parseCertificate(der)
  return {
    name,
    addresses: [email],
    certificate: {
      id: `cert-${toHex(serial)}`.padEnd(22, '0'),
      subject: formatName(subject, 'rfc4514'),
      serial: toHex(serial),
      fingerprint: await fingerprint(der),
      key: publicKey.spec ?? '',
      issuer: { id: 'ca-people'.padEnd(22, '0'), name: 'Pictures People' },
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
      pem: pemEncode('CERTIFICATE', der),
    },
  }
}
