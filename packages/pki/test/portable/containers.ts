// Files of others that hold several things. No browser knows triple DES or RC2, nor repeats a digest quickly.

import { fromHex } from '../../src/bytes/index.ts'
import { openPkcs12, readPkcs12 } from '../../src/pkcs12/index.ts'
import { formatName, parseCertificate } from '../../src/x509/index.ts'
import { LEGACY_P12 } from './exchange-files.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, same } from './portable-case.ts'

const OPEN = { dangerOldCiphers: true }

export const containerCases: readonly PortableCase[] = [
  {
    name: 'a PKCS #12 file of the old kind opens on request, and is called weak',
    async run() {
      same(await refusal(readPkcs12(LEGACY_P12, 'old')), 'algorithm_weak', 'not asked')
      const { keys, certificates, protection } = await openPkcs12(LEGACY_P12, 'old', OPEN)
      same(keys.length, 1, 'keys')
      same(keys[0]?.friendlyName, 'old', 'name')
      const certificate = parseCertificate(certificates[0]!.der)
      same(formatName(certificate.subject, 'rfc4514'), 'CN=x', 'subject')
      same(keys[0]?.key.publicKey, certificate.publicKey.spki, 'key')
      same(protection.encryption, ['PKCS #12 RC2-40', 'PKCS #12 3DES'], 'protection')
      same(await refusal(openPkcs12(LEGACY_P12, 'new', OPEN)), 'passphrase_wrong', 'passphrase')
      same(await refusal(readPkcs12(fromHex('3000'), '')), 'der_malformed', 'no file')
    },
  },
]
